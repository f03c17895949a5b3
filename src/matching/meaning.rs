//! What the words and phrases of one lexicon stand for, in little room. Knows no word, only their numbers.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::concept::ConceptId;
use super::index::StemId;
use super::packed::{Bytes, Numbers, Slice};

/// A concept that a word or phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Sense {
    /// The concept.
    pub(crate) concept: ConceptId,
    /// Whether the word is an everyday one that counts only beside others.
    pub(crate) weak: bool,
}

impl Sense {
    fn packed(self) -> u32 {
        u32::from(self.concept) << 1 | u32::from(self.weak)
    }

    fn unpacked(packed: u32) -> Self {
        Self {
            concept: ConceptId::try_from(packed >> 1).unwrap_or(ConceptId::MAX),
            weak: packed & 1 == 1,
        }
    }
}

/// A list of senses, by number; the first is the empty one. Most words have none, and most others share theirs.
pub(super) type SensesId = u32;

/// The lists of senses of all words, each stored once.
#[derive(Serialize, Deserialize)]
pub(super) struct SenseLists {
    ends: Numbers,
    senses: Numbers,
    /// What becomes of a list when a sense is added; of no use once all are there.
    #[serde(skip)]
    longer: HashMap<(SensesId, Sense), SensesId>,
}

impl SenseLists {
    pub(super) fn new() -> Self {
        Self {
            ends: Numbers::repeat(0, 1),
            senses: Numbers::default(),
            longer: HashMap::new(),
        }
    }

    /// The senses of a list.
    pub(super) fn get(&self, id: SensesId) -> impl Iterator<Item = Sense> {
        let senses = self.senses.slice(between(&self.ends, id as usize));
        senses.iter().map(Sense::unpacked)
    }

    /// The list that has one sense more.
    pub(super) fn with(&mut self, id: SensesId, sense: Sense) -> SensesId {
        if let Some(&longer) = self.longer.get(&(id, sense)) {
            return longer;
        }
        let longer = count(&self.ends);
        let list: Vec<Sense> = self.get(id).chain([sense]).collect();
        for sense in list {
            self.senses.push(sense.packed());
        }
        self.ends.push(count(&self.senses));
        self.longer.insert((id, sense), longer);
        longer
    }

    /// What they consist of.
    pub(super) fn parts(&mut self) -> [&mut Bytes; 2] {
        [self.ends.part(), self.senses.part()]
    }

    /// Gives back what only adding needs.
    pub(super) fn shrink(&mut self) {
        self.longer = HashMap::new();
        self.ends.shrink();
        self.senses.shrink();
    }
}

/// A phrase of at least two words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phrase<'a> {
    /// The stems of its words after the first.
    pub(crate) rest: Slice<'a>,
    /// What it stands for.
    pub(crate) sense: Sense,
}

/// The phrases of a lexicon by the stem of their first word.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Phrases {
    /// Where the phrases of each stem end.
    ends: Numbers,
    /// What each phrase stands for.
    senses: Numbers,
    /// Where the stems of each phrase end.
    rest_ends: Numbers,
    rest: Numbers,
}

impl Phrases {
    /// Orders phrases, each with the stems of its words, by the first two.
    pub(super) fn new(stems: &[StemId], mut phrases: Vec<(Range<usize>, Sense)>) -> Self {
        let stem = |position: usize| stems.get(position).copied().unwrap_or_default();
        let first = |words: &Range<usize>| stem(words.start);
        phrases.sort_by_key(|(words, _)| (first(words), stem(words.start + 1)));
        let mut ordered = Self::default();
        for (words, sense) in phrases {
            while ordered.ends.len() < first(&words) as usize {
                ordered.ends.push(count(&ordered.senses));
            }
            for &stem in stems.get(words).into_iter().flatten().skip(1) {
                ordered.rest.push(stem);
            }
            ordered.rest_ends.push(count(&ordered.rest));
            ordered.senses.push(sense.packed());
        }
        ordered.ends.push(count(&ordered.senses));
        for numbers in [
            &mut ordered.ends,
            &mut ordered.senses,
            &mut ordered.rest_ends,
            &mut ordered.rest,
        ] {
            numbers.shrink();
        }
        ordered
    }

    /// What they consist of.
    pub(super) fn parts(&mut self) -> [&mut Bytes; 4] {
        [
            self.ends.part(),
            self.senses.part(),
            self.rest_ends.part(),
            self.rest.part(),
        ]
    }

    /// The phrases whose first two words have these stems.
    pub(super) fn of(&self, first: StemId, second: StemId) -> impl Iterator<Item = Phrase<'_>> {
        let second_of = move |position: usize| {
            let rest = between(&self.rest_ends, position);
            self.rest.get(rest.start)
        };
        let all = between(&self.ends, first as usize);
        let start = first_in(all.clone(), |position| second_of(position) >= Some(second));
        let same = (start..all.end).take_while(move |&at| second_of(at) == Some(second));
        same.filter_map(|position| {
            Some(Phrase {
                rest: self.rest.slice(between(&self.rest_ends, position)),
                sense: Sense::unpacked(self.senses.get(position)?),
            })
        })
    }
}

fn count(numbers: &Numbers) -> u32 {
    u32::try_from(numbers.len()).unwrap_or(u32::MAX)
}

/// The first of some positions in order from which on something holds, or the end of them.
fn first_in(positions: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    let Range { mut start, mut end } = positions;
    while start < end {
        let middle = usize::midpoint(start, end);
        if holds(middle) {
            end = middle;
        } else {
            start = middle + 1;
        }
    }
    start
}

/// What lies between the end before and the own one.
fn between(ends: &Numbers, position: usize) -> Range<usize> {
    let end = |position: usize| ends.get(position).map_or(0, |end| end as usize);
    position.checked_sub(1).map_or(0, end)..end(position)
}
