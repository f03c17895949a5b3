//! How a question was typed and in which language: every word looked up in the lexicons, in the order that fits the
//! whole question. Knows no facts.

use std::rc::Rc;

use super::index::{Found, Index, Script};
use super::lookup::Lookups;
use super::normalise::{Token, looked_at, tokens};
use super::typing::other_layout;
use crate::language::{Language, is_cyrillic};

/// A word of the question and what the lexicons know of it.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// The word as it was folded.
    pub(crate) token: Token,
    /// Which index knows it, by position, and what.
    pub(crate) found: Option<(usize, Rc<Found>)>,
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

/// What a word that a language knows adds to it. This and the following are in tenths of a word.
const KNOWN: u32 = 10;

/// What a short word in foreign letters adds.
const SHORT_LATIN: u32 = 4;

/// What a typo of a keyword adds.
const TYPO: u32 = 6;

/// What a letter that only Kazakh has adds.
const KAZAKH_LETTER: u32 = 10;

/// Reads a question.
///
/// `preferred` is the sender's language; it decides where the words do not.
pub(crate) fn read(indexes: &[Index], text: &str, preferred: Option<Language>) -> Reading {
    let text = looked_at(text);
    let typed = Attempt::new(indexes, tokens(text), preferred);
    if typed.share >= 1.0 - LAYOUT_MARGIN {
        return typed.reading(false);
    }
    let layout = if text.chars().any(is_cyrillic) {
        Language::En
    } else {
        Language::Ru
    };
    let switched = Attempt::new(indexes, tokens(&other_layout(text, layout)), preferred);
    if switched.share >= typed.share + LAYOUT_MARGIN {
        switched.reading(true)
    } else {
        typed.reading(false)
    }
}

/// One way to read a text: its words, and how well the language that knows them best does.
struct Attempt<'a> {
    indexes: &'a [Index],
    lookups: Lookups<'a>,
    language: Language,
    /// The share of the words that the language knows.
    share: f32,
}

impl<'a> Attempt<'a> {
    fn new(indexes: &'a [Index], tokens: Vec<Token>, preferred: Option<Language>) -> Self {
        let lookups = Lookups::new(indexes, tokens);
        let (language, known) = best_known(indexes, &lookups, preferred);
        let words = lookups.tokens().iter().filter(|token| !token.number);
        let words = words.map(|_| 1.0_f32).sum::<f32>();
        let language = if known == 0 {
            preferred.unwrap_or_else(|| language_of_letters(lookups.tokens()))
        } else {
            language
        };
        let known = f32::from(u16::try_from(known).unwrap_or(u16::MAX)) / 10.0;
        let share = if words > 0.0 {
            (known / words).min(1.0)
        } else {
            1.0
        };
        Self {
            indexes,
            lookups,
            language,
            share,
        }
    }

    fn reading(self, switched: bool) -> Reading {
        let tokens = 0..self.lookups.tokens().len();
        let found: Vec<_> = tokens.map(|token| self.look_up(token)).collect();
        let words = self.lookups.into_tokens().into_iter().zip(found);
        Reading {
            language: self.language,
            words: words.map(|(token, found)| Word { token, found }).collect(),
            switched,
        }
    }

