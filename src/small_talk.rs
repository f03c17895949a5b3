//! What people say to a bot beside questions: hello, thanks, who are you, is this true. The words stand in the locale texts;
//! a message is small talk only if there is nothing else in it. Knows no hearing and answers nothing.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::language::Language;
use crate::locale;

/// A kind of small talk. Of several in one message the last of these is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Talk {
    /// A greeting.
    Hello,
    /// Thanks or praise.
    Thanks,
    /// Who or what the bot is.
    Who,
    /// Whether what it says is true.
    Doubt,
}

/// A message with more words is no small talk.
const MOST_WORDS: usize = 12;
/// From this many letters on a word may have one typo; shorter ones would become others.
const LONG: usize = 6;

/// Words that one language says together, and what they are; nothing where they only go with others.
struct Phrase {
    words: Vec<String>,
    talk: Option<Talk>,
    language: Language,
}

static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let kinds = [
        ("hears-hello", Some(Talk::Hello)),
        ("hears-thanks", Some(Talk::Thanks)),
        ("hears-who", Some(Talk::Who)),
        ("hears-doubt", Some(Talk::Doubt)),
        ("hears-also", None),
    ];
    let of = |language: Language| {
        kinds.into_iter().flat_map(move |(id, talk)| {
            let list = locale::text(language, id, &[]);
            let phrases: Vec<Phrase> = list
                .split(',')
                .map(|phrase| Phrase {
                    words: words(phrase),
                    talk,
                    language,
                })
                .filter(|phrase| !phrase.words.is_empty())
                .collect();
            phrases
        })
    };
    Language::ALL.into_iter().flat_map(of).collect()
});

/// What small talk a message is, and in which language; nothing where it says anything else.
///
/// `preferred` is the sender's language; it decides where languages share a phrase.
#[must_use]
pub fn heard(text: &str, preferred: Option<Language>) -> Option<(Talk, Language)> {
    let said = words(text);
    if said.len() > MOST_WORDS {
        return None;
    }
    let mut rest = said.as_slice();
    let mut heard: Option<(Talk, Language)> = None;
    while !rest.is_empty() {
        let fitting = PHRASES.iter().filter(|phrase| begins(rest, &phrase.words));
        let phrase = fitting.max_by_key(|phrase| {
            (
                phrase.words.len(),
                phrase.talk,
                Some(phrase.language) == preferred,
            )
        })?;
        if let Some(talk) = phrase.talk
            && heard.is_none_or(|(other, _)| talk > other)
        {
            heard = Some((talk, phrase.language));
        }
        rest = rest.get(phrase.words.len()..).unwrap_or_default();
    }
    heard
}

fn begins(said: &[String], phrase: &[String]) -> bool {
    let same = |(ours, theirs): (&String, &String)| {
        ours == theirs
            || (ours.chars().count() >= LONG
                && theirs.chars().count() >= LONG
                && strsim::damerau_levenshtein(ours, theirs) == 1)
    };
    said.len() >= phrase.len() && said.iter().zip(phrase).all(same)
}

/// The words of a text in lower case; `don’t` is one.
fn words(text: &str) -> Vec<String> {
    let folded: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !matches!(c, '\'' | '’' | 'ʼ' | '`'))
        .map(|c| if c == 'ё' { 'е' } else { c })
        .collect();
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_talk_is_known_in_three_languages() {
        use Language::{En, Kk, Ru};
        for (text, talk, language) in [
            ("Hello!", Talk::Hello, En),
            ("hi there, bot 👋", Talk::Hello, En),
            ("THANK YOU VERY MUCH", Talk::Thanks, En),
            ("ok thanks", Talk::Thanks, En),
            ("Hello, who are you?", Talk::Who, En),
            ("are you a journalist?", Talk::Who, En),
            ("are you a jurnalist", Talk::Who, En),
            ("is this true?", Talk::Doubt, En),
            ("thanks, but is this true???", Talk::Doubt, En),
            ("привет", Talk::Hello, Ru),
            ("Здравствуйте!", Talk::Hello, Ru),
            ("здраствуйте", Talk::Hello, Ru),
            ("спасибо большое", Talk::Thanks, Ru),
            ("ты кто?", Talk::Who, Ru),
            ("вы журналист?", Talk::Who, Ru),
            ("это правда?", Talk::Doubt, Ru),
            ("сәлеметсіз бе", Talk::Hello, Kk),
            ("рахмет!", Talk::Thanks, Kk),
            ("сен кімсің?", Talk::Who, Kk),
            ("сіз журналистсіз бе?", Talk::Who, Kk),
            ("бұл рас па?", Talk::Doubt, Kk),
        ] {
            assert_eq!(heard(text, None), Some((talk, language)), "{text}");
        }
    }

    #[test]
    fn a_question_is_no_small_talk() {
        for text in [
            "",
            "?!",
            "😀",
            "bot",
            "hello, how many people were convicted?",
            "thanks, and how many were fined?",
            "is it true that 599 were convicted?",
            "who are the organisers?",
            "tanks",
            "are you a journalist detained in january?",
            "спасибо, а сколько осудили?",
            "это правда, что были пытки?",
            "рахмет, қанша адам сотталды?",
        ] {
            assert_eq!(heard(text, None), None, "{text}");
        }
    }

    #[test]
    fn the_senders_language_decides_between_languages_that_share_a_word() {
        let shared = "рахмет";
        assert_eq!(
            heard(shared, Some(Language::Ru)).map(|(_, language)| language),
            Some(Language::Ru)
        );
        assert_eq!(
            heard(shared, Some(Language::Kk)).map(|(_, language)| language),
            Some(Language::Kk)
        );
    }
}
