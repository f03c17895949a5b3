//! How well a fact or a gap explains a question: evidence for it, what it leaves unexplained, and why it is ruled out.
//! Decides nothing.

use super::asked::{Asked, BESIDE_THE_QUESTION, Target};
use super::candidate::{Candidate, Subject};
use super::concept::ConceptId;
use super::span::Content;
use crate::knowledge::Role;

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

/// What the story around the question costs unexplained, as a share: people tell more than they ask.
const STORY: f32 = 0.15;
/// The same of what stands in the sentence that asks, before the clause that does: "after the trials, how many …".
const BEFORE: f32 = 0.5;

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
    /// What it excludes is named.
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
                        (
                            _,
                            Role::Ask | Role::Intro | Role::Contrast | Role::Pointer | Role::Among,
                        ) => (0.0, 0.0),
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
        let asks = weight > BESIDE_THE_QUESTION;
        // What is not said must be what is asked: the story makes no gap likelier.
        if asks || !is_gap {
            score.evidence += evidence * weight * span.quality;
        }
        let cost = if asks || asked.among_those_named {
            1.0
        } else if weight < BESIDE_THE_QUESTION {
            STORY
        } else {
            BEFORE
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

/// Whether a sentence asks "how many" beside the candidate's own figure: of those, some other number is wanted.
fn counts_among_a_given_number(candidate: &Candidate, asked: &Asked<'_>) -> bool {
    let role = |kind: &ConceptId| asked.concepts.role(*kind);
    asked.kinds.iter().any(|kind| role(kind) == Role::Count)
        && asked
            .numbers()
            .any(|(number, weight)| weight > BESIDE_THE_QUESTION && candidate.is_own(number))
}

fn rule_out(candidate: &Candidate, asked: &Asked<'_>, numbers: &Numbers) -> Option<RuledOut> {
    if numbers.own && counts_among_a_given_number(candidate, asked) {
        return Some(RuledOut::WrongKind);
    }
    let asks_with_all = |way: &Vec<Vec<_>>| way.iter().all(|group| asked.asks_with(group));
    if candidate.excludes.iter().any(asks_with_all) {
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
    // One figure cannot answer for two things.
    let another = |counted: &[ConceptId]| {
        let mut beside = asked.counted_beside.iter();
        beside.any(|other| other.iter().any(counts) && !other.iter().any(|c| counted.contains(c)))
    };
    match &asked.target {
        Target::Concepts(counted)
            if !candidate.counts.is_empty()
                && (!counted.iter().any(counts) || another(counted)) =>
        {
            Some(RuledOut::WrongTarget)
        }
        Target::Other if !candidate.counts.is_empty() => Some(RuledOut::WrongTarget),
        _ => None,
    }
}
