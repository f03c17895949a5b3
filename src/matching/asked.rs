//! What a sentence asks, seen through the weights of its words: the concepts, the kind of question, the thing counted. Knows
//! no facts.

use super::concept::{ConceptId, Concepts};
use super::meaning::Sense;
use super::span::{Content, Span};
use crate::knowledge::Role;

/// The weight up to which a span stands beside the clause that asks.
pub(super) const BESIDE_THE_QUESTION: f32 = 0.6;

/// Whether one of these concepts is among the others, which are in order.
fn any_in(concepts: &[ConceptId], ordered: &[ConceptId]) -> bool {
    concepts
        .iter()
        .any(|concept| ordered.binary_search(concept).is_ok())
}

/// A sentence that asks, as candidates see it.
pub(crate) struct Asked<'a> {
    /// The concepts.
    pub(crate) concepts: &'a Concepts,
    /// The spans that count, each with its weight.
    parts: Vec<(&'a Span, f32)>,
    /// The concepts that stand anywhere in what counts, in order.
    named: Vec<ConceptId>,
    /// Those that stand there by more than an everyday word, in order.
    plain: Vec<ConceptId>,
    /// Those that stand in the sentence that asks, in order.
    asking: Vec<ConceptId>,
    /// The kinds of question of the highest priority in it.
    pub(crate) kinds: Vec<ConceptId>,
    /// What "how many" counts.
    pub(crate) target: Target,
    /// The other things that it counts beside that one: "how many policemen and how many soldiers".
    pub(crate) counted_beside: Vec<Vec<ConceptId>>,
    /// Whether it asks for a part of what is named elsewhere.
    pub(crate) among_those_named: bool,
    /// The figures of all facts, in order.
    pub(crate) figures: &'a [String],
}

/// The thing that "how many" counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Target {
    /// Nothing is named.
    None,
    /// A thing of one of these concepts.
    Concepts(Vec<ConceptId>),
    /// An everyday word that stands for none of the concepts.
    Other,
    /// A word that no lexicon knows.
    Unknown,
}

impl<'a> Asked<'a> {
    /// Looks at a sentence through its weights.
    pub(crate) fn new(
        concepts: &'a Concepts,
        spans: &'a [Span],
        weights: &'a [f32],
        figures: &'a [String],
    ) -> Self {
        let counting = spans.iter().zip(weights.iter().copied());
        let mut asked = Self {
            concepts,
            parts: counting.filter(|(_, weight)| *weight > 0.0).collect(),
            named: Vec::new(),
            plain: Vec::new(),
            asking: Vec::new(),
            kinds: Vec::new(),
            target: Target::None,
            counted_beside: Vec::new(),
            among_those_named: false,
            figures,
        };
        asked.named = asked.concepts_where(|_, _| true);
        asked.plain = asked.concepts_where(|sense, _| !sense.weak);
        asked.asking = asked.concepts_where(|_, weight| weight > BESIDE_THE_QUESTION);
        asked.among_those_named = asked.asks_by(Role::Among);
        asked.kinds = asked.find_kinds();
        (asked.target, asked.counted_beside) = asked.find_targets();
        asked
    }

    /// The concepts of what counts whose sense and weight are such, in order.
    fn concepts_where(&self, such: impl Fn(&Sense, f32) -> bool) -> Vec<ConceptId> {
        let mut concepts: Vec<ConceptId> = Vec::new();
        for (span, weight) in self.parts() {
            if let Content::Concepts(senses) = &span.content {
                let senses = senses.iter().filter(|sense| such(sense, weight));
                concepts.extend(senses.map(|sense| sense.concept));
            }
        }
        concepts.sort_unstable();
        concepts.dedup();
        concepts
    }

