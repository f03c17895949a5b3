//! How well a fact or a gap explains a question: evidence for it, what it leaves unexplained, and why it is ruled out.
//! Decides nothing.

use super::concept::{ConceptId, Concepts};
use super::meaning::Sense;
use super::span::{Content, Span};
use crate::knowledge::{Fact, Gap, Knowledge, Role, Rules};

/// A concept that says what the question is about.
const TOPIC: f32 = 1.0;
/// A concept that says little, where the fact names it.
const SOFT: f32 = 0.3;
/// The same where the fact does not.
const SOFT_UNEXPLAINED: f32 = 0.06;
/// A concept that every question here may carry.
const FRAME: f32 = 0.12;
/// A kind of question that a fact needs.
const KIND: f32 = 0.3;
/// An everyday word that stands for a concept only beside others, as a share of the concept's weight.
const WEAK: f32 = 0.4;
/// What a weak word costs unexplained, as a share of the concept's weight.
const WEAK_UNEXPLAINED: f32 = 0.3;
/// A negation that the fact does not explain.
const NEGATION: f32 = 0.6;
/// A word that no lexicon knows.
const UNKNOWN: f32 = 0.1;
/// The same where it is the thing that is counted.
const UNKNOWN_COUNTED: f32 = 0.6;
/// What each further concept of a way to ask adds: of two that explain a question equally the more specific is meant.
const SPECIFIC: f32 = 0.12;
/// The fact's own figure in the question.
const OWN_NUMBER: f32 = 1.0;
/// A figure that belongs to another, unrelated fact.
const FOREIGN_NUMBER: f32 = 0.6;
/// What the concepts that a gap does not name add to it: it is still about them.
const GAP_SHARE: f32 = 0.5;

/// The weight up to which a span stands beside the sentence that asks.
const BESIDE_THE_QUESTION: f32 = 0.5;

/// What the story around the question costs unexplained, as a share: people tell more than they ask.
const STORY: f32 = 0.15;

