//! Typos: the words of a vocabulary within a bounded edit distance of a given one, found through an index of deletions
//! and verified with `strsim`. Knows nothing of what the words mean.
//!
//! The index is the symmetric-delete scheme (Garbe's `SymSpell`): two words within distance d share a string that is
//! left when at most d letters are deleted from each. Only the first letters of a word are deleted from, which
//! bounds what a word costs.

use strsim::osa_distance;

/// The index of a vocabulary, whose words are named by their position.
#[derive(Default)]
pub(crate) struct Fuzzy {
    /// Hashes of what is left of a word after deletions, with the word; sorted.
    deletions: Vec<(u64, u32)>,
    /// Hashes of the consonants of a word, with the word; sorted.
    consonants: Vec<(u64, u32)>,
    words: Vec<String>,
}

/// Deletions are made among this many first letters.
const PREFIX: usize = 8;

/// A word without vowels is guessed from this many letters on: shorter ones could be many words.
const SHORTEST_WITHOUT_VOWELS: usize = 4;

/// How many vowels a word may lack.
const MOST_VOWELS_MISSING: usize = 4;

/// Words longer than this, in letters, are compared with nothing: no keyword is.
const LONGEST_WORD: usize = 32;

/// How many edits a word of so many letters may be away: none below four, where a typo makes another word.
pub(crate) fn tolerance(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

impl Fuzzy {
    /// Indexes a vocabulary.
    pub(crate) fn new(words: Vec<String>) -> Self {
        let mut deletions = Vec::new();
        for (position, word) in (0..).zip(&words) {
            let letters: Vec<char> = word.chars().collect();
            // A short word still meets longer typos of itself, so it is indexed one edit further.
            let edits = if letters.len() < 3 {
                0
            } else {
                tolerance(letters.len() + 1).max(1)
            };
            each_deletion(&letters, edits, &mut |hash| {
                deletions.push((hash, position));
            });
        }
        deletions.sort_unstable();
        deletions.dedup();
        let mut consonants: Vec<(u64, u32)> = (0..)
            .zip(&words)
            .map(|(position, word)| (consonants_of(word), position))
            .collect();
        consonants.sort_unstable();
        Self {
            deletions,
            consonants,
            words,
        }
    }

    /// The words that `word` is without some of their vowels, as people type in haste (жаупкершлкке for жауапкершілікке);
    /// of several the nearest.
    pub(crate) fn without_vowels(&self, word: &str) -> Vec<u32> {
        let letters = word.chars().count();
        if !(SHORTEST_WITHOUT_VOWELS..=LONGEST_WORD).contains(&letters) {
            return Vec::new();
        }
        let hash = consonants_of(word);
        let from = self.consonants.partition_point(|&(other, _)| other < hash);
        let same = self
            .consonants
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|&&(other, _)| other == hash);
        let missing = |other: &String| other.chars().count().saturating_sub(letters);
        let mut found: Vec<(usize, u32)> = same
            .filter_map(|&(_, position)| Some((position, self.words.get(position as usize)?)))
            .filter(|(_, other)| lacks_only_vowels(word, other))
            .map(|(position, other)| (missing(other), position))
            .filter(|(missing, _)| (1..=MOST_VOWELS_MISSING).contains(missing))
            .collect();
        found.sort_unstable();
        let least = found.first().map(|(missing, _)| *missing);
        found.retain(|(missing, _)| Some(*missing) == least);
        found.into_iter().map(|(_, position)| position).collect()
    }

    /// The words nearest to `word` within its tolerance, and their distance; none where it is 0 or nothing is near.
    pub(crate) fn nearest(&self, word: &str) -> (usize, Vec<u32>) {
        let letters: Vec<char> = word.chars().collect();
        let allowed = if letters.len() == 3 {
            1
        } else {
            tolerance(letters.len())
        };
        let mut best = (allowed, Vec::new());
        if allowed == 0 || letters.len() > LONGEST_WORD {
            return (0, Vec::new());
        }
        let mut candidates = Vec::new();
        each_deletion(&letters, allowed, &mut |hash| {
            let from = self.deletions.partition_point(|&(other, _)| other < hash);
            let same = self
                .deletions
                .get(from..)
                .unwrap_or_default()
                .iter()
                .take_while(|&&(other, _)| other == hash);
            candidates.extend(same.map(|&(_, position)| position));
        });
        candidates.sort_unstable();
        candidates.dedup();
        for position in candidates {
            let Some(other) = self.words.get(position as usize) else {
                continue;
            };
            let distance = osa_distance(word, other);
            if distance == 0 || distance > best.0 || !is_likely_typo(&letters, other, distance) {
                continue;
            }
            if distance < best.0 {
                best = (distance, Vec::new());
            }
            best.1.push(position);
        }
        // People seldom miss the first letter.
        let same_first = |position: &u32| {
            let other = self.words.get(*position as usize);
            other.is_some_and(|other| other.chars().next() == letters.first().copied())
        };
        if best.1.iter().any(same_first) {
            best.1.retain(same_first);
        }
        best
    }
}

/// Short words are held to more than their distance: three letters only swapped or short of a vowel, four swapped or with
/// the first one right.
fn is_likely_typo(letters: &[char], other: &str, distance: usize) -> bool {
    let first_is_same = other.chars().next() == letters.first().copied();
    let swapped = || {
        let mut theirs: Vec<char> = other.chars().collect();
        let mut ours = letters.to_vec();
        theirs.sort_unstable();
        ours.sort_unstable();
        theirs == ours
    };
    let typed = || letters.iter().collect::<String>();
    match letters.len() {
        0..=3 => swapped() || (first_is_same && lacks_only_vowels(&typed(), other)),
        4 => (first_is_same && other.chars().count() >= 4) || swapped(),
        _ => distance < 2 || (first_is_same && other.chars().count() >= 7),
    }
}

