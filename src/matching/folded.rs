//! The keywords of a lexicon, folded to words once for everything that is built of them. Knows no index and no meaning.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use rustc_hash::FxHasher;

use super::normalise::{fold, is_plain_letter, words};
use super::vocabulary::Vocabulary;
use crate::knowledge::Lexicon;

/// A lexicon in folded words, which are named by their number.
pub(crate) struct Folded<'a> {
    /// The lexicon as it was written.
    pub(crate) lexicon: &'a Lexicon,
    /// All words of it.
    pub(crate) words: Vocabulary,
    /// Everyday words that mean nothing here.
    pub(crate) ordinary: Vec<u32>,
    /// Words that may stand between the words of a phrase.
    pub(crate) fillers: Vec<u32>,
    /// Keywords, concept after concept.
    pub(crate) keywords: Vec<Keyword<'a>>,
    /// The words of the keywords, one after the other.
    parts: Vec<u32>,
}

/// A keyword of a concept.
pub(crate) struct Keyword<'a> {
    /// The id of the concept.
    pub(crate) concept: &'a str,
    /// As it was written.
    pub(crate) written: &'a str,
    /// Whether it counts only beside others.
    pub(crate) weak: bool,
    parts: Range<usize>,
}

impl<'a> Folded<'a> {
    /// Folds a lexicon.
    pub(crate) fn new(lexicon: &'a Lexicon) -> Self {
        let mut folding = Folding::default();
        let mut ordinary = Vec::new();
        folding.add(&lexicon.ordinary, &mut ordinary);
        let mut fillers = Vec::new();
        for filler in &lexicon.fillers {
            folding.add(filler, &mut fillers);
        }
        let (mut keywords, mut parts) = (Vec::new(), Vec::new());
        for (concept, said) in &lexicon.concepts {
            for (weak, list) in [(false, &said.keywords), (true, &said.weak)] {
                for written in list {
                    let start = parts.len();
                    folding.add(written, &mut parts);
                    keywords.push(Keyword {
                        concept,
                        written,
                        weak,
                        parts: start..parts.len(),
                    });
                }
            }
        }
        Self {
            lexicon,
            words: folding.words,
            ordinary,
            fillers,
            keywords,
            parts,
        }
    }

    /// The words that a keyword is looked for by; see [`phrase`].
    pub(crate) fn phrase(
        &self,
        keyword: &Keyword<'_>,
        is_filler: impl Fn(u32) -> bool,
    ) -> impl Iterator<Item = u32> {
        let parts = self.parts.get(keyword.parts.clone()).unwrap_or_default();
        phrase(parts.iter().copied(), is_filler)
    }
}

/// The words that a phrase is looked for by: without fillers, which may stand anywhere in it. A phrase with fewer than two
/// other words is taken as it stands.
pub(crate) fn phrase<W: Copy>(
    words: impl Iterator<Item = W> + Clone,
    is_filler: impl Fn(W) -> bool,
) -> impl Iterator<Item = W> {
    let meaningful = words.clone().filter(|&word| !is_filler(word)).count();
    words.filter(move |&word| meaningful < 2 || !is_filler(word))
}

/// Folds words, each once.
#[derive(Default)]
struct Folding<'a> {
    words: Vocabulary,
    /// The numbers of words by how they were written.
    known: HashMap<&'a str, u32, BuildHasherDefault<FxHasher>>,
}

impl<'a> Folding<'a> {
    /// Adds the words of a text.
    fn add(&mut self, text: &'a str, into: &mut Vec<u32>) {
        let plain = |c| is_plain_letter(c) || c == ' ';
        if !text.chars().all(plain) {
            into.extend(words(text).iter().map(|word| self.words.add(word)));
            return;
        }
        // Nearly all: letters parted by blanks are words as they stand.
        for written in text.split(' ').filter(|written| !written.is_empty()) {
            let words = &mut self.words;
            let number = self.known.entry(written);
            into.push(*number.or_insert_with(|| words.add(&fold(written))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_as_those_of_a_question() {
        let mut folding = Folding::default();
        for text in [
            "сколько человек",
            "Сколько  ЧЕЛОВЕК ",
            "coup d’état",
            "қанша адам",
            "4 623 cases",
            "",
        ] {
            let mut numbers = Vec::new();
            folding.add(text, &mut numbers);
            let all = folding.words.words();
            let folded: Vec<&str> = numbers.iter().filter_map(|&n| all.get(n)).collect();
            assert_eq!(folded, words(text), "{text}");
        }
    }
}
