//! What the lexicons know of the words of a question. Each distinct word is looked up at most once in each index, however
//! often it stands there and whoever asks. Knows no order of languages.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::index::{Found, Index, Script};
use super::normalise::{LONGEST_WORD, Token};
use crate::language::{Language, is_cyrillic};

/// The words of a question beside the indexes.
pub(crate) struct Lookups<'a> {
    indexes: &'a [Index],
    tokens: Vec<Token>,
    /// For every token the position of its word among the distinct ones.
    word_of: Vec<usize>,
    words: Vec<Distinct>,
}

/// A word of a question, however often it stands there.
struct Distinct {
    cyrillic: bool,
    letters: usize,
    /// What each index knows of it, once it was asked.
    known: Vec<Answers>,
}

/// What one index was asked about a word.
#[derive(Default)]
struct Answers {
    found: OnceCell<Option<Rc<Found>>>,
    typo: OnceCell<Option<Rc<Found>>>,
}

impl<'a> Lookups<'a> {
    /// Tells the distinct words of a question apart; looks nothing up yet.
    pub(crate) fn new(indexes: &'a [Index], tokens: Vec<Token>) -> Self {
        let mut positions: HashMap<&str, usize> = HashMap::with_capacity(tokens.len());
        let mut words: Vec<Distinct> = Vec::new();
        let mut word_of = Vec::with_capacity(tokens.len());
        for token in &tokens {
            let position = *positions.entry(&token.text).or_insert_with(|| {
                words.push(Distinct {
                    cyrillic: token.text.chars().any(is_cyrillic),
                    letters: token.text.chars().count(),
                    known: indexes.iter().map(|_| Answers::default()).collect(),
                });
                words.len() - 1
            });
            word_of.push(position);
        }
        Self {
            indexes,
            tokens,
            word_of,
            words,
        }
    }

    /// The words and numbers of the question.
    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The words and numbers of the question, once nothing more is asked.
    pub(crate) fn into_tokens(self) -> Vec<Token> {
        self.tokens
    }

    fn word(&self, token: usize) -> Option<&Distinct> {
        self.words.get(*self.word_of.get(token)?)
    }

    /// Whether a token has a Cyrillic letter.
    pub(crate) fn is_cyrillic(&self, token: usize) -> bool {
        self.word(token).is_some_and(|word| word.cyrillic)
    }

    /// The length of a token in letters.
    pub(crate) fn letters(&self, token: usize) -> usize {
        self.word(token).map_or(0, |word| word.letters)
    }

    /// The indexes in whose letters a token is, by position.
    pub(crate) fn fitting(&self, token: usize) -> impl Iterator<Item = (usize, &'a Index)> {
        let cyrillic = self.is_cyrillic(token);
        self.indexes.iter().enumerate().filter(move |(_, index)| {
            match (index.language, index.script) {
                (Language::En, _) | (_, Script::Latin) => !cyrillic,
                (_, Script::Native) => cyrillic,
            }
        })
    }

    /// What an index knows of a token.
    pub(crate) fn find(&self, token: usize, index: usize) -> Option<&Rc<Found>> {
        let look_up = |index: &Index, text: &str| index.find(text);
        self.answer(token, index, |answers| &answers.found, look_up)
    }

    /// What an index knows of the words that a token may be a typo of.
    pub(crate) fn find_typo(&self, token: usize, index: usize) -> Option<&Rc<Found>> {
        let look_up = |index: &Index, text: &str| index.find_typo(text);
        self.answer(token, index, |answers| &answers.typo, look_up)
    }

    fn answer(
        &self,
        token: usize,
        index: usize,
        of: impl Fn(&Answers) -> &OnceCell<Option<Rc<Found>>>,
        look_up: impl Fn(&Index, &str) -> Option<Found>,
    ) -> Option<&Rc<Found>> {
        let word = self.word(token)?;
        let (index, answers) = (self.indexes.get(index)?, word.known.get(index)?);
        let text = &self.tokens.get(token)?.text;
        let look_up = || {
            let looked_up = (word.letters <= LONGEST_WORD).then(|| look_up(index, text));
            looked_up.flatten().map(Rc::new)
        };
        of(answers).get_or_init(look_up).as_ref()
    }
}
