//! Typos: the words of a vocabulary within a bounded edit distance of a given one, found through an index of deletions
//! and verified with `strsim`. Knows nothing of what the words mean.
//!
//! The index is the symmetric-delete scheme (Garbe's `SymSpell`): two words within distance d share a string that is
//! left when at most d letters are deleted from each. Only the first letters of a word are deleted from, which
//! bounds what a word costs.

use strsim::osa_distance;

use super::vocabulary::Words;

/// The index of a vocabulary, whose words are named by their position.
pub(crate) struct Fuzzy {
    /// What is left of a word after deletions.
    deletions: Hashed,
    /// The consonants of a word.
    consonants: Hashed,
    words: Words,
    shapes: Vec<Shape>,
}

/// What tells most words that are too far away without comparing letter by letter.
#[derive(Clone, Copy)]
struct Shape {
    letters: u32,
    /// The set of its letters, as bits by their hash.
    set: u32,
}

impl Shape {
    fn of(letters: impl Iterator<Item = char>) -> Self {
        let none = Self { letters: 0, set: 0 };
        letters.fold(none, |shape, letter| Self {
            letters: shape.letters + 1,
            set: shape.set | 1 << (u32::from(letter) % u32::BITS),
        })
    }

    /// Whether the distance of two words can be so small: an edit changes the length by one at most, and of the letters
    /// it takes one away and brings one in.
    fn can_be_within(self, other: Self, distance: usize) -> bool {
        let distance = u32::try_from(distance).unwrap_or(u32::MAX);
        self.letters.abs_diff(other.letters) <= distance
            && (self.set ^ other.set).count_ones() <= distance.saturating_mul(2)
    }
}

/// Words by hashes, several by one hash.
struct Hashed {
    /// Sorted.
    entries: Vec<(u32, u32)>,
    /// Where the entries begin whose hashes begin with the same bits, and in the end their number.
    starts: Vec<u32>,
    /// How far a hash is shifted to leave those bits.
    shift: u32,
}

impl Hashed {
    /// Orders the entries by the first bits of their hashes, then each few of the same bits among themselves.
    fn new(entries: &[(u32, u32)]) -> Self {
        // About four entries a start.
        let bits = entries.len().max(8).ilog2() - 2;
        let shift = u32::BITS - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for (hash, _) in entries {
            if let Some(count) = starts.get_mut((hash >> shift) as usize + 1) {
                *count += 1;
            }
        }
        let mut before = 0;
        for start in &mut starts {
            before += *start;
            *start = before;
        }
        let mut next = starts.clone();
        let mut ordered = vec![(0, 0); entries.len()];
        for &entry in entries {
            if let Some(slot) = next.get_mut((entry.0 >> shift) as usize)
                && let Some(place) = ordered.get_mut(*slot as usize)
            {
                *place = entry;
                *slot += 1;
            }
        }
        for bounds in starts.windows(2) {
            if let [from, to] = *bounds
                && let Some(same) = ordered.get_mut(from as usize..to as usize)
            {
                same.sort_unstable();
            }
        }
        Self {
            entries: ordered,
            starts,
            shift,
        }
    }

    /// The words of a hash.
    fn get(&self, hash: u32) -> impl Iterator<Item = u32> {
        let bucket = (hash >> self.shift) as usize;
        let from = self.starts.get(bucket).copied().unwrap_or_default() as usize;
        let entries = self.entries.get(from..).unwrap_or_default().iter();
        entries
            .skip_while(move |(other, _)| *other < hash)
            .take_while(move |(other, _)| *other == hash)
            .map(|&(_, position)| position)
    }
}

/// Deletions are made among this many first letters.
const PREFIX: usize = 7;

/// A word without vowels is guessed from this many letters on: shorter ones could be many words.
const SHORTEST_WITHOUT_VOWELS: usize = 4;

/// How many vowels a word may lack.
pub(crate) const MOST_VOWELS_MISSING: usize = 4;

/// Words longer than this, in letters, are compared with nothing: no keyword is.
const LONGEST_WORD: usize = 32;

/// How many edits any word may be away.
pub(crate) const MOST_EDITS: usize = 2;

/// How many edits a word of so many letters may be away: none below four, where a typo makes another word.
pub(crate) fn tolerance(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => MOST_EDITS,
    }
}

impl Fuzzy {
    /// Indexes a vocabulary, to find words within so many edits.
    pub(crate) fn new(words: Words, most: usize) -> Self {
        let mut deletions = Vec::new();
        for (position, word) in (0..).zip(words.iter()) {
            let letters: Vec<char> = word.chars().collect();
            // A short word still meets longer typos of itself, so it is indexed one edit further.
            let edits = if letters.len() < 3 {
                0
            } else {
                tolerance(letters.len() + 1).max(1).min(most)
            };
            each_deletion(&letters, edits, &mut |hash| {
                deletions.push((hash, position));
            });
        }
        let consonants = (0..).zip(words.iter());
        let consonants = consonants.map(|(position, word)| (consonants_of(word), position));
        Self {
            deletions: Hashed::new(&deletions),
            consonants: Hashed::new(&consonants.collect::<Vec<_>>()),
            shapes: words.iter().map(|word| Shape::of(word.chars())).collect(),
            words,
        }
    }

