//! What the words and phrases of one lexicon stand for, in little room. Knows no word, only their numbers.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::concept::ConceptId;
use super::index::StemId;

/// A concept that a word or phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Sense {
    /// The concept.
    pub(crate) concept: ConceptId,
    /// Whether the word is an everyday one that counts only beside others.
    pub(crate) weak: bool,
}

/// A list of senses, by number; the first is the empty one. Most words have none, and most others share theirs.
pub(super) type SensesId = u32;

/// The lists of senses of all words, each stored once.
#[derive(Serialize, Deserialize)]
pub(super) struct SenseLists {
    lists: Vec<Vec<Sense>>,
    /// What becomes of a list when a sense is added; of no use once all are there.
    #[serde(skip)]
    longer: HashMap<(SensesId, Sense), SensesId>,
}

impl SenseLists {
    pub(super) fn new() -> Self {
        Self {
            lists: vec![Vec::new()],
            longer: HashMap::new(),
        }
    }

    /// The senses of a list.
    pub(super) fn get(&self, id: SensesId) -> &[Sense] {
        self.lists.get(id as usize).map_or(&[], Vec::as_slice)
    }

    /// The list that has one sense more.
    pub(super) fn with(&mut self, id: SensesId, sense: Sense) -> SensesId {
        if let Some(&longer) = self.longer.get(&(id, sense)) {
            return longer;
        }
        let longer = u32::try_from(self.lists.len()).unwrap_or_default();
        let list = self.get(id).iter().copied().chain([sense]).collect();
        self.lists.push(list);
        self.longer.insert((id, sense), longer);
        longer
    }
}

/// A phrase of at least two words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phrase<'a> {
    /// The stems of its words after the first.
    pub(crate) rest: &'a [StemId],
    /// What it stands for.
    pub(crate) sense: Sense,
}

/// The phrases of a lexicon by the stem of their first word.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Phrases {
    /// Where the phrases of each stem end; they begin where those of the stem before end.
    ends: Vec<u32>,
    /// What each phrase stands for, and where its stems end among all.
    phrases: Vec<(Sense, u32)>,
    rest: Vec<StemId>,
}

impl Phrases {
    /// Orders phrases, each with the stems of its words, by the first.
    pub(super) fn new(stems: &[StemId], mut phrases: Vec<(Range<usize>, Sense)>) -> Self {
        let first = |words: &Range<usize>| stems.get(words.start).copied().unwrap_or_default();
        // Of one stem they stay as they came.
        phrases.sort_by_key(|(words, _)| first(words));
        let mut ordered = Self::default();
        for (words, sense) in phrases {
            ordered.ends.resize(first(&words) as usize, ordered.count());
            let rest = stems.get(words.start + 1..words.end);
            ordered.rest.extend(rest.unwrap_or_default());
            let end = u32::try_from(ordered.rest.len()).unwrap_or(u32::MAX);
            ordered.phrases.push((sense, end));
        }
        ordered.ends.push(ordered.count());
        ordered
    }

    fn count(&self) -> u32 {
        u32::try_from(self.phrases.len()).unwrap_or(u32::MAX)
    }

    /// The phrases whose first word has this stem.
    pub(super) fn of(&self, first: StemId) -> impl Iterator<Item = Phrase<'_>> {
        let before = |position: usize| position.checked_sub(1);
        let end = |of: usize| self.ends.get(of).map(|&end| end as usize);
        let of = first as usize;
        let start = before(of).and_then(end).unwrap_or(0);
        (start..end(of).unwrap_or(0)).filter_map(move |position| {
            let &(sense, end) = self.phrases.get(position)?;
            let start = before(position).and_then(|position| self.phrases.get(position));
            let start = start.map_or(0, |&(_, end)| end);
            let rest = self.rest.get(start as usize..end as usize)?;
            Some(Phrase { rest, sense })
        })
    }
}