/// Whether one of these concepts is among the others, which are in order.
fn any_in(concepts: &[ConceptId], ordered: &[ConceptId]) -> bool {
    concepts
        .iter()
        .any(|concept| ordered.binary_search(concept).is_ok())
}

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
    pub(crate) ways: Vec<Vec<Vec<ConceptId>>>,
    explains: Vec<ConceptId>,
    excludes: Vec<ConceptId>,
    asks: Vec<ConceptId>,
    counts: Vec<ConceptId>,
    /// Its figure, if it is a number.
    pub(crate) own_number: Option<String>,
    /// The figures of the facts that it is a part of or has as parts.
    kin_numbers: Vec<String>,
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
        let ways: Vec<Vec<Vec<ConceptId>>> = rules
            .needs
            .iter()
            .map(|way| way.groups.iter().map(|group| concepts.ids(group)).collect())
            .collect();
        let mut explains = concepts.ids(&rules.supports);
        explains.extend(ways.iter().flatten().flatten());
        explains.extend(concepts.ids(&rules.counts));
        explains.sort_unstable();
        explains.dedup();
        Self {
            subject,
            ways,
            explains,
            excludes: concepts.ids(&rules.excludes),
            asks: concepts.ids(&rules.asks),
            counts: concepts.ids(&rules.counts),
            own_number: None,
            kin_numbers: Vec::new(),
        }
    }

    /// Whether a number is its figure; one of one or two digits says nothing by itself.
    fn is_own(&self, number: &str) -> bool {
        number.len() > 2 && self.own_number.as_deref() == Some(number)
    }

    fn explains(&self, concept: ConceptId) -> bool {
        self.explains.binary_search(&concept).is_ok()
    }
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
            figures,
        };
        asked.named = asked.concepts_where(|_, _| true);
        asked.plain = asked.concepts_where(|sense, _| !sense.weak);
        asked.asking = asked.concepts_where(|_, weight| weight > BESIDE_THE_QUESTION);
        asked.kinds = asked.find_kinds();
        asked.target = asked.find_target();
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
    fn numbers(&self) -> impl Iterator<Item = (&'a str, f32)> {
        self.parts()
            .filter_map(|(span, weight)| match &span.content {
                Content::Number(number) => Some((number.as_str(), weight)),
                _ => None,
            })
    }

    /// Whether it asks "how many" beside the candidate's own figure: of those, some other number is wanted.
    fn counts_among_a_given_number(&self, candidate: &Candidate) -> bool {
        let counts = self
            .kinds
            .iter()
            .any(|&kind| self.concepts.role(kind) == Role::Count);
        counts
            && self
                .numbers()
                .any(|(number, weight)| weight > BESIDE_THE_QUESTION && candidate.is_own(number))
    }

    /// Whether one of these concepts stands anywhere in what counts.
    fn names(&self, concepts: &[ConceptId]) -> bool {
        any_in(concepts, &self.named)
    }

    /// Whether one of these concepts stands there by more than an everyday word.
    fn names_plainly(&self, concepts: &[ConceptId]) -> bool {
        any_in(concepts, &self.plain)
    }

    /// Whether a concept of one of these ways stands in the sentence that asks, not only around it.
    fn asks_about(&self, ways: &[Vec<Vec<ConceptId>>]) -> bool {
        ways.iter().flatten().any(|group| self.asks_with(group))
    }

    /// Whether one of these concepts stands in the sentence that asks.
    fn asks_with(&self, concepts: &[ConceptId]) -> bool {
        any_in(concepts, &self.asking)
    }

    /// Whether the sentence that asks points back at something named elsewhere.
    pub(crate) fn points_back(&self) -> bool {
        self.parts()
            .filter(|(_, weight)| *weight > BESIDE_THE_QUESTION)
            .any(|(span, _)| match &span.content {
                Content::Concepts(senses) => senses
                    .iter()
                    .any(|sense| self.concepts.role(sense.concept) == Role::Pointer),
                _ => false,
            })
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

    /// The thing counted stands after "how many" or, in some languages, before it.
    fn find_target(&self) -> Target {
        let parts: Vec<&Span> = self.parts().map(|(span, _)| span).collect();
        let is_count = |span: &&Span| match &span.content {
            Content::Concepts(senses) => senses
                .iter()
                .any(|sense| self.concepts.role(sense.concept) == Role::Count),
            _ => false,
        };
        let Some(position) = parts.iter().position(is_count) else {
            return Target::None;
        };
        let (before, after) = parts.split_at(position);
        let mut unknown = Target::None;
        for (distance, span) in after.iter().skip(1).enumerate() {
            match self.counted_by(span) {
                Counted::Things(things) => return Target::Concepts(things),
                Counted::Topic => break,
                Counted::Other if distance == 0 => unknown = Target::Other,
                Counted::Unknown if distance == 0 => unknown = Target::Unknown,
                Counted::Other | Counted::Unknown | Counted::Nothing => {}
            }
        }
        // "скольким" alone counts people: the word itself says so.
        let nearest = after.first().into_iter().chain(before.last());
        let mut named = nearest.filter_map(|span| match self.counted_by(span) {
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

/// How well a candidate explains a question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Score {
    /// What speaks for it.
    pub(crate) evidence: f32,
    /// What it leaves unexplained.
    pub(crate) unexplained: f32,
    /// Why it is out, whatever else speaks for it.
    pub(crate) ruled_out: Option<RuledOut>,
}

/// Why a candidate cannot be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RuledOut {
    /// Another kind of question is asked.
    WrongKind,
    /// Something else is counted.
    WrongTarget,
    /// A concept that it excludes is named.
    Excluded,
}

impl Score {
    /// What is left of the evidence; candidates are compared by it.
    pub(crate) fn net(&self) -> f32 {
        self.evidence - self.unexplained
    }

    /// The share of what the question says that the candidate explains, from 0 to 1.
    pub(crate) fn share(&self) -> f32 {
        let all = self.evidence + self.unexplained;
        if all > 0.0 { self.evidence / all } else { 0.0 }
    }
}

/// Scores a candidate for a sentence that asks; nothing where none of the ways to ask for it is complete.
pub(crate) fn score(candidate: &Candidate, asked: &Asked<'_>) -> Option<Score> {
    let numbers = Numbers::of(candidate, asked);
    if !needs_are_met(candidate, asked, &numbers) {
        return None;
    }
    let is_gap = matches!(candidate.subject, Subject::Gap(_));
    let mut score = Score {
        evidence: 0.0,
        unexplained: 0.0,
        ruled_out: rule_out(candidate, asked, &numbers),
    };
    for (span, weight) in asked.parts() {
        let (evidence, unexplained) = match &span.content {
            Content::Concepts(senses) => {
                let values = senses.iter().map(|sense| {
                    let share = if sense.weak { WEAK } else { 1.0 };
                    let cost = if sense.weak { WEAK_UNEXPLAINED } else { 1.0 };
                    let role = asked.concepts.role(sense.concept);
                    match (candidate.explains(sense.concept), role) {
                        (_, Role::Ask | Role::Intro | Role::Pointer) => (0.0, 0.0),
                        (true, Role::Kind | Role::Count) => (KIND, 0.0),
                        (false, Role::Kind | Role::Count) => (0.0, 0.0),
                        (_, Role::Frame) => (FRAME, 0.0),
                        (true, Role::Soft) => (SOFT * share, 0.0),
                        (false, Role::Soft) => (0.0, SOFT_UNEXPLAINED),
                        (true, Role::Topic | Role::Negation) => (TOPIC * share, 0.0),
                        (false, Role::Topic | Role::Negation) if is_gap => {
                            (TOPIC * share * GAP_SHARE, 0.0)
                        }
                        (false, Role::Topic) => (0.0, TOPIC * cost),
                        (false, Role::Negation) => (0.0, NEGATION * cost),
                    }
                });
                // An ambiguous word is taken in the sense that suits the candidate best.
                values
                    .max_by(|a, b| (a.0 - a.1).total_cmp(&(b.0 - b.1)))
                    .unwrap_or_default()
            }
            Content::Number(number) => number_value(candidate, asked, number),
            Content::Thing => (0.0, 0.0),
            Content::Unknown => (0.0, UNKNOWN),
        };
        score.evidence += evidence * weight * span.quality;
        let cost = if weight > BESIDE_THE_QUESTION {
            1.0
        } else {
            STORY
        };
        score.unexplained += unexplained * weight * span.quality * cost;
    }
    score.evidence += SPECIFIC * fullest_way(candidate, asked);
    if asked.target == Target::Unknown && !candidate.counts.is_empty() {
        score.unexplained += UNKNOWN_COUNTED;
    }
    Some(score)
}

/// What the numbers of a question say to a candidate.
struct Numbers {
    /// Its own figure is among them.
    own: bool,
    /// It points at the candidate: a figure among other numbers is a sum, a date, a price.
    points: bool,
}

impl Numbers {
    fn of(candidate: &Candidate, asked: &Asked<'_>) -> Self {
        let own = asked.numbers().any(|(number, _)| candidate.is_own(number));
        let other = || {
            asked.numbers().any(|(number, weight)| {
                weight > BESIDE_THE_QUESTION
                    && candidate.own_number.as_deref() != Some(number)
                    && !candidate.kin_numbers.iter().any(|kin| kin == number)
            })
        };
        Self {
            own,
            points: own && !other(),
        }
    }
}

/// Whether one of the ways to ask for a candidate is complete, or its figure points at it; for a gap, in the sentence that
/// asks.
fn needs_are_met(candidate: &Candidate, asked: &Asked<'_>, numbers: &Numbers) -> bool {
    let complete = |way: &Vec<Vec<ConceptId>>| {
        way.iter().all(|group| asked.names(group))
            && way.iter().any(|group| asked.names_plainly(group))
    };
    (numbers.points || candidate.ways.iter().any(complete))
        && (matches!(candidate.subject, Subject::Fact(_)) || asked.asks_about(&candidate.ways))
}

/// How many concepts beyond the first the question names of the fullest way to ask for a candidate.
fn fullest_way(candidate: &Candidate, asked: &Asked<'_>) -> f32 {
    let complete = candidate
        .ways
        .iter()
        .filter(|way| way.iter().all(|group| asked.names(group)));
    complete
        .map(|way| way.iter().skip(1).map(|_| 1.0).sum())
        .fold(0.0, f32::max)
}

fn number_value(candidate: &Candidate, asked: &Asked<'_>, number: &String) -> (f32, f32) {
    if candidate.own_number.as_ref() == Some(number) {
        (OWN_NUMBER, 0.0)
    } else if asked.figures.binary_search(number).is_ok() && !candidate.kin_numbers.contains(number)
    {
        (0.0, FOREIGN_NUMBER)
    } else {
        (0.0, 0.0)
    }
}

fn rule_out(candidate: &Candidate, asked: &Asked<'_>, numbers: &Numbers) -> Option<RuledOut> {
    if numbers.own && asked.counts_among_a_given_number(candidate) {
        return Some(RuledOut::WrongKind);
    }
    if asked.asks_with(&candidate.excludes) {
        return Some(RuledOut::Excluded);
    }
    let kind_fits =
        asked.kinds.is_empty() || asked.kinds.iter().any(|kind| candidate.asks.contains(kind));
    if !candidate.asks.is_empty() && !kind_fits {
        return Some(RuledOut::WrongKind);
    }
    let counts = |concept: &ConceptId| {
        candidate.counts.contains(concept)
            || asked
                .concepts
                .is_a(*concept)
                .is_some_and(|general| candidate.counts.contains(&general))
    };
    match &asked.target {
        Target::Concepts(counted)
            if !candidate.counts.is_empty() && !counted.iter().any(counts) =>
        {
            Some(RuledOut::WrongTarget)
        }
        Target::Other if !candidate.counts.is_empty() => Some(RuledOut::WrongTarget),
        _ => None,
    }
}
