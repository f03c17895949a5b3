//! How facts are related by what their files say, and so what may be computed from two of them. Computes nothing.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Fact, Knowledge};

/// What is computed from two facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// The first as a share of the second, in per cent.
    Share,
    /// What is left of the second without the first.
    Rest,
    /// By how much the larger of the two is larger.
    Difference,
}

/// Two facts, by position, and what may be computed from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Computation {
    /// What is computed.
    pub operation: Operation,
    /// The part, for a share or a rest.
    pub first: usize,
    /// The whole, for a share or a rest.
    pub second: usize,
    /// Whether the files name the second in the first, and not only through a third.
    pub direct: bool,
}

/// How far `part_of` is followed: far more than any hearing needs, and an end where a folder goes round in a circle.
const MOST_LEVELS: usize = 16;

impl Knowledge {
    /// What a fact is a part of, the nearest first.
    pub fn wholes<'a>(&'a self, fact: &'a Fact) -> impl Iterator<Item = &'a Fact> {
        let above = |fact: &&'a Fact| self.fact(fact.part_of.as_deref()?);
        std::iter::successors(above(&fact), above).take(MOST_LEVELS)
    }
}

/// Whether `part_of` leads from a fact back to itself.
pub(super) fn goes_round(knowledge: &Knowledge, fact: &Fact) -> bool {
    knowledge.wholes(fact).any(|whole| whole.id == fact.id)
}

/// Everything that the files allow to compute: shares and rests of parts and their wholes; differences of these, of parts
/// of one whole, and of figures of which one comes after the other. Never across things that are counted differently.
#[must_use]
pub fn computations(knowledge: &Knowledge) -> Vec<Computation> {
    let mut all = Vec::new();
    let facts = || knowledge.facts.iter().enumerate();
    // Only facts below the same whole, or one after the other, can be related: not every two of a large folder.
    let top = |fact: &Fact| knowledge.wholes(fact).last().map(|whole| whole.id.clone());
    let mut families: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, fact) in facts() {
        let family = top(fact).unwrap_or_else(|| fact.id.clone());
        families.entry(family).or_default().push(position);
    }
    for (first, ours) in facts() {
        let family = top(ours).unwrap_or_else(|| ours.id.clone());
        let before = ours.after.as_deref().and_then(|id| knowledge.position(id));
        let mut near: Vec<usize> = families
            .get(&family)
            .into_iter()
            .flatten()
            .copied()
            .collect();
        near.extend(before);
        near.sort_unstable();
        near.dedup();
        for second in near {
            let Some(theirs) = knowledge.facts.get(second) else {
                continue;
            };
            let counted_alike = ours.value.is_some()
                && theirs.value.is_some()
                && ours.unit.is_some()
                && ours.unit == theirs.unit;
            let kept_apart =
                ours.separate_from.contains(&theirs.id) || theirs.separate_from.contains(&ours.id);
            if first == second || !counted_alike || kept_apart {
                continue;
            }
            // Where sources differ, a sum would take sides.
            let contested = |fact| knowledge.differing(fact).next().is_some();
            if contested(ours) || contested(theirs) {
                continue;
            }
            let mut add = |operation, direct| {
                all.push(Computation {
                    operation,
                    first,
                    second,
                    direct,
                });
            };
            let is_part = knowledge.wholes(ours).any(|whole| whole.id == theirs.id);
            let direct = ours.part_of.as_deref() == Some(theirs.id.as_str());
            if is_part {
                add(Operation::Share, direct);
                add(Operation::Rest, direct);
                add(Operation::Difference, direct);
            } else if ours.after.as_deref() == Some(theirs.id.as_str()) {
                add(Operation::Difference, true);
            } else if first < second && share_a_whole(knowledge, ours, theirs) {
                add(Operation::Difference, false);
            }
        }
    }
    all
}

/// Whether two facts are parts of one whole, and neither of the other.
fn share_a_whole(knowledge: &Knowledge, ours: &Fact, theirs: &Fact) -> bool {
    let above = |fact: &Fact, id: &str| knowledge.wholes(fact).any(|whole| whole.id == id);
    !above(ours, &theirs.id)
        && !above(theirs, &ours.id)
        && knowledge.wholes(ours).any(|whole| above(theirs, &whole.id))
}