/// Whether a word is another one without some of its vowels (ppl, fne, адм).
fn lacks_only_vowels(word: &str, other: &str) -> bool {
    let mut typed = word.chars().peekable();
    for letter in other.chars() {
        if typed.peek() == Some(&letter) {
            typed.next();
        } else if !VOWELS.contains(letter) {
            return false;
        }
    }
    typed.peek().is_none()
}

/// The hash of a word's first letter and its consonants.
fn consonants_of(word: &str) -> u64 {
    let letters = word.chars().enumerate();
    hash(
        letters.filter_map(|(index, letter)| {
            (index == 0 || !VOWELS.contains(letter)).then_some(letter)
        }),
    )
}

/// The vowels of folded words, in Latin and in Cyrillic letters.
const VOWELS: &str = "aeiouyаеиоуыэюя";

/// Calls `found` with the hash of everything that is left when at most `edits` of the first letters are deleted.
fn each_deletion(letters: &[char], edits: usize, found: &mut impl FnMut(u64)) {
    let prefix = letters.get(..letters.len().min(PREFIX)).unwrap_or_default();
    found(hash(prefix.iter().copied()));
    let without = |skip: [usize; 2]| {
        prefix
            .iter()
            .enumerate()
            .filter(move |(index, _)| !skip.contains(index))
            .map(|(_, &letter)| letter)
    };
    if edits >= 1 {
        for first in 0..prefix.len() {
            found(hash(without([first, first])));
            if edits >= 2 {
                for second in first + 1..prefix.len() {
                    found(hash(without([first, second])));
                }
            }
        }
    }
}

/// FNV-1a over letters: a collision costs one comparison, nothing else.
fn hash(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_are_found_within_their_bound() {
        let vocabulary = [
            "how",
            "many",
            "torture",
            "convicted",
            "amnesty",
            "imprisonment",
            "court",
            "осужден",
            "адам",
        ];
        let fuzzy = Fuzzy::new(vocabulary.iter().map(|&word| word.to_owned()).collect());
        for (typo, expected) in [
            ("tortre", Some("torture")),
            ("tortuer", Some("torture")),
            ("rtorture", Some("torture")),
            ("convcited", Some("convicted")),
            ("convited", Some("convicted")),
            ("imprisonmnt", Some("imprisonment")),
            ("imprsonmet", Some("imprisonment")),
            ("mnay", Some("many")),
            ("hwo", Some("how")),
            ("адм", Some("адам")),
            ("аам", None),
            ("осуждн", Some("осужден")),
            ("hob", None),
            ("zany", None),
            ("nurture", None),
            ("cart", None),
            ("torture", None),
        ] {
            let (_, found) = fuzzy.nearest(typo);
            let found: Vec<_> = found
                .iter()
                .map(|&position| vocabulary[position as usize])
                .collect();
            assert_eq!(found, Vec::from_iter(expected), "{typo}");
        }
    }

    #[test]
    fn words_typed_without_vowels_are_found() {
        let vocabulary = ["жауапкершиликке", "convicted", "convict", "amnesty", "адам"];
        let fuzzy = Fuzzy::new(vocabulary.iter().map(|&word| word.to_owned()).collect());
        for (typed, expected) in [
            ("жаупкершлкке", Some("жауапкершиликке")),
            ("cnvctd", Some("convicted")),
            ("cnvct", Some("convict")),
            ("amnst", Some("amnesty")),
            ("amst", None),
            ("convictedo", None),
            ("адм", None),
            ("xyz", None),
        ] {
            let found: Vec<_> = fuzzy
                .without_vowels(typed)
                .iter()
                .map(|&position| vocabulary[position as usize])
                .collect();
            assert_eq!(found, Vec::from_iter(expected), "{typed}");
        }
    }

    #[test]
    fn the_index_finds_what_comparing_every_word_finds() {
        let vocabulary: Vec<String> = [
            "convicted",
            "conviction",
            "amnesty",
            "homicide",
            "hooliganism",
            "weapons",
            "torture",
            "restricted",
        ]
        .iter()
        .map(|&word| word.to_owned())
        .collect();
        let fuzzy = Fuzzy::new(vocabulary.clone());
        for word in [
            "convction",
            "amensty",
            "homocide",
            "hooliganizm",
            "waepons",
            "torturs",
            "restrcted",
            "zebra",
        ] {
            let letters: Vec<char> = word.chars().collect();
            let near = |other: &&String| {
                let distance = osa_distance(word, other);
                distance > 0
                    && distance <= tolerance(letters.len())
                    && is_likely_typo(&letters, other, distance)
            };
            let least = vocabulary
                .iter()
                .filter(near)
                .map(|other| osa_distance(word, other))
                .min();
            let naive: Vec<_> = vocabulary
                .iter()
                .filter(near)
                .filter(|other| Some(osa_distance(word, other)) == least)
                .collect();
            let (_, found) = fuzzy.nearest(word);
            let found: Vec<_> = found
                .iter()
                .map(|&position| &vocabulary[position as usize])
                .collect();
            let same_first = |other: &&&String| other.chars().next() == word.chars().next();
            let naive: Vec<_> = if naive.iter().any(|other| same_first(&other)) {
                naive
                    .into_iter()
                    .filter(|other| same_first(&other))
                    .collect()
            } else {
                naive
            };
            assert_eq!(found, naive, "{word}");
        }
    }
}
