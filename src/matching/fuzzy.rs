//! Typos: the words of a vocabulary within a bounded edit distance of a given one, verified with `strsim`. Knows nothing of
//! what the words mean.
//!
//! People seldom miss the first letter, so words are kept by their first letter and their length. Of the few that begin like
//! the typo and are about as long, most have other letters, and a set of bits tells. A first letter that is wrong is the one
//! edit there may be, so what follows it is right and is looked up.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use strsim::osa_distance;

use super::packed::{Bytes, Numbers};
use super::vocabulary::{Words, hash};

/// The index of words that are named by their number; [`Words`] has them.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Fuzzy {
    /// The words, by first letter and then by length.
    numbers: Numbers,
    /// The letters of each.
    sets: Numbers,
    /// The words of each first letter and length, in order.
    groups: Vec<Group>,
    /// The words by what follows their first letter.
    tails: Hashed,
}

/// The words of one first letter and one length.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Group {
    first: char,
    letters: usize,
    /// Where they end among all words; they begin where those of the group before end.
    end: usize,
}

/// Numbers by hashes; others of a near hash are found, too.
#[derive(Default, Serialize, Deserialize)]
struct Hashed {
    numbers: Numbers,
    /// Where the numbers end whose hashes begin with the same bits.
    ends: Numbers,
    /// How far a hash is shifted to leave those bits.
    shift: u32,
}

impl Hashed {
    fn new(entries: &[(u32, u32)]) -> Self {
        // About two entries a place.
        let bits = entries.len().max(4).ilog2() - 1;
        let shift = u32::BITS - bits;
        let mut ends = vec![0_u32; 1 << bits];
        let mut sorted = entries.to_vec();
        sorted.sort_unstable();
        for (end, (hash, _)) in (1..).zip(&sorted) {
            if let Some(slot) = ends.get_mut((hash >> shift) as usize) {
                *slot = end;
            }
        }
        let mut before = 0;
        for end in &mut ends {
            before = before.max(*end);
            *end = before;
        }
        let numbers = sorted.iter().map(|&(_, number)| number);
        let mut hashed = Self {
            numbers: numbers.collect(),
            ends: ends.into_iter().collect(),
            shift,
        };
        hashed.numbers.shrink();
        hashed.ends.shrink();
        hashed
    }

