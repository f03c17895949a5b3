//! Text to words: case, accents, look-alike letters, apostrophes and numbers are made one; keywords and questions go
//! through the same steps. Knows no language and no meaning.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language::{is_cyrillic, is_kazakh};
use crate::numbers::number_at;

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Break {
    /// Nothing, or what does not part clauses.
    None,
    /// A comma, a dash, a bracket: another clause may begin.
    Clause,
    /// A full stop, a question mark, a new line: another sentence begins.
    Sentence,
}

/// A word or a number of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The word, folded; a number without its separators.
    pub(crate) text: String,
    /// Whether it is a number.
    pub(crate) number: bool,
    /// What parts it from the word before.
    pub(crate) before: Break,
    /// Whether its sentence ends in a question mark right after it.
    pub(crate) asks_after: bool,
    /// Whether a letter of it belongs to Kazakh alone.
    pub(crate) kazakh: bool,
}

/// The longest question that is looked at, in characters: Telegram's own limit for a message (Bot API, `Message.text`).
pub(crate) const LONGEST_TEXT: usize = 4096;

/// Words longer than this, in letters, are looked up nowhere: the longest of a language is shorter, and a chain of suffixes
/// costs the square of its length.
pub(crate) const LONGEST_WORD: usize = 64;

/// The part of a question that is looked at.
pub(crate) fn looked_at(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(LONGEST_TEXT)
        .map_or(text.len(), |(index, _)| index);
    text.get(..end).unwrap_or(text)
}

/// The words and numbers of a text, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut before = Break::None;
    let mut rest = 0;
    while let Some(c) = text.get(rest..).and_then(|rest| rest.chars().next()) {
        let start = rest;
        if c.is_ascii_digit() {
            let number = number_at(text, start);
            rest = number.end;
            tokens.push(Token {
                text: number.plain,
                number: true,
                before,
                asks_after: false,
                kazakh: false,
            });
            before = Break::None;
        } else if is_letter(c) {
            rest = word_end(text, start);
            let raw = text.get(start..rest).unwrap_or_default();
            let word = fold(raw);
            if !word.is_empty() {
                let kazakh = raw.chars().any(is_kazakh);
                tokens.push(Token {
                    text: word,
                    number: false,
                    before,
                    asks_after: false,
                    kazakh,
                });
                before = Break::None;
            }
        } else {
            rest = start + c.len_utf8();
            // Before the first word there is nothing to part it from.
            if !tokens.is_empty() {
                before = before.max(break_of(c, text.get(rest..).unwrap_or_default()));
            }
            if c == '?'
                && let Some(last) = tokens.last_mut()
            {
                last.asks_after = true;
            }
        }
    }
    tokens
}

/// The words of a keyword or any other short text, folded.
pub(crate) fn words(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.text).collect()
}

fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text.get(start..).unwrap_or_default().chars().peekable();
    while let Some(c) = chars.next() {
        let inside = is_letter(c)
            || is_invisible(c)
            || is_combining_mark(c)
            || (is_apostrophe(c) && chars.peek().is_some_and(|&next| is_letter(next)));
        if !inside {
            break;
        }
        end += c.len_utf8();
    }
    end
}

fn break_of(c: char, after: &str) -> Break {
    let next_is_blank = after
        .chars()
        .next()
        .is_none_or(|next| !next.is_alphanumeric());
    match c {
        '?' | '!' | '\n' | ';' | '…' => Break::Sentence,
        '.' if next_is_blank => Break::Sentence,
        ',' | '(' | ')' | '—' | '–' | ':' | '/' => Break::Clause,
        '-' if next_is_blank => Break::Clause,
        _ => Break::None,
    }
}

/// A word in the one form in which words are compared: lower case, no accents, one script, Kazakh letters as people
/// type them without a Kazakh keyboard.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    if word.chars().all(is_plain_letter) {
        for c in word.chars().flat_map(char::to_lowercase) {
            fold_letter(c, &mut folded);
        }
        return one_script(folded);
    }
    let mut chars = word.nfkc().flat_map(char::to_lowercase).peekable();
    while let Some(c) = chars.next() {
        if is_apostrophe(c) {
            // "Tokayev's" is about Tokayev; any other apostrophe is inside a word.
            let mut tail = chars.clone();
            if tail.next() == Some('s') && tail.next().is_none() {
                break;
            }
        } else if is_invisible(c) || is_combining_mark(c) {
        } else {
            fold_letter(c, &mut folded);
        }
        // One character may be composed of many (Unicode, NFKC): what is too long to be a word is not written out.
        if folded.len() > LONGEST_WORD * char::MAX_LEN_UTF8 {
            break;
        }
    }
    one_script(folded)
}