    /// The spans that count, each with its weight.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&'a Span, f32)> {
        self.parts.iter().copied()
    }

    /// Whether any span of this sentence says what it is about.
    pub(crate) fn has_topic(&self) -> bool {
        self.parts().any(|(span, _)| match &span.content {
            Content::Concepts(senses) => senses
                .iter()
                .any(|sense| !sense.weak && self.concepts.role(sense.concept) == Role::Topic),
            Content::Number(number) => self.figures.binary_search(number).is_ok(),
            Content::Thing | Content::Unknown => false,
        })
    }

    /// The numbers in what counts, each with its weight.
    pub(super) fn numbers(&self) -> impl Iterator<Item = (&'a str, f32)> {
        self.parts()
            .filter_map(|(span, weight)| match &span.content {
                Content::Number(number) => Some((number.as_str(), weight)),
                _ => None,
            })
    }

    /// Whether one of these concepts stands anywhere in what counts.
    pub(super) fn names(&self, concepts: &[ConceptId]) -> bool {
        any_in(concepts, &self.named)
    }

    /// Whether one of these concepts stands there by more than an everyday word.
    pub(super) fn names_plainly(&self, concepts: &[ConceptId]) -> bool {
        any_in(concepts, &self.plain)
    }

    /// Whether a concept of one of these ways stands in the sentence that asks, not only around it.
    pub(super) fn asks_about(&self, ways: &[Vec<Vec<ConceptId>>]) -> bool {
        ways.iter().flatten().any(|group| self.asks_with(group))
    }

    /// Whether one of these concepts stands in the sentence that asks.
    pub(super) fn asks_with(&self, concepts: &[ConceptId]) -> bool {
        any_in(concepts, &self.asking)
    }

    /// Whether the clause that asks points back at something named elsewhere.
    pub(crate) fn points_back(&self) -> bool {
        self.asks_by(Role::Pointer) || self.among_those_named
    }

    /// Whether a concept of this role stands in the clause that asks.
    fn asks_by(&self, role: Role) -> bool {
        let mut asking = self.asking.iter();
        asking.any(|&concept| self.concepts.role(concept) == role)
    }

    fn find_kinds(&self) -> Vec<ConceptId> {
        let kinds = self
            .parts()
            .filter(|(_, weight)| *weight >= 1.0)
            .flat_map(|(span, _)| match &span.content {
                Content::Concepts(senses) => senses.as_slice(),
                _ => &[],
            });
        let kinds: Vec<ConceptId> = kinds
            .map(|sense| sense.concept)
            .filter(|&concept| matches!(self.concepts.role(concept), Role::Kind | Role::Count))
            .collect();
        let highest = kinds.iter().map(|&kind| self.concepts.priority(kind)).max();
        let mut kinds: Vec<ConceptId> = kinds
            .into_iter()
            .filter(|&kind| Some(self.concepts.priority(kind)) == highest)
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// What the first "how many" counts, and what the others do.
    fn find_targets(&self) -> (Target, Vec<Vec<ConceptId>>) {
        let parts: Vec<(&Span, f32)> = self.parts().collect();
        let is_count = |span: &Span| match &span.content {
            Content::Concepts(senses) => senses
                .iter()
                .any(|sense| self.concepts.role(sense.concept) == Role::Count),
            _ => false,
        };
        let counts = parts
            .iter()
            .enumerate()
            .filter(|(_, (span, _))| is_count(span));
        let mut targets = counts.map(|(position, _)| self.target_at(&parts, position));
        let Some(target) = targets.next() else {
            return (Target::None, Vec::new());
        };
        let beside = targets.filter_map(|target| match target {
            Target::Concepts(things) => Some(things),
            _ => None,
        });
        let beside = beside.collect();
        (target, beside)
    }

    /// The thing counted stands after "how many" or, in some languages, before it.
    fn target_at(&self, parts: &[(&Span, f32)], position: usize) -> Target {
        let (before, after) = parts.split_at_checked(position).unwrap_or_default();
        let mut unknown = Target::None;
        for (distance, (span, _)) in after.iter().skip(1).enumerate() {
            match self.counted_by(span) {
                Counted::Things(things) => return Target::Concepts(things),
                Counted::Topic => break,
                Counted::Other if distance == 0 => unknown = Target::Other,
                Counted::Unknown if distance == 0 => unknown = Target::Unknown,
                Counted::Other | Counted::Unknown | Counted::Nothing => {}
            }
        }
        // "скольким" alone counts people: the word itself says so.
        let weight = |part: Option<&(_, f32)>| part.map_or(0.0, |(_, weight)| *weight);
        let same_clause = |part: &&(_, f32)| part.1 >= weight(after.first());
        let nearest = after.first().into_iter();
        let nearest = nearest.chain(before.last().filter(same_clause));
        let mut named = nearest.filter_map(|(span, _)| match self.counted_by(span) {
            Counted::Things(things) => Some(things),
            _ => None,
        });
        match named.next() {
            Some(things) if unknown == Target::None => Target::Concepts(things),
            _ => unknown,
        }
    }

    fn counted_by(&self, span: &Span) -> Counted {
        let Content::Concepts(senses) = &span.content else {
            return match span.content {
                Content::Thing => Counted::Other,
                Content::Unknown => Counted::Unknown,
                _ => Counted::Nothing,
            };
        };
        let things: Vec<ConceptId> = senses
            .iter()
            .map(|sense| sense.concept)
            .filter(|&concept| self.concepts.counted(concept))
            .collect();
        if !things.is_empty() {
            Counted::Things(things)
        } else if senses
            .iter()
            .any(|sense| self.concepts.role(sense.concept) == Role::Topic)
        {
            Counted::Topic
        } else {
            Counted::Nothing
        }
    }
}

/// What a span can be for "how many".
enum Counted {
    /// Things that can be counted.
    Things(Vec<ConceptId>),
    /// A topic that cannot: what is counted is not named.
    Topic,
    /// An everyday word that stands for none of the concepts.
    Other,
    /// A word that no lexicon knows.
    Unknown,
    /// None of these.
    Nothing,
}