    fn get(&self, hash: u32) -> impl Iterator<Item = u32> {
        let place = (hash >> self.shift) as usize;
        let end = |place: usize| self.ends.get(place).map_or(0, |end| end as usize);
        let start = place.checked_sub(1).map_or(0, end);
        self.numbers.slice(start..end(place)).iter()
    }
}

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
    /// Indexes those words of a vocabulary that have these numbers.
    pub(crate) fn new(words: &Words, numbers: impl Iterator<Item = u32>) -> Self {
        let mut order: Vec<(char, usize, u32)> = Vec::new();
        let mut tails = Vec::new();
        for number in numbers {
            let mut letters = words.get(number).unwrap_or_default().chars();
            if let Some(first) = letters.next() {
                tails.push((hash(letters.as_str()), number));
                order.push((first, 1 + letters.count(), number));
            }
        }
        order.sort_unstable();
        let mut fuzzy = Self {
            numbers: order.iter().map(|&(.., number)| number).collect(),
            tails: Hashed::new(&tails),
            ..Self::default()
        };
        let set = |&(.., number): &(_, _, u32)| set_of(words.letters(number));
        fuzzy.sets = order.iter().map(set).collect();
        fuzzy.numbers.shrink();
        for (end, (first, letters, _)) in (1..).zip(order) {
            match fuzzy.groups.last_mut() {
                Some(last) if (last.first, last.letters) == (first, letters) => last.end = end,
                _ => fuzzy.groups.push(Group {
                    first,
                    letters,
                    end,
                }),
            }
        }
        fuzzy
    }

    /// What it consists of.
    pub(crate) fn parts(&mut self) -> [&mut Bytes; 4] {
        [
            self.numbers.part(),
            self.sets.part(),
            self.tails.numbers.part(),
            self.tails.ends.part(),
        ]
    }

    /// Where the words with this first letter and a length in these bounds stand, each place with the letters of its word.
    fn beginning_with(
        &self,
        first: char,
        letters: RangeInclusive<usize>,
    ) -> impl Iterator<Item = (usize, u32)> {
        let ends_before = |letters: usize| {
            let group = |group: &Group| (group.first, group.letters) < (first, letters);
            let before = self.groups.partition_point(group).checked_sub(1);
            before.and_then(|before| self.groups.get(before))
        };
        let end_before = |letters: usize| ends_before(letters).map_or(0, |group| group.end);
        let range = end_before(*letters.start())..end_before(letters.end() + 1);
        range.clone().zip(self.sets.slice(range).iter())
    }

    /// The words that `word` is without some of their vowels, as people type in haste (жаупкершлкке for жауапкершілікке);
    /// of several the nearest.
    pub(crate) fn without_vowels(&self, words: &Words, word: &str, most: usize) -> Vec<u32> {
        let letters = word.chars().count();
        let (Some(first), true) = (
            word.chars().next(),
            (SHORTEST_WITHOUT_VOWELS..=LONGEST_WORD).contains(&letters),
        ) else {
            return Vec::new();
        };
        let set = set_of(word.chars());
        let vowels = set_of(VOWELS.chars());
        let may_lack = |other: u32| set & !other == 0 && other & !set & !vowels == 0;
        let mut found = Vec::new();
        for missing in 1..=most {
            let longer = letters + missing;
            let same = self.beginning_with(first, longer..=longer);
            let same = same.filter(|&(_, other)| may_lack(other));
            let same = same.filter_map(|(place, _)| self.numbers.get(place));
            let lacks = |&number: &u32| lacks_only_vowels(word, words.letters(number));
            found.extend(same.filter(lacks));
            if !found.is_empty() {
                break;
            }
        }
        found.sort_unstable();
        found
    }

    /// The words nearest to `word` within its tolerance and `most` edits, and their distance; none where it is 0 or nothing
    /// is near.
    pub(crate) fn nearest(&self, words: &Words, word: &str, most: usize) -> (usize, Vec<u32>) {
        let letters: Vec<char> = word.chars().collect();
        let length = letters.len();
        let allowed = if length == 3 { 1 } else { tolerance(length) };
        let allowed = allowed.min(most);
        let [first, second, ..] = *letters.as_slice() else {
            return (0, Vec::new());
        };
        if allowed == 0 || length > LONGEST_WORD {
            return (0, Vec::new());
        }
        let mut best = (allowed, Vec::new());
        let mut consider = |number: u32| {
            if !within(&letters, words.letters(number), best.0) {
                return best.0;
            }
            let other = words.get(number).unwrap_or_default();
            let distance = osa_distance(word, other);
            if distance > 0 && distance <= best.0 && is_likely_typo(&letters, other, distance) {
                if distance < best.0 {
                    best = (distance, Vec::new());
                }
                best.1.push(number);
            }
            best.0
        };
        // The first letter is another one, is missing, is too much, or has changed places with the second.
        let rest = word.strip_prefix(first).unwrap_or_default();
        for tail in [hash(rest), hash(word)] {
            for number in self.tails.get(tail) {
                consider(number);
            }
        }
        let set = set_of(letters.iter().copied());
        // An edit takes one letter away at most and brings one in.
        let near = |other: u32, edits: usize| {
            // Cheaper than to count all the bits.
            let without_one = |bits: u32| bits & bits.wrapping_sub(1);
            let without_two = |bits: u32| without_one(without_one(bits));
            let differ = without_two(set ^ other);
            differ == 0 || (edits > 1 && without_two(differ) == 0)
        };
        let number = |place: usize| self.numbers.get(place).unwrap_or(u32::MAX);
        for (place, other) in self.beginning_with(second, length - 1..=length) {
            if near(other, 1) {
                consider(number(place));
            }
        }
        let mut edits = allowed;
        for (place, other) in self.beginning_with(first, length - allowed..=length + allowed) {
            if near(other, edits) {
                edits = consider(number(place));
            }
        }
        best.1.sort_unstable();
        best.1.dedup();
        // People rather drop a vowel or swap two letters than hit another one.
        let likelier = |number: &u32| {
            lacks_only_vowels(word, words.letters(*number))
                || has_same_letters(&letters, words.letters(*number))
        };
        if best.1.iter().any(likelier) {
            best.1.retain(likelier);
        }
        // People seldom miss the first letter.
        let same_first = |number: &u32| words.letters(*number).next() == Some(first);
        if best.1.iter().any(same_first) {
            best.1.retain(same_first);
        }
        best
    }
}

