//! The keywords of a lexicon, folded to words once for everything that is built of them. Knows no index and no meaning.

use super::normalise::words;
use crate::knowledge::Lexicon;

/// A lexicon in folded words.
pub(crate) struct Folded<'a> {
    /// The lexicon as it was written.
    pub(crate) lexicon: &'a Lexicon,
    /// Everyday words that mean nothing here.
    pub(crate) ordinary: Vec<String>,
    /// Words that may stand between the words of a phrase.
    pub(crate) fillers: Vec<String>,
    /// Keywords, concept after concept.
    pub(crate) keywords: Vec<Keyword<'a>>,
}

/// A keyword of a concept.
pub(crate) struct Keyword<'a> {
    /// The id of the concept.
    pub(crate) concept: &'a str,
    /// As it was written.
    pub(crate) written: &'a str,
    /// Whether it counts only beside others.
    pub(crate) weak: bool,
    words: Vec<String>,
}

impl<'a> Folded<'a> {
    /// Folds a lexicon.
    pub(crate) fn new(lexicon: &'a Lexicon) -> Self {
        let mut keywords = Vec::new();
        for (concept, said) in &lexicon.concepts {
            for (weak, list) in [(false, &said.keywords), (true, &said.weak)] {
                keywords.extend(list.iter().map(|written| Keyword {
                    concept,
                    written,
                    weak,
                    words: words(written),
                }));
            }
        }
        Self {
            lexicon,
            ordinary: words(&lexicon.ordinary),
            fillers: lexicon
                .fillers
                .iter()
                .flat_map(|filler| words(filler))
                .collect(),
            keywords,
        }
    }
}

impl Keyword<'_> {
    /// The words that it is looked for by: without fillers, which may stand anywhere in a phrase. A phrase with fewer than
    /// two other words is taken as it stands.
    pub(crate) fn phrase(&self, is_filler: impl Fn(&str) -> bool) -> Vec<&str> {
        phrase(&self.words, is_filler)
    }
}

/// The words that a phrase is looked for by; see [`Keyword::phrase`].
pub(crate) fn phrase(all: &[String], is_filler: impl Fn(&str) -> bool) -> Vec<&str> {
    let all = all.iter().map(String::as_str);
    let meaningful: Vec<&str> = all.clone().filter(|word| !is_filler(word)).collect();
    if meaningful.len() >= 2 {
        meaningful
    } else {
        all.collect()
    }
}