    /// The question's language before the others, known words before typos.
    fn look_up(&self, token: usize) -> Option<(usize, Rc<Found>)> {
        let lookups = &self.lookups;
        let find = |index: usize| Some((index, Rc::clone(lookups.find(token, index)?)));
        let own = |index: &Index| index.language == self.language;
        if lookups.tokens().get(token)?.number {
            // Numbers stand in keywords only as parts of dates, and are never typos.
            let mut order: Vec<(usize, &Index)> = self.indexes.iter().enumerate().collect();
            order.sort_by_key(|(_, index)| !own(index));
            return order.into_iter().find_map(|(index, _)| find(index));
        }
        // Among the other languages the order of the indexes decides.
        let mut fitting: Vec<(usize, &Index)> = lookups.fitting(token).collect();
        fitting.sort_by_key(|(_, index)| !own(index));
        let long = lookups.letters(token) >= SHORT;
        let known = |own_only: bool| {
            let mut asked = fitting.iter().filter(|(_, index)| !own_only || own(index));
            // A short word of a foreign alphabet is chance in a question of another language.
            asked.find_map(|(position, index)| {
                let trusted = long || own(index) || index.script == Script::Native;
                trusted.then(|| find(*position)).flatten()
            })
        };
        let typo = |own_only: bool| {
            let mut asked = fitting.iter().filter(|(_, index)| !own_only || own(index));
            asked.find_map(|&(position, _)| {
                Some((position, Rc::clone(lookups.find_typo(token, position)?)))
            })
        };
        // In a language with letters of its own a foreign word is a word; in Latin letters it is more likely a typo.
        if lookups.is_cyrillic(token) {
            return known(false).or_else(|| typo(false));
        }
        let foreign = || {
            fitting.iter().find_map(|(position, index)| {
                let native = index.script == Script::Native && !own(index);
                native.then(|| find(*position)).flatten()
            })
        };
        known(true)
            .or_else(foreign)
            .or_else(|| typo(true))
            .or_else(|| known(false))
    }
}

/// What a language knows of a question, as far as words were looked up.
struct Tally {
    language: Language,
    /// How much it knows if it knows every word that is still open, in tenths of a word.
    known: u32,
    /// The words to look up, each with the index and what it adds.
    open: Vec<(usize, usize, u32)>,
    /// The words that are none of its own, but may be typos.
    typos: Vec<(usize, usize)>,
}

impl Tally {
    fn new(lookups: &Lookups<'_>, language: Language) -> Self {
        let mut tally = Self {
            language,
            known: 0,
            open: Vec::new(),
            typos: Vec::new(),
        };
        let words = lookups.tokens().iter().enumerate();
        for (token, word) in words.filter(|(_, token)| !token.number) {
            if language == Language::Kk && word.kazakh {
                tally.known += KAZAKH_LETTER;
            }
            let mut fitting = lookups.fitting(token);
            if let Some((position, index)) = fitting.find(|(_, index)| index.language == language) {
                let short = index.script == Script::Latin && lookups.letters(token) < SHORT;
                let adds = if short { SHORT_LATIN } else { KNOWN };
                tally.known += adds;
                tally.open.push((token, position, adds));
            }
        }
        tally
    }

    /// Looks one more word up; says whether none was left.
    fn is_complete(&mut self, indexes: &[Index], lookups: &Lookups<'_>) -> bool {
        if let Some((token, position, adds)) = self.open.pop() {
            let native = |index: &Index| index.script == Script::Native;
            if lookups.find(token, position).is_none() {
                self.known -= adds;
                if indexes.get(position).is_some_and(native) {
                    self.known += TYPO;
                    self.typos.push((token, position));
                }
            }
        } else if let Some((token, position)) = self.typos.pop() {
            if lookups.find_typo(token, position).is_none() {
                self.known -= TYPO;
            }
        } else {
            return true;
        }
        false
    }
}

/// The language that knows most of a question, and how much, in tenths of a word; of two the preferred one, else the first.
///
/// The language that can still know most is looked up next, so that few words are looked up in the others.
fn best_known(
    indexes: &[Index],
    lookups: &Lookups<'_>,
    preferred: Option<Language>,
) -> (Language, u32) {
    let mut tallies = Language::ALL.map(|language| Tally::new(lookups, language));
    loop {
        let rank = |tally: &&mut Tally| {
            let first = std::cmp::Reverse(tally.language);
            (tally.known, preferred == Some(tally.language), first)
        };
        let Some(best) = tallies.iter_mut().max_by_key(rank) else {
            return (Language::En, 0);
        };
        if best.is_complete(indexes, lookups) {
            return (best.language, best.known);
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