/// Whether two words are so many edits apart at most. It gives up at the first difference that is too much, which for most words
/// is among the first letters.
fn within<T: Iterator<Item = char> + Clone>(
    mut ours: &[char],
    mut theirs: T,
    edits: usize,
) -> bool {
    loop {
        let mut rest = theirs.clone();
        let (Some((&our, more)), Some(their)) = (ours.split_first(), rest.next()) else {
            return ours.len() + theirs.count() <= edits;
        };
        if our == their {
            (ours, theirs) = (more, rest);
            continue;
        }
        let Some(edits) = edits.checked_sub(1) else {
            return false;
        };
        let swapped = || match more.split_first() {
            Some((&next, more)) if next == their => {
                let mut rest = rest.clone();
                rest.next() == Some(our) && within(more, rest, edits)
            }
            _ => false,
        };
        return within(more, rest.clone(), edits)
            || within(more, theirs, edits)
            || within(ours, rest.clone(), edits)
            || swapped();
    }
}

/// Short words are held to more than their distance: three letters only swapped or short of a vowel, four swapped or with
/// the first one right.
fn is_likely_typo(letters: &[char], other: &str, distance: usize) -> bool {
    let first_is_same = other.chars().next() == letters.first().copied();
    let swapped = || has_same_letters(letters, other.chars());
    let typed = || letters.iter().collect::<String>();
    match letters.len() {
        0..=3 => swapped() || (first_is_same && lacks_only_vowels(&typed(), other.chars())),
        4 => (first_is_same && other.chars().count() >= 4) || swapped(),
        _ => distance < 2 || (first_is_same && other.chars().count() >= 7),
    }
}

/// Whether a word has the letters of another one in another order.
fn has_same_letters(word: &[char], other: impl Iterator<Item = char>) -> bool {
    let mut theirs: Vec<char> = other.collect();
    let mut ours = word.to_vec();
    theirs.sort_unstable();
    ours.sort_unstable();
    theirs == ours
}

/// Whether a word is another one without some of its vowels (ppl, fne, адм).
fn lacks_only_vowels(word: &str, other: impl Iterator<Item = char>) -> bool {
    let mut typed = word.chars().peekable();
    for letter in other {
        if typed.peek() == Some(&letter) {
            typed.next();
        } else if !VOWELS.contains(letter) {
            return false;
        }
    }
    typed.peek().is_none()
}

/// The vowels of folded words, in Latin and in Cyrillic letters.
const VOWELS: &str = "aeiouyаеиоуыэюя";

