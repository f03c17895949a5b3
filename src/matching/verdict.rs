//! The decision: answer, clarify, gap or none. Silence beats a wrong figure, so an answer must explain what is asked.

use super::Matcher;
use super::asked::Asked;
use super::candidate::{Candidate, Subject};
use super::focus::{Weights, focuses};
use super::reading::Reading;
use super::score::{Score, score};
use super::span::Span;
use crate::knowledge::Computation;
use crate::language::Language;

/// What the matcher decides about a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The language the question is in.
    pub language: Language,
    /// The decision.
    pub outcome: Outcome,
    /// The share of the question that the best candidate explains, from 0 to 1; 0 where there is none.
    pub score: f32,
    /// What may be computed instead of a gap.
    pub computation: Option<Computation>,
}

/// A decision. Facts and gaps are named by their position in the knowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// This fact answers the question.
    Answer(usize),
    /// One of these facts may be meant, the likeliest first.
    Clarify(Vec<usize>),
    /// The source does not say this.
    Gap(usize),
    /// Nothing is known.
    None,
}

/// One look at the question: through one weighting of its words.
pub(super) struct Round {
    /// The weights looked through.
    pub(super) weights: Weights,
    /// Every candidate that can be meant, the best first.
    pub(super) scores: Vec<(Subject, Score)>,
    /// What this look alone would decide.
    pub(super) outcome: Outcome,
    /// The share explained by the best candidate of that outcome.
    pub(super) share: f32,
}

/// The least evidence for an answer: a whole topic, or one with a typo.
const LEAST_EVIDENCE: f32 = 0.69;
/// The same where the story around the question is needed: it holds more than is asked.
const LEAST_EVIDENCE_AROUND: f32 = 0.8;
/// The least evidence for a gap: a kind of question and what it is about. Saying that something is not said harms nobody.
const LEAST_EVIDENCE_FOR_A_GAP: f32 = 0.25;
/// The most that an answer may leave unexplained: less than one topic, more than a few small words.
const MOST_UNEXPLAINED: f32 = 0.45;
/// The most that a fact may leave unexplained to be offered with "do you mean".
const MOST_UNEXPLAINED_TO_OFFER: f32 = 0.75;
/// Facts closer than this are too close to call.
const TIE: f32 = 0.1;
/// How much better than a clear fact a gap must explain a question.
const GAP_LEAD: f32 = 0.2;
/// How many facts are offered at most.
const MOST_OFFERED: usize = 3;

/// Decides about a question.
pub(super) fn decide(
    matcher: &Matcher,
    reading: &Reading,
    spans: &[Span],
) -> (Vec<Round>, Verdict) {
    let candidates = matcher.candidates_for(spans);
    let mut rounds: Vec<Round> = Vec::new();
    let mut decided: Vec<usize> = Vec::new();
    for focus in focuses(matcher, &reading.words, spans) {
        let narrow = Asked::new(&matcher.concepts, spans, &focus.narrow, &matcher.figures);
        let first = look(&candidates, &narrow, &focus.narrow, LEAST_EVIDENCE);
        // A sentence that names no topic speaks of one named elsewhere.
        let suffices =
            narrow.has_topic() && !narrow.points_back() && first.outcome != Outcome::None;
        if suffices || focus.wide == focus.narrow {
            decided.push(rounds.len());
            rounds.push(first);
            continue;
        }
        let wide = Asked::new(&matcher.concepts, spans, &focus.wide, &matcher.figures);
        let second = look(&candidates, &wide, &focus.wide, LEAST_EVIDENCE_AROUND);
        // A topic of its own about which the story says nothing more stands for itself.
        let first_decides =
            second.outcome == Outcome::None && narrow.has_topic() && !narrow.among_those_named;
        decided.push(rounds.len() + usize::from(!first_decides));
        rounds.extend([first, second]);
    }
    let decisive: Vec<&Round> = decided
        .into_iter()
        .filter_map(|index| rounds.get(index))
        .collect();
    let (outcome, share) = agree(&decisive);
    (
        rounds,
        Verdict {
            language: reading.language,
            outcome,
            score: share,
            computation: None,
        },
    )
}

