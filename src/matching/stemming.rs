//! Inflections: which stems a folded word may have. Knows a language only by its Snowball algorithm or its suffixes.

use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

use super::normalise::fold;
use super::packed::Bytes;
use super::vocabulary::Vocabulary;

/// The way a language cuts inflections off.
#[derive(Serialize, Deserialize)]
pub(crate) enum Stemming {
    /// By a Snowball algorithm.
    Snowball(Algorithm),
    /// By chains of suffixes, for agglutinative languages.
    Suffixes(Suffixes),
}

/// The Snowball algorithms that a lexicon may name.
const ALGORITHMS: [(&str, Algorithm); 8] = [
    ("arabic", Algorithm::Arabic),
    ("english", Algorithm::English),
    ("french", Algorithm::French),
    ("german", Algorithm::German),
    ("italian", Algorithm::Italian),
    ("russian", Algorithm::Russian),
    ("spanish", Algorithm::Spanish),
    ("turkish", Algorithm::Turkish),
];

impl Stemming {
    /// The Snowball algorithm of a name.
    ///
    /// # Errors
    /// The names that there are.
    pub(crate) fn snowball(name: &str) -> Result<Self, String> {
        ALGORITHMS
            .into_iter()
            .find(|(known, _)| *known == name)
            .map_or_else(
                || {
                    let names: Vec<_> = ALGORITHMS.iter().map(|(name, _)| *name).collect();
                    Err(format!(
                        "`{name}` is not a stemmer: use one of {}",
                        names.join(", ")
                    ))
                },
                |(_, algorithm)| Ok(Self::Snowball(algorithm)),
            )
    }

    /// Suffixes as a lexicon lists them.
    pub(crate) fn suffixes(list: &[String]) -> Self {
        Self::Suffixes(Suffixes::new(list))
    }

    /// What it consists of.
    pub(crate) fn parts(&mut self) -> Vec<&mut Bytes> {
        match self {
            Self::Snowball(_) => Vec::new(),
            Self::Suffixes(suffixes) => suffixes.list.parts(),
        }
    }

    /// The stem under which a keyword's word is indexed.
    pub(crate) fn index_stem(&self, word: &str) -> String {
        match self {
            Self::Snowball(algorithm) => snowball(*algorithm, word),
            Self::Suffixes(_) => word.to_owned(),
        }
    }

    /// The stems under which a question's word is looked up, the longest first.
    pub(crate) fn stems(&self, word: &str) -> Vec<String> {
        match self {
            Self::Snowball(algorithm) => vec![snowball(*algorithm, word)],
            Self::Suffixes(suffixes) => suffixes.stems(word),
        }
    }
}

fn snowball(algorithm: Algorithm, word: &str) -> String {
    Stemmer::create(algorithm).stem(word).into_owned()
}

/// The suffixes of an agglutinative language.
#[derive(Serialize, Deserialize)]
pub(crate) struct Suffixes {
    list: Vocabulary,
    longest: usize,
}

/// A stem shorter than this, in letters, is taken only as the whole word: it would swallow others.
const SHORTEST_STEM: usize = 3;

impl Suffixes {
    fn new(list: &[String]) -> Self {
        let mut suffixes = Self {
            list: Vocabulary::default(),
            longest: 0,
        };
        for suffix in list {
            let suffix = fold(suffix.trim_start_matches('-'));
            suffixes.longest = suffixes.longest.max(suffix.chars().count());
            suffixes.list.add(&suffix);
        }
        suffixes
    }

    /// The word itself, then every beginning of it after which a chain of suffixes follows, the longest first. A stem
    /// whose last letter is voiced before a vowel is also given with the voiceless one (кітап, кітабы).
    fn stems(&self, word: &str) -> Vec<String> {
        let letters: Vec<(usize, char)> = word.char_indices().collect();
        let offset = |index: usize| letters.get(index).map_or(word.len(), |&(offset, _)| offset);
        let mut chain = vec![false; letters.len()];
        chain.push(true);
        let mut stems = vec![word.to_owned()];
        for start in (SHORTEST_STEM..letters.len()).rev() {
            let ends = start + 1..=(start + self.longest).min(letters.len());
            let follows = ends.into_iter().any(|end| {
                chain.get(end).copied().unwrap_or(false)
                    && word
                        .get(offset(start)..offset(end))
                        .is_some_and(|suffix| self.list.number(suffix).is_some())
            });
            if let Some(slot) = chain.get_mut(start) {
                *slot = follows;
            }
            if follows && let Some(stem) = word.get(..offset(start)) {
                stems.push(stem.to_owned());
                let voiceless = match stem.chars().last() {
                    Some('г') => Some('к'),
                    Some('б') => Some('п'),
                    _ => None,
                };
                if let (Some(letter), Some(root)) = (voiceless, word.get(..offset(start - 1))) {
                    stems.push(format!("{root}{letter}"));
                }
            }
        }
        stems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffix_chains_lead_to_stems() {
        let suffixes: Vec<String> = ["ған", "дар", "дың", "ы", "га", "ді"]
            .iter()
            .map(|&suffix| suffix.to_owned())
            .collect();
        let kazakh = Stemming::suffixes(&suffixes);
        for (word, stem, expected) in [
            ("сотталғандардың", "соттал", true),
            ("соттал", "соттал", true),
            ("кітабы", "кітап", true),
            ("сотталмаған", "соттал", false),
            ("соттық", "сот", false),
        ] {
            assert_eq!(
                kazakh.stems(&fold(word)).contains(&fold(stem)),
                expected,
                "{word}"
            );
        }
    }

    #[test]
    fn an_unknown_algorithm_is_refused() {
        assert!(Stemming::snowball("english").is_ok());
        assert!(Stemming::snowball("klingon").is_err());
    }
}