/// The letters of a word, as bits; a few letters share one.
fn set_of(letters: impl Iterator<Item = char>) -> u32 {
    letters.fold(0, |set, letter| set | 1 << (u32::from(letter) % u32::BITS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

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
        let words = words(&vocabulary);
        let fuzzy = Fuzzy::new(&words, words.numbers());
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
            let (_, found) = fuzzy.nearest(&words, typo, MOST_EDITS);
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
        let words = words(&vocabulary);
        let fuzzy = Fuzzy::new(&words, words.numbers());
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
                .without_vowels(&words, typed, MOST_VOWELS_MISSING)
                .iter()
                .map(|&position| vocabulary[position as usize])
                .collect();
            assert_eq!(found, Vec::from_iter(expected), "{typed}");
        }
    }

    /// The words that are nearest when every word is compared.
    fn compared(words: &Words, word: &str, most: usize) -> (usize, Vec<u32>) {
        let letters: Vec<char> = word.chars().collect();
        let allowed = match letters.len() {
            3 => 1,
            length => tolerance(length),
        };
        let other = |number: u32| words.get(number).expect("it is there");
        let distance = |number: u32| osa_distance(word, other(number));
        let near = |&number: &u32| {
            (1..=allowed.min(most)).contains(&distance(number))
                && is_likely_typo(&letters, other(number), distance(number))
        };
        let near: Vec<u32> = words.numbers().filter(near).collect();
        let least = near.iter().map(|&number| distance(number)).min();
        let nearest = near.iter().copied();
        let mut nearest: Vec<u32> = nearest.filter(|&n| Some(distance(n)) == least).collect();
        let likelier = |number: &u32| {
            let other = other(*number);
            lacks_only_vowels(word, other.chars()) || has_same_letters(&letters, other.chars())
        };
        if nearest.iter().any(likelier) {
            nearest.retain(likelier);
        }
        let same_first = |number: &u32| other(*number).chars().next() == letters.first().copied();
        if nearest.iter().any(same_first) {
            nearest.retain(same_first);
        }
        (least.unwrap_or_default(), nearest)
    }

    #[test]
    fn the_index_finds_what_comparing_every_word_finds() {
        // Few letters, so that many words are near each other.
        let letters: Vec<char> = "abeno".chars().collect();
        let word = |dice: &mut Dice, longest: usize| -> String {
            let length = 2 + dice.below(longest);
            (0..length).map(|_| *dice.one_of(&letters)).collect()
        };
        let found = std::cell::Cell::new([0; MOST_EDITS + 1]);
        Dice::cases(|dice| {
            let mut vocabulary: Vec<String> = (0..100).map(|_| word(dice, 10)).collect();
            vocabulary.sort();
            vocabulary.dedup();
            let vocabulary: Vec<&str> = vocabulary.iter().map(String::as_str).collect();
            let words = words(&vocabulary);
            let fuzzy = Fuzzy::new(&words, words.numbers());
            for _ in 0..20 {
                // Half of them are words with a few slips in them.
                let mut typed: Vec<char> = if dice.toss() {
                    word(dice, 11).chars().collect()
                } else {
                    dice.text_of(&vocabulary).chars().collect()
                };
                for _ in 0..dice.below(MOST_EDITS + 1) {
                    let at = dice.below(typed.len());
                    typed[at] = *dice.one_of(&letters);
                }
                let typed: String = typed.iter().collect();
                let most = 1 + dice.below(MOST_EDITS);
                let (distance, near) = fuzzy.nearest(&words, &typed, most);
                let (least, compared) = compared(&words, &typed, most);
                assert_eq!(near, compared, "{typed} in {vocabulary:?}");
                if !near.is_empty() {
                    assert_eq!(distance, least, "{typed} in {vocabulary:?}");
                    let mut all = found.get();
                    all[distance] += 1;
                    found.set(all);
                }
            }
        });
        assert!(found.get().iter().skip(1).all(|&times| times > 0));
    }

    #[test]
    fn words_are_within_their_distance() {
        let letters: Vec<char> = "abe".chars().collect();
        Dice::cases(|dice| {
            let mut word = || -> Vec<char> {
                let length = dice.below(7);
                (0..length).map(|_| *dice.one_of(&letters)).collect()
            };
            let (ours, theirs) = (word(), word());
            let text = |letters: &[char]| letters.iter().collect::<String>();
            let distance = osa_distance(&text(&ours), &text(&theirs));
            for edits in 0..=MOST_EDITS {
                let near = within(&ours, text(&theirs).chars(), edits);
                assert_eq!(near, distance <= edits, "{ours:?} {theirs:?} {edits}");
            }
        });
    }

    #[test]
    fn words_without_vowels_are_found_as_by_comparing_every_word() {
        let letters: Vec<char> = "abeon".chars().collect();
        Dice::cases(|dice| {
            let word = |dice: &mut Dice| -> String {
                let length = 4 + dice.below(8);
                (0..length).map(|_| *dice.one_of(&letters)).collect()
            };
            let vocabulary: Vec<String> = (0..100).map(|_| word(dice)).collect();
            let vocabulary: Vec<&str> = vocabulary.iter().map(String::as_str).collect();
            let words = words(&vocabulary);
            let fuzzy = Fuzzy::new(&words, words.numbers());
            let typed: String = {
                let of = dice.text_of(&vocabulary);
                let kept = |c: &char| !VOWELS.contains(*c) || dice.toss();
                of.chars().filter(kept).collect()
            };
            let most = 1 + dice.below(MOST_VOWELS_MISSING);
            let missing = |number: &u32| {
                let other = vocabulary[*number as usize];
                let near = typed.len() >= SHORTEST_WITHOUT_VOWELS
                    && other.chars().next() == typed.chars().next()
                    && lacks_only_vowels(&typed, other.chars());
                let missing = other.len().saturating_sub(typed.len());
                (near && (1..=most).contains(&missing)).then_some(missing)
            };
            let least = words.numbers().filter_map(|number| missing(&number)).min();
            let nearest = words
                .numbers()
                .filter(|n| least.is_some() && missing(n) == least);
            assert_eq!(
                fuzzy.without_vowels(&words, &typed, most),
                nearest.collect::<Vec<_>>(),
                "{typed} in {vocabulary:?}"
            );
        });
    }
}
