//! Concepts by number, so that comparing them costs nothing. Knows no word of any language.

use std::collections::BTreeMap;

use crate::knowledge::{Concept, Role, Way};

/// A concept by its position among the ids in order.
pub(crate) type ConceptId = u16;

/// Ways to ask: each some groups, of which each is met by one of its concepts.
pub(crate) type Ways = Vec<Vec<Vec<ConceptId>>>;

/// The concepts of a hearing.
#[derive(Debug)]
pub(crate) struct Concepts {
    ids: Vec<String>,
    roles: Vec<Role>,
    counted: Vec<bool>,
    is_a: Vec<Option<ConceptId>>,
    elsewhere: Vec<bool>,
    priorities: Vec<u8>,
}

impl Concepts {
    /// Numbers the concepts.
    pub(crate) fn new(concepts: &BTreeMap<String, Concept>) -> Self {
        let ids: Vec<String> = concepts.keys().cloned().collect();
        let position = |id: &String| {
            ids.binary_search(id)
                .ok()
                .and_then(|index| u16::try_from(index).ok())
        };
        Self {
            roles: concepts.values().map(|concept| concept.role).collect(),
            counted: concepts.values().map(|concept| concept.counted).collect(),
            is_a: concepts
                .values()
                .map(|concept| concept.is_a.as_ref().and_then(position))
                .collect(),
            elsewhere: concepts.values().map(|concept| concept.elsewhere).collect(),
            priorities: concepts.values().map(|concept| concept.priority).collect(),
            ids,
        }
    }

    /// The number of a concept.
    pub(crate) fn id(&self, id: &str) -> Option<ConceptId> {
        let index = self
            .ids
            .binary_search_by(|known| known.as_str().cmp(id))
            .ok()?;
        u16::try_from(index).ok()
    }

    /// The numbers of several concepts, in order; unknown ones are left out.
    pub(crate) fn ids(&self, ids: &[String]) -> Vec<ConceptId> {
        let mut numbers: Vec<_> = ids.iter().filter_map(|id| self.id(id)).collect();
        numbers.sort_unstable();
        numbers
    }

    /// Ways to ask in numbers.
    pub(crate) fn ways(&self, ways: &[Way]) -> Ways {
        let groups = |way: &Way| way.groups.iter().map(|group| self.ids(group)).collect();
        ways.iter().map(groups).collect()
    }

    /// The id of a concept, for people.
    pub(crate) fn name(&self, concept: ConceptId) -> &str {
        self.ids
            .get(usize::from(concept))
            .map_or("?", String::as_str)
    }

    /// How it weighs.
    pub(crate) fn role(&self, concept: ConceptId) -> Role {
        self.roles
            .get(usize::from(concept))
            .copied()
            .unwrap_or_default()
    }

    /// Whether "how many" can count it.
    pub(crate) fn counted(&self, concept: ConceptId) -> bool {
        self.counted
            .get(usize::from(concept))
            .copied()
            .unwrap_or_default()
    }

    /// The more general counted concept that it answers to.
    pub(crate) fn is_a(&self, concept: ConceptId) -> Option<ConceptId> {
        self.is_a.get(usize::from(concept)).copied().flatten()
    }

    /// Whether it is another place, time or event.
    pub(crate) fn elsewhere(&self, concept: ConceptId) -> bool {
        self.elsewhere
            .get(usize::from(concept))
            .copied()
            .unwrap_or_default()
    }

    /// Which of several kinds of question is asked: the one with the highest number.
    pub(crate) fn priority(&self, concept: ConceptId) -> u8 {
        self.priorities
            .get(usize::from(concept))
            .copied()
            .unwrap_or_default()
    }
}
