//! How a question was typed and in which language: every word looked up in the lexicons, in the order that fits the
//! whole question. Knows no facts.

use super::index::{Found, Index, Script};
use super::normalise::{Token, is_cyrillic, looked_at, tokens};
use super::typing::other_layout;
use crate::language::Language;

/// A word of the question and what the lexicons know of it.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// The word as it was folded.
    pub(crate) token: Token,
    /// Which index knows it, by position, and what.
    pub(crate) found: Option<(usize, Found)>,
}

/// A question as it is understood: its language and its words.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// The language of most of its words.
    pub(crate) language: Language,
    /// Its words and numbers.
    pub(crate) words: Vec<Word>,
    /// Whether it was typed on the wrong keyboard layout.
    pub(crate) switched: bool,
}

/// A reading on the other layout is believed only if it knows so many more of the words, as a share of them.
const LAYOUT_MARGIN: f32 = 0.3;

/// Words shorter than this, in letters, meet words of a language in foreign letters by chance.
const SHORT: usize = 5;

/// What such a word adds to that language.
const SHORT_LATIN: f32 = 0.4;

/// What a typo of a keyword adds to its language.
const TYPO: f32 = 0.6;

/// What a letter that only Kazakh has adds.
const KAZAKH_LETTER: f32 = 1.0;

/// Reads a question.
///
/// `preferred` is the sender's language; it decides where the words do not.
pub(crate) fn read(indexes: &[Index], text: &str, preferred: Option<Language>) -> Reading {
    let text = looked_at(text);
    let typed = Attempt::new(indexes, tokens(text), preferred);
    if typed.share >= 1.0 - LAYOUT_MARGIN {
        return typed.reading(indexes, false);
    }
    let layout = if text.chars().any(is_cyrillic) {
        Language::En
    } else {
        Language::Ru
    };
    let switched = Attempt::new(indexes, tokens(&other_layout(text, layout)), preferred);
    if switched.share >= typed.share + LAYOUT_MARGIN {
        switched.reading(indexes, true)
    } else {
        typed.reading(indexes, false)
    }
}

/// One way to read a text: its tokens, and how well each language knows them.
struct Attempt {
    tokens: Vec<Token>,
    language: Language,
    /// The share of the words that the language knows.
    share: f32,
}

impl Attempt {
    fn new(indexes: &[Index], tokens: Vec<Token>, preferred: Option<Language>) -> Self {
        let mut known = [0.0_f32; Language::ALL.len()];
        let mut words = 0.0_f32;
        for token in tokens.iter().filter(|token| !token.number) {
            words += 1.0;
            for (language, known) in Language::ALL.into_iter().zip(&mut known) {
                let knows = |index: &&Index| index.language == language && fits(index, token);
                if let Some(index) = indexes.iter().find(knows)
                    && index.find(&token.text).is_some()
                {
                    let short = index.script == Script::Latin && token.text.chars().count() < SHORT;
                    *known += if short { SHORT_LATIN } else { 1.0 };
                } else if let Some(index) = indexes.iter().find(knows)
                    && index.script == Script::Native
                    && index.find_typo(&token.text).is_some()
                {
                    *known += TYPO;
                }
                if language == Language::Kk && token.kazakh {
                    *known += KAZAKH_LETTER;
                }
            }
        }
        let rank = |language: Language, known: f32| (known, preferred == Some(language));
        let mut best = (
            Language::En,
            rank(Language::En, known.first().copied().unwrap_or_default()),
        );
        for (language, known) in Language::ALL.into_iter().zip(known).skip(1) {
            if rank(language, known) > best.1 {
                best = (language, rank(language, known));
            }
        }
        let (mut language, (known, _)) = best;
        if known == 0.0 {
            language = preferred.unwrap_or_else(|| language_of_letters(&tokens));
        }
        Self {
            tokens,
            language,
            share: if words > 0.0 {
                (known / words).min(1.0)
            } else {
                1.0
            },
        }
    }

    fn reading(self, indexes: &[Index], switched: bool) -> Reading {
        // The question's own language is asked first; among the others the order of the indexes decides.
        let mut order: Vec<(usize, &Index)> = indexes.iter().enumerate().collect();
        order.sort_by_key(|(_, index)| index.language != self.language);
        let look_up = |token: Token| {
            let found = look_up(&order, self.language, &token);
            Word { token, found }
        };
        Reading {
            language: self.language,
            words: self.tokens.into_iter().map(look_up).collect(),
            switched,
        }
    }
}

/// Where nothing is known, the letters tell.
fn language_of_letters(tokens: &[Token]) -> Language {
    if tokens.iter().any(|token| token.kazakh) {
        Language::Kk
    } else if tokens
        .iter()
        .any(|token| token.text.chars().any(is_cyrillic))
    {
        Language::Ru
    } else {
        Language::En
    }
}

/// Whether a word is in the letters of an index.
fn fits(index: &Index, token: &Token) -> bool {
    let cyrillic = token.text.chars().any(is_cyrillic);
    match (index.language, index.script) {
        (Language::En, _) | (_, Script::Latin) => !cyrillic,
        (_, Script::Native) => cyrillic,
    }
}

/// The question's language before the others, known words before typos.
fn look_up(order: &[(usize, &Index)], language: Language, token: &Token) -> Option<(usize, Found)> {
    if token.number {
        // Numbers stand in keywords only as parts of dates, and are never typos.
        return order
            .iter()
            .find_map(|(position, index)| Some((*position, index.find(&token.text)?)));
    }
    let fitting = || order.iter().filter(|(_, index)| fits(index, token));
    let long = token.text.chars().count() >= SHORT;
    let own = |index: &Index| index.language == language;
    let known = |own_only: bool| {
        fitting()
            .filter(|(_, index)| !own_only || own(index))
            .find_map(|(position, index)| {
                // A short word of a foreign alphabet is chance in a question of another language.
                let trusted = long || own(index) || index.script == Script::Native;
                Some((*position, index.find(&token.text).filter(|_| trusted)?))
            })
    };
    let typo = |own_only: bool| {
        fitting()
            .filter(|(_, index)| !own_only || own(index))
            .find_map(|(position, index)| Some((*position, index.find_typo(&token.text)?)))
    };
    // In a language with letters of its own a foreign word is a word; in Latin letters it is more likely a typo.
    if token.text.chars().any(is_cyrillic) {
        known(false).or_else(|| typo(false))
    } else {
        let foreign = || {
            fitting().find_map(|(position, index)| {
                let native = index.script == Script::Native && !own(index);
                Some((*position, index.find(&token.text).filter(|_| native)?))
            })
        };
        known(true)
            .or_else(foreign)
            .or_else(|| typo(true))
            .or_else(|| known(false))
    }
}
