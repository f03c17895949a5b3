//! How people type a language: on the wrong keyboard layout, or in Latin letters. Transformations of a question, never
//! more keywords. Knows no meaning.

use crate::language::Language;

/// The keys of the English and the Russian layout, in the same order.
const ENGLISH_KEYS: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~&";
const RUSSIAN_KEYS: &str = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ?";

/// The text as the same keys would have typed it on the other layout: Latin to Russian, Russian to Latin.
pub(crate) fn other_layout(text: &str, to: Language) -> String {
    let (from, into) = match to {
        Language::En => (RUSSIAN_KEYS, ENGLISH_KEYS),
        Language::Ru | Language::Kk => (ENGLISH_KEYS, RUSSIAN_KEYS),
    };
    let key = |c: char| {
        let mut keys = from.chars().zip(into.chars());
        keys.find_map(|(key, other)| (key == c).then_some(other))
            .unwrap_or(c)
    };
    let mut switched = String::with_capacity(text.len() * 2);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let next = || rest.clone().next().map_or(' ', key);
        let after = || {
            let mut after = rest.clone();
            after.find(|c| !c.is_whitespace()).map_or(' ', key)
        };
        // The keys of marks: inside a sentence for sure, at its end only where people have not typed the mark itself.
        switched.push(match (c, to) {
            ('?', Language::Ru | Language::Kk) if after().is_alphanumeric() => ',',
            ('/', Language::Ru | Language::Kk) if next().is_whitespace() => '.',
            ('^', Language::Ru | Language::Kk) => ':',
            (',', Language::En) if after() == ' ' => '?',
            _ => key(c),
        });
    }
    switched
}

/// A word in Latin letters as it may have been meant in Russian or Kazakh, in Cyrillic letters.
pub(crate) fn cyrillic(word: &str, language: Language) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut cyrillic = String::with_capacity(word.len() * 2);
    let mut at = 0;
    while let Some(rest) = letters.get(at..).filter(|rest| !rest.is_empty()) {
        let next = |n: usize| rest.get(n).copied().unwrap_or(' ');
        let after_vowel = cyrillic.ends_with(is_vowel);
        let (meant, length) = match (next(0), next(1), next(2), next(3)) {
            ('s', 'h', 'c', 'h') => ("щ", 4),
            ('s', 'c' | 'h', 'h', _) => ("щ", 3),
            ('s', 'h', ..) => ("ш", 2),
            ('c', 'h', ..) => ("ч", 2),
            ('z', 'h', ..) => ("ж", 2),
            ('k', 'h', ..) => ("х", 2),
            ('g', 'h', ..) => ("г", 2),
            ('t', 's', ..) if language == Language::Ru => ("ц", 2),
            ('y' | 'j', 'a', ..) if language == Language::Ru => ("я", 2),
            ('y' | 'j', 'u', ..) if language == Language::Ru => ("ю", 2),
            // Between consonant and е stands ы: "-ennye" is "-енные".
            ('y', 'o' | 'e', ..)
                if language == Language::Ru && (after_vowel || cyrillic.is_empty()) =>
            {
                ("е", 2)
            }
            ('j', 'o', ..) if language == Language::Ru => ("е", 2),
            ('y', ..) if after_vowel && language == Language::Ru => ("й", 1),
            ('i', ' ', ..)
                if language == Language::Ru && after_vowel && !cyrillic.ends_with('и') =>
            {
                ("й", 1)
            }
            (letter, ..) => (one_letter(letter, language), 1),
        };
        if meant.is_empty() {
            cyrillic.push(next(0));
        } else {
            cyrillic.push_str(meant);
        }
        at += length;
    }
    cyrillic
}

fn one_letter(letter: char, language: Language) -> &'static str {
    match letter {
        'a' => "а",
        'b' => "б",
        'c' => "ц",
        'd' => "д",
        'e' => "е",
        'f' => "ф",
        'g' => "г",
        'h' | 'x' => "х",
        'i' => "и",
        'j' => "ж",
        'k' | 'q' => "к",
        'l' => "л",
        'm' => "м",
        'n' => "н",
        'o' => "о",
        'p' => "п",
        'r' => "р",
        's' => "с",
        't' => "т",
        'u' => "у",
        'v' => "в",
        'w' if language == Language::Kk => "ш",
        'w' => "в",
        'y' => "ы",
        'z' => "з",
        _ => "",
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

/// What is left of a Cyrillic word when the differences that Latin letters lose are taken away, so that a keyword and its
/// transliteration, whichever way it was typed, become the same.
pub(crate) fn skeleton(word: &str) -> String {
    let mut skeleton = String::with_capacity(word.len());
    let mut push = |letter: char| {
        // A doubled letter counts once; "нг" stands for ң.
        let counted_already =
            skeleton.ends_with(letter) || (letter == 'г' && skeleton.ends_with('н'));
        if !counted_already {
            skeleton.push(letter);
        }
    };
    for letter in word.chars() {
        match letter {
            'ь' | 'ъ' => {}
            'й' | 'ы' => push('и'),
            'э' => push('е'),
            'щ' => push('ш'),
            'я' => ['и', 'а'].into_iter().for_each(&mut push),
            'ю' => ['и', 'у'].into_iter().for_each(&mut push),
            'ц' => ['т', 'с'].into_iter().for_each(&mut push),
            _ => push(letter),
        }
    }
    skeleton
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::normalise::fold;

    #[test]
    fn layouts_are_switched_both_ways() {
        assert_eq!(
            other_layout("crjkmrj xtkjdtr jceltyj", Language::Ru),
            "сколько человек осудено"
        );
        assert_eq!(other_layout("рщц ьфтн", Language::En), "how many");
        assert_eq!(other_layout("j,ofz 599", Language::Ru), "общая 599");
        assert_eq!(
            other_layout("ye? crf;b/ Crjkmrj^ j,ofz&", Language::Ru),
            "ну, скажи. Сколько: общая?"
        );
        assert_eq!(other_layout("37?5 vkhl?", Language::Ru), "37,5 млрд?");
        assert_eq!(other_layout("рщц ьфтн,", Language::En), "how many?");
    }

    #[test]
    fn a_transliteration_meets_its_word() {
        for (latin, word, language) in [
            ("skolko", "сколько", Language::Ru),
            ("chelovek", "человек", Language::Ru),
            ("osudili", "осудили", Language::Ru),
            ("tyurma", "тюрьма", Language::Ru),
            ("tjurma", "тюрьма", Language::Ru),
            ("amnistiya", "амнистия", Language::Ru),
            ("amnistia", "амнистия", Language::Ru),
            ("lyudei", "людей", Language::Ru),
            ("obshchestvennye", "общественные", Language::Ru),
            ("obschestvennye", "общественные", Language::Ru),
            ("rassledovanie", "расследование", Language::Ru),
            ("neshe", "неше", Language::Kk),
            ("qansha", "қанша", Language::Kk),
            ("kansha", "қанша", Language::Kk),
            ("sottaldy", "сотталды", Language::Kk),
            ("jaza", "жаза", Language::Kk),
            ("zhaza", "жаза", Language::Kk),
            ("raqymshylyq", "рақымшылық", Language::Kk),
            ("rakimshilik", "рақымшылық", Language::Kk),
            ("türme", "түрме", Language::Kk),
            ("ötemaqy", "өтемақы", Language::Kk),
        ] {
            assert_eq!(
                skeleton(&cyrillic(&fold(latin), language)),
                skeleton(&fold(word)),
                "{latin}"
            );
        }
    }
}