    /// The words that `word` is without some of their vowels, as people type in haste (жаупкершлкке for жауапкершілікке);
    /// of several the nearest.
    pub(crate) fn without_vowels(&self, word: &str, most: usize) -> Vec<u32> {
        let letters = word.chars().count();
        if !(SHORTEST_WITHOUT_VOWELS..=LONGEST_WORD).contains(&letters) {
            return Vec::new();
        }
        let same = self.consonants.get(consonants_of(word));
        let missing = |other: &str| other.chars().count().saturating_sub(letters);
        let mut found: Vec<(usize, u32)> = same
            .filter_map(|position| Some((position, self.words.get(position)?)))
            .filter(|(_, other)| lacks_only_vowels(word, other))
            .map(|(position, other)| (missing(other), position))
            .filter(|(missing, _)| (1..=most).contains(missing))
            .collect();
        found.sort_unstable();
        let least = found.first().map(|(missing, _)| *missing);
        found.retain(|(missing, _)| Some(*missing) == least);
        found.into_iter().map(|(_, position)| position).collect()
    }

    /// The words nearest to `word` within its tolerance and `most` edits, and their distance; none where it is 0 or nothing
    /// is near.
    pub(crate) fn nearest(&self, word: &str, most: usize) -> (usize, Vec<u32>) {
        let letters: Vec<char> = word.chars().collect();
        let allowed = if letters.len() == 3 {
            1
        } else {
            tolerance(letters.len())
        };
        let allowed = allowed.min(most);
        let mut best = (allowed, Vec::new());
        if allowed == 0 || letters.len() > LONGEST_WORD {
            return (0, Vec::new());
        }
        let mut candidates = Vec::new();
        each_deletion(&letters, allowed, &mut |hash| {
            candidates.extend(self.deletions.get(hash));
        });
        candidates.sort_unstable();
        candidates.dedup();
        let shape = Shape::of(letters.iter().copied());
        for position in candidates {
            let their_shape = self.shapes.get(position as usize);
            if !their_shape.is_some_and(|other| shape.can_be_within(*other, best.0)) {
                continue;
            }
            let Some(other) = self.words.get(position) else {
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
        // People rather drop a vowel than hit another letter.
        let lacks_vowels = |position: &u32| {
            let other = self.words.get(*position);
            other.is_some_and(|other| lacks_only_vowels(word, other))
        };
        if best.1.iter().any(lacks_vowels) {
            best.1.retain(lacks_vowels);
        }
        // People seldom miss the first letter.
        let same_first = |position: &u32| {
            let other = self.words.get(*position);
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
fn consonants_of(word: &str) -> u32 {
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
fn each_deletion(letters: &[char], edits: usize, found: &mut impl FnMut(u32)) {
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

/// FNV-1a over letters, its bits mixed once more: a collision costs one comparison, nothing else.
fn hash(letters: impl Iterator<Item = char>) -> u32 {
    let hash = letters.fold(0xcbf2_9ce4_8422_2325, |hash: u64, letter| {
        (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3)
    });
    u32::try_from(hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(vocabulary: &[&str]) -> Words {
        let mut words = Words::default();
        for word in vocabulary {
            words.push(word);
        }
        words
    }

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
        let fuzzy = Fuzzy::new(words(&vocabulary), MOST_EDITS);
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
            let (_, found) = fuzzy.nearest(typo, MOST_EDITS);
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
        let fuzzy = Fuzzy::new(words(&vocabulary), MOST_EDITS);
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
                .without_vowels(typed, MOST_VOWELS_MISSING)
                .iter()
                .map(|&position| vocabulary[position as usize])
                .collect();
            assert_eq!(found, Vec::from_iter(expected), "{typed}");
        }
    }

    #[test]
    fn the_index_finds_what_comparing_every_word_finds() {
        let vocabulary = [
            "convicted",
            "conviction",
            "amnesty",
            "homicide",
            "hooliganism",
            "weapons",
            "torture",
            "restricted",
        ];
        let fuzzy = Fuzzy::new(words(&vocabulary), MOST_EDITS);
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
            let near = |other: &&&str| {
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
            let (_, found) = fuzzy.nearest(word, MOST_EDITS);
            let found: Vec<_> = found
                .iter()
                .map(|&position| &vocabulary[position as usize])
                .collect();
            let same_first = |other: &&&&str| other.chars().next() == word.chars().next();
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