/// Whether a character is a Latin or Cyrillic letter that Unicode normalises to itself: nearly all that is typed.
pub(crate) fn is_plain_letter(c: char) -> bool {
    // Between the two Cyrillic ranges stand combining marks.
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{4ff}')
}

fn is_letter(c: char) -> bool {
    is_plain_letter(c) || c.is_alphabetic()
}

fn fold_letter(c: char, into: &mut String) {
    match c {
        'ё' => into.push('е'),
        'ә' => into.push('а'),
        'ғ' => into.push('г'),
        'қ' => into.push('к'),
        'ң' => into.push('н'),
        'ө' => into.push('о'),
        'ұ' | 'ү' => into.push('у'),
        'һ' => into.push('х'),
        'і' => into.push('и'),
        'ı' => into.push('i'),
        'ş' => into.push_str("sh"),
        'ç' => into.push_str("ch"),
        // й and ў are letters of their own, not an и and a у with an accent.
        'а'..='я' | 'a'..='z' => into.push(c),
        _ => into.extend(c.nfd().filter(|&part| !is_combining_mark(part))),
    }
}

/// Letters that look alike in Latin and Cyrillic.
const LOOK_ALIKES: [(char, char); 12] = [
    ('a', 'а'),
    ('b', 'в'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'н'),
    ('i', 'и'),
    ('k', 'к'),
    ('m', 'м'),
    ('o', 'о'),
    ('p', 'р'),
    ('t', 'т'),
    ('x', 'х'),
];

/// A word of two scripts is a disguise or a slip of the keyboard: the fewer letters follow the more.
fn one_script(word: String) -> String {
    let latin = word.chars().filter(char::is_ascii_lowercase).count();
    let cyrillic = word.chars().filter(|&c| is_cyrillic(c)).count();
    if latin == 0 || cyrillic == 0 {
        return word;
    }
    let other = |c: char| {
        LOOK_ALIKES
            .into_iter()
            .find_map(|(l, k)| {
                if latin > cyrillic {
                    (c == k).then_some(l)
                } else {
                    (c == l).then_some(k)
                }
            })
            .or(match c {
                'y' if latin <= cyrillic => Some('у'),
                'у' if latin > cyrillic => Some('y'),
                _ => None,
            })
            .unwrap_or(c)
    };
    word.chars().map(other).collect()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

/// Characters without a shape of their own: joiners, direction marks, soft hyphens.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        for (text, expected) in [
            ("How many, CONVICTED?", "how many convicted"),
            ("coup d’état", "coup detat"),
            ("Tokayev's amnesty", "tokayev amnesty"),
            ("don't", "dont"),
            ("осуждённых", "осужденных"),
            ("сотталғандардың саны", "сотталгандардын саны"),
            ("ҰҚК-нің", "укк нин"),
            ("высокопоставленный", "высокопоставленный"),
            ("4,623 cases; 37,5 млрд", "4623 cases 37.5 млрд"),
            ("t\u{200b}ort\u{301}ure", "torture"),
            ("тorture", "torture"),
            ("аmnesty", "amnesty"),
            ("сoтталды", "сотталды"),
            ("primeminister.kz", "primeminister kz"),
            ("ＡＭＮＥＳＴＹ", "amnesty"),
            ("🙏🙏 --- …", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn plain_letters_need_no_normalising() {
        for c in ('\0'..='\u{ffff}').filter(|&c| is_plain_letter(c)) {
            assert!(c.is_alphabetic());
            assert_eq!(c.to_string().nfkc().collect::<String>(), c.to_string());
        }
    }

    #[test]
    fn breaks_part_clauses_and_sentences() {
        use Break::{Clause, None, Sentence};
        let tokens = tokens("Hi. I am a student, how many? primeminister.kz");
        let breaks: Vec<_> = tokens.iter().map(|token| token.before).collect();
        assert_eq!(
            breaks,
            [
                None, Sentence, None, None, None, Clause, None, Sentence, None
            ]
        );
        assert!(tokens[6].asks_after);
    }

    #[test]
    fn a_text_is_cut_at_the_limit_of_a_message() {
        assert_eq!(
            tokens(looked_at(&"я ".repeat(10_000))).len(),
            LONGEST_TEXT / 2
        );
    }
}
