//! Many words in little room: each stored once, one after the other, and named by its number. Knows nothing of what
//! they mean.

use std::hash::{BuildHasher, BuildHasherDefault};
use std::ops::Range;

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

/// Words by number, in the order in which they were added.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Words {
    text: String,
    ends: Vec<u32>,
}

impl Words {
    /// Adds a word as the last one.
    pub(crate) fn push(&mut self, word: &str) {
        self.text.push_str(word);
        // Lexicons are files of at most 64 MiB.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// The word of a number.
    pub(crate) fn get(&self, number: u32) -> Option<&str> {
        let number = number as usize;
        let end = *self.ends.get(number)? as usize;
        let start = number.checked_sub(1).map_or(Some(0), |before| {
            self.ends.get(before).map(|&start| start as usize)
        })?;
        self.text.get(start..end)
    }

    /// All words, in the order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.numbers().map_while(|number| self.get(number))
    }

    /// The numbers of all words.
    pub(crate) fn numbers(&self) -> Range<u32> {
        0..u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// Gives back the room that no word needs.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// Words that can be found again. The hash is a quick one: what is stored comes from the curator, not from a stranger.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(from = "Words", into = "Words")]
pub(crate) struct Vocabulary {
    words: Words,
    numbers: HashTable<u32>,
}

impl Vocabulary {
    /// The number of a word; a new one where it is not there yet.
    pub(crate) fn add(&mut self, word: &str) -> u32 {
        let words = &self.words;
        let same = |&number: &u32| words.get(number) == Some(word);
        if let Some(&number) = self.numbers.find(hash(word), same) {
            return number;
        }
        let number = self.words.numbers().end;
        self.words.push(word);
        let words = &self.words;
        let rehash = |&number: &u32| words.get(number).map_or(0, hash);
        self.numbers.insert_unique(hash(word), number, rehash);
        number
    }

    /// The number of a word that is there.
    pub(crate) fn number(&self, word: &str) -> Option<u32> {
        let same = |&number: &u32| self.words.get(number) == Some(word);
        self.numbers.find(hash(word), same).copied()
    }

    /// The words by number.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// Gives back the room that no word needs.
    pub(crate) fn shrink(&mut self) {
        self.words.shrink();
    }
}

impl From<Words> for Vocabulary {
    fn from(words: Words) -> Self {
        let word_hash = |&number: &u32| words.get(number).map_or(0, hash);
        let mut numbers = HashTable::with_capacity(words.ends.len());
        for number in words.numbers() {
            numbers.insert_unique(word_hash(&number), number, word_hash);
        }
        Self { words, numbers }
    }
}

impl From<Vocabulary> for Words {
    fn from(vocabulary: Vocabulary) -> Self {
        vocabulary.words
    }
}

fn hash(word: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_stored_once_and_found_again() {
        let mut vocabulary = Vocabulary::default();
        let words: Vec<String> = (0..1000).map(|n| format!("слово{n}")).collect();
        let numbers: Vec<u32> = words.iter().map(|word| vocabulary.add(word)).collect();
        assert_eq!(numbers, (0..1000).collect::<Vec<u32>>());
        assert_eq!(vocabulary.add("слово7"), 7);
        assert_eq!(vocabulary.number("слово999"), Some(999));
        assert_eq!(vocabulary.number("слово1000"), None);
        assert_eq!(vocabulary.words().get(42), Some("слово42"));
        assert_eq!(vocabulary.words().numbers(), 0..1000);
    }
}
