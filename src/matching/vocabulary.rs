//! Many words in little room: each stored once, one after the other, and named by its number. Knows nothing of what
//! they mean.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::packed::{Bytes, Numbers};

/// Words by number, in the order in which they were added.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Words {
    text: Bytes,
    ends: Numbers,
}

impl Words {
    /// Adds a word as the last one.
    pub(crate) fn push(&mut self, word: &str) {
        self.text.extend(word.as_bytes());
        // Lexicons are files of at most 64 MiB.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// The word of a number.
    pub(crate) fn get(&self, number: u32) -> Option<&str> {
        std::str::from_utf8(self.bytes(number)?).ok()
    }

    /// The letters of the word of a number; none where there is no such word.
    pub(crate) fn letters(&self, number: u32) -> Letters<'_> {
        Letters(self.bytes(number).unwrap_or_default())
    }

    fn bytes(&self, number: u32) -> Option<&[u8]> {
        let number = number as usize;
        let end = self.ends.get(number)? as usize;
        let start = number.checked_sub(1).map_or(Some(0), |before| {
            self.ends.get(before).map(|start| start as usize)
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

    /// What it consists of.
    fn parts(&mut self) -> [&mut Bytes; 2] {
        [&mut self.text, self.ends.part()]
    }

    /// Gives back the room that no word needs.
    fn shrink(&mut self) {
        self.text.shrink();
        self.ends.shrink();
    }
}

/// The letters of a word, each read only when it is asked for: of most words the first few tell enough.
#[derive(Clone)]
pub(crate) struct Letters<'a>(&'a [u8]);

impl Iterator for Letters<'_> {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        let letter = match *self.0 {
            [first @ 0..0x80, ..] => char::from(first),
            [first @ 0xc0..0xe0, second, ..] => {
                char::from_u32(u32::from(first & 0x1f) << 6 | u32::from(second & 0x3f))?
            }
            _ => std::str::from_utf8(self.0).ok()?.chars().next()?,
        };
        self.0 = self.0.get(letter.len_utf8()..)?;
        Some(letter)
    }
}

/// Words that can be found again.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Vocabulary {
    words: Words,
    /// A power of two of places, of which a quarter at least is free. Each holds the number of a word and one more; the first
    /// place that a word is looked for at is told by its hash, the others follow.
    places: Numbers,
}

impl Vocabulary {
    /// The number of a word; a new one where it is not there yet.
    pub(crate) fn add(&mut self, word: &str) -> u32 {
        let number = match self.look_for(word) {
            Ok(number) => return number,
            Err(_) => self.words.numbers().end,
        };
        self.words.push(word);
        if self.places.len() * 3 <= (number as usize + 1) * 4 {
            self.places = Numbers::repeat(0, (self.places.len() * 2).max(8));
            for number in self.words.numbers() {
                self.put(number);
            }
        } else {
            self.put(number);
        }
        number
    }

    /// The number of a word that is there.
    pub(crate) fn number(&self, word: &str) -> Option<u32> {
        self.look_for(word).ok()
    }

    /// The words by number.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// What it consists of.
    pub(crate) fn parts(&mut self) -> Vec<&mut Bytes> {
        let words = self.words.parts();
        words.into_iter().chain([self.places.part()]).collect()
    }

    /// Gives back the room that no word needs.
    pub(crate) fn shrink(&mut self) {
        self.words.shrink();
        self.places.shrink();
    }

    fn put(&mut self, number: u32) {
        if let Some(word) = self.words.get(number)
            && let Err(Some(place)) = self.look_for(word)
        {
            self.places.set(place, number + 1);
        }
    }

    /// The number of a word or the free place for it.
    fn look_for(&self, word: &str) -> Result<u32, Option<usize>> {
        let Some(last) = self.places.len().checked_sub(1) else {
            return Err(None);
        };
        let mut place = hash(word) as usize & last;
        loop {
            match self.places.get(place) {
                None => return Err(None),
                Some(0) => return Err(Some(place)),
                Some(next) if self.words.bytes(next - 1) == Some(word.as_bytes()) => {
                    return Ok(next - 1);
                }
                Some(_) => place = (place + 1) & last,
            }
        }
    }
}

/// That of `FxHash`.
const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

/// A quick hash, the same on every machine: what is stored comes from the curator, not from a stranger. It takes eight bytes
/// at a time, as `FxHash` does.
pub(crate) fn hash(word: &str) -> u32 {
    let (eights, rest) = word.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let length = u64::try_from(word.len()).unwrap_or_default();
    let hash = eights.iter().chain([&last]).fold(length, |hash, eight| {
        let mixed = hash.rotate_left(5) ^ u64::from_le_bytes(*eight);
        mixed.wrapping_mul(MULTIPLIER)
    });
    // Only the upper bits of a product depend on all bits of what was multiplied.
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(MULTIPLIER);
    u32::try_from(mixed >> 32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_stored_once_and_found_again() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.number("слово"), None);
        let words: Vec<String> = (0..1000).map(|n| format!("слово{n}")).collect();
        let numbers: Vec<u32> = words.iter().map(|word| vocabulary.add(word)).collect();
        assert_eq!(numbers, (0..1000).collect::<Vec<u32>>());
        assert_eq!(vocabulary.add("слово7"), 7);
        assert_eq!(vocabulary.number("слово999"), Some(999));
        assert_eq!(vocabulary.number("слово1000"), None);
        assert_eq!(vocabulary.add(""), 1000);
        assert_eq!(vocabulary.number(""), Some(1000));
        assert_eq!(vocabulary.words().get(42), Some("слово42"));
        assert!(vocabulary.words().iter().take(1000).eq(words.iter()));
    }

    #[test]
    fn the_letters_of_a_word_are_those_of_its_text() {
        let mut words = Words::default();
        for (number, word) in (0..).zip(["", "word", "слово", "\u{7f}\u{80}\u{7ff}", "a€б😀"])
        {
            words.push(word);
            assert!(words.letters(number).eq(word.chars()), "{word}");
        }
        assert_eq!(words.letters(9).next(), None);
    }

    #[test]
    fn hashes_spread_over_the_places() {
        let places: std::collections::HashSet<u32> = (0..1000)
            .map(|n| hash(&format!("слово{n}")) % 1024)
            .collect();
        assert!(places.len() > 550, "{}", places.len());
    }
}
