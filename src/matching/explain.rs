//! How a verdict came about, in lines: the words, their concepts, the clause that asks, the candidates. Decides nothing.

use std::fmt::Write;

use super::score::Score;
use super::span::{Content, Span};
use super::verdict::Outcome;
use super::{Considered, Matcher, subject_id};
use crate::knowledge::Knowledge;

/// How many candidates are shown for each look at the question.
const SHOWN: usize = 6;

pub(super) fn explain(matcher: &Matcher, knowledge: &Knowledge, considered: &Considered) -> String {
    let mut out = String::new();
    let switched = if considered.reading.switched {
        ", typed on the other keyboard layout"
    } else {
        ""
    };
    let _ = writeln!(out, "language: {}{switched}", considered.reading.language);
    for round in &considered.rounds {
        let _ = writeln!(out, "\nasked:");
        for (span, weight) in considered.spans.iter().zip(&round.weights) {
            let _ = writeln!(
                out,
                "  {weight:.2}  {}",
                describe(matcher, considered, span)
            );
        }
        let _ = writeln!(out, "candidates:");
        for (subject, score) in round.scores.iter().take(SHOWN) {
            let _ = writeln!(out, "  {}", line(&subject_id(knowledge, *subject), score));
        }
        let _ = writeln!(out, "  => {}", outcome(knowledge, &round.outcome));
    }
    let _ = writeln!(
        out,
        "\nverdict: {}",
        outcome(knowledge, &considered.verdict.outcome)
    );
    out
}

fn describe(matcher: &Matcher, considered: &Considered, span: &Span) -> String {
    let words: Vec<&str> = considered
        .reading
        .words
        .get(span.first..span.end)
        .unwrap_or_default()
        .iter()
        .map(|word| word.token.text.as_str())
        .collect();
    let meaning = match &span.content {
        Content::Number(_) => "a number".to_owned(),
        Content::Thing => "an everyday thing".to_owned(),
        Content::Unknown => "unknown".to_owned(),
        Content::Concepts(senses) => {
            let names = senses.iter().map(|sense| {
                let weak = if sense.weak { " (weak)" } else { "" };
                format!("{}{weak}", matcher.concepts.name(sense.concept))
            });
            names.collect::<Vec<_>>().join(" or ")
        }
    };
    let sure = if span.quality < 1.0 {
        format!(", {:.0} % sure", span.quality * 100.0)
    } else {
        String::new()
    };
    format!("{} = {meaning}{sure}", words.join(" "))
}

fn line(id: &str, score: &Score) -> String {
    let why = score
        .ruled_out
        .map_or_else(String::new, |why| format!("  out: {}", why.in_words()));
    format!(
        "{id:<24} evidence {:.2}, unexplained {:.2}{why}",
        score.evidence, score.unexplained
    )
}

fn outcome(knowledge: &Knowledge, outcome: &Outcome) -> String {
    let ids = |facts: &[usize]| {
        let ids = facts
            .iter()
            .filter_map(|&fact| knowledge.facts.get(fact))
            .map(|fact| fact.id.as_str());
        ids.collect::<Vec<_>>().join(", ")
    };
    match outcome {
        Outcome::Answer(fact) => format!("answer {}", ids(&[*fact])),
        Outcome::Clarify(facts) => format!("clarify {}", ids(facts)),
        Outcome::Gap(gap) => {
            format!(
                "gap {}",
                knowledge
                    .gaps
                    .get(*gap)
                    .map(|gap| gap.id.as_str())
                    .unwrap_or_default()
            )
        }
        Outcome::None => "none".to_owned(),
    }
}
