//! Facts and gaps made ready for comparison with a question. Scores nothing.

use super::concept::{ConceptId, Concepts, Ways};
use crate::knowledge::{Fact, Gap, Knowledge, Rules};

/// Whom a candidate stands for, by position in the knowledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// A fact.
    Fact(usize),
    /// A gap.
    Gap(usize),
}

/// A fact or a gap, made ready for comparison.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// Whom it stands for.
    pub(crate) subject: Subject,
    /// The ways to ask for it: groups of concepts.
    pub(crate) ways: Ways,
    pub(super) explains: Vec<ConceptId>,
    pub(super) excludes: Ways,
    pub(super) asks: Vec<ConceptId>,
    pub(super) counts: Vec<ConceptId>,
    /// Its figure, if it is a number.
    pub(crate) own_number: Option<String>,
    /// The figures of the facts that it is a part of or has as parts.
    pub(super) kin_numbers: Vec<String>,
}

impl Candidate {
    /// A fact as a candidate.
    pub(crate) fn of_fact(
        knowledge: &Knowledge,
        concepts: &Concepts,
        position: usize,
        fact: &Fact,
    ) -> Self {
        let kin = fact.parts.iter().chain(&fact.part_of).chain(&fact.related);
        let kin = kin
            .filter_map(|id| knowledge.fact(id))
            .filter_map(|fact| fact.value);
        Self {
            own_number: fact.value.map(|value| value.to_string()),
            kin_numbers: kin.map(|value| value.to_string()).collect(),
            ..Self::new(concepts, Subject::Fact(position), &fact.rules)
        }
    }

    /// A gap as a candidate.
    pub(crate) fn of_gap(concepts: &Concepts, position: usize, gap: &Gap) -> Self {
        Self::new(concepts, Subject::Gap(position), &gap.rules)
    }

    fn new(concepts: &Concepts, subject: Subject, rules: &Rules) -> Self {
        let ways = concepts.ways(&rules.needs);
        let mut explains = concepts.ids(&rules.supports);
        explains.extend(ways.iter().flatten().flatten());
        explains.extend(concepts.ids(&rules.counts));
        explains.sort_unstable();
        explains.dedup();
        Self {
            subject,
            ways,
            explains,
            excludes: concepts.ways(&rules.excludes),
            asks: concepts.ids(&rules.asks),
            counts: concepts.ids(&rules.counts),
            own_number: None,
            kin_numbers: Vec::new(),
        }
    }

    /// Whether a number is its figure; one of one or two digits says nothing by itself.
    pub(super) fn is_own(&self, number: &str) -> bool {
        number.len() > 2 && self.own_number.as_deref() == Some(number)
    }

    pub(super) fn explains(&self, concept: ConceptId) -> bool {
        self.explains.binary_search(&concept).is_ok()
    }
}