/// What several sentences that ask come to together: facts before gaps, and all the facts if they differ.
fn agree(rounds: &[&Round]) -> (Outcome, f32) {
    let mut facts: Vec<usize> = Vec::new();
    let mut best = 0.0_f32;
    for round in rounds {
        if let Outcome::Answer(fact) = round.outcome {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
            best = best.max(round.share);
        }
    }
    match facts.as_slice() {
        [fact] => return (Outcome::Answer(*fact), best),
        [_, _, ..] => {
            facts.truncate(MOST_OFFERED);
            return (Outcome::Clarify(facts), best);
        }
        [] => {}
    }
    let is = |wanted: fn(&Outcome) -> bool| rounds.iter().find(|round| wanted(&round.outcome));
    is(|outcome| matches!(outcome, Outcome::Gap(_)))
        .or_else(|| is(|outcome| matches!(outcome, Outcome::Clarify(_))))
        .map_or((Outcome::None, 0.0), |round| {
            (round.outcome.clone(), round.share)
        })
}

/// Scores the candidates through one weighting and decides by it alone; a fact needs the `least` evidence.
fn look(candidates: &[&Candidate], asked: &Asked<'_>, weights: &Weights, least: f32) -> Round {
    let mut scores: Vec<(Subject, Score)> = candidates
        .iter()
        .filter_map(|candidate| Some((candidate.subject, score(candidate, asked)?)))
        .collect();
    scores.sort_by(|(a, ours), (b, theirs)| {
        let rank = |score: &Score| (score.ruled_out.is_some(), -score.net());
        let (ours, theirs) = (rank(ours), rank(theirs));
        ours.0
            .cmp(&theirs.0)
            .then(ours.1.total_cmp(&theirs.1))
            .then(a.cmp(b))
    });
    let (outcome, share) = outcome_of(&scores, least);
    Round {
        weights: weights.clone(),
        scores,
        outcome,
        share,
    }
}

fn outcome_of(scores: &[(Subject, Score)], least_fact: f32) -> (Outcome, f32) {
    let open = scores.iter().filter(|(subject, score)| {
        let least = match subject {
            Subject::Fact(_) => least_fact,
            Subject::Gap(_) => LEAST_EVIDENCE_FOR_A_GAP,
        };
        score.ruled_out.is_none() && score.evidence >= least
    });
    let facts: Vec<(usize, &Score)> = open
        .clone()
        .filter_map(|(subject, score)| match subject {
            Subject::Fact(fact) => Some((*fact, score)),
            Subject::Gap(_) => None,
        })
        .collect();
    let mut gaps = open.filter_map(|(subject, score)| match subject {
        Subject::Gap(gap) => Some((*gap, score)),
        Subject::Fact(_) => None,
    });
    let gap = gaps.next();
    let clear: Vec<&(usize, &Score)> = facts
        .iter()
        .filter(|(_, score)| score.unexplained <= MOST_UNEXPLAINED)
        .collect();
    if let Some((fact, best)) = clear.first()
        && gap.is_none_or(|(_, gap)| best.net() + GAP_LEAD >= gap.net())
    {
        let close: Vec<usize> = clear
            .iter()
            .filter(|(_, score)| best.net() - score.net() < TIE)
            .map(|(fact, _)| *fact)
            .take(MOST_OFFERED)
            .collect();
        return if close.len() > 1 {
            (Outcome::Clarify(close), best.share())
        } else {
            (Outcome::Answer(*fact), best.share())
        };
    }
    if let Some((gap, score)) = gap {
        return (Outcome::Gap(gap), score.share());
    }
    match facts.as_slice() {
        [(fact, score)] if score.unexplained <= MOST_UNEXPLAINED_TO_OFFER => {
            (Outcome::Clarify(vec![*fact]), score.share())
        }
        _ => (Outcome::None, 0.0),
    }
}
