//! Which fact or gap took which question, through which keyword, and why the right one did not.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Asked, Report};
use crate::matching::{Meaning, Outcome, Subject};
use crate::reasons::{id_of, list, through, why_not};

pub(super) fn in_words(report: &Report<'_>) -> String {
    let mut taken: BTreeMap<(String, String), Vec<&Asked>> = BTreeMap::new();
    for asked in report.asked.iter().filter(|asked| !asked.fate.is_right()) {
        let key = (asked.question.wanted(), report.got(&asked.verdict.outcome));
        taken.entry(key).or_default().push(asked);
    }
    let mut taken: Vec<_> = taken.into_iter().collect();
    taken.sort_by_key(|(_, questions)| std::cmp::Reverse(questions.len()));
    let mut words = String::from("confusions\n");
    for ((wanted, got), questions) in taken {
        let _ = writeln!(words, "{}  wanted {wanted}, got {got}", questions.len());
        for asked in questions {
            let _ = writeln!(words, "   {}", asked.question.text);
            for why in reasons(report, asked) {
                let _ = writeln!(words, "      {why}");
            }
        }
    }
    words
}

/// Why a question went where it went, and not where it should.
fn reasons(report: &Report<'_>, asked: &Asked) -> Vec<String> {
    let knowledge = &report.expert.knowledge;
    let heard = report.hear(asked);
    let takers: Vec<Subject> = match &asked.verdict.outcome {
        Outcome::Answer(fact) => vec![Subject::Fact(*fact)],
        Outcome::Clarify(facts) => facts.iter().copied().map(Subject::Fact).collect(),
        Outcome::Gap(gap) => vec![Subject::Gap(*gap)],
        Outcome::None => Vec::new(),
    };
    let labels = &asked.question.labels;
    let mut reasons = Vec::new();
    for taker in takers {
        let id = id_of(knowledge, taker);
        let through = through(knowledge, &heard, taker);
        if !labels.iter().any(|label| label == id) && !through.is_empty() {
            reasons.push(format!("{id} through {}", through.join(", ")));
        }
    }
    for label in labels {
        let wanted = knowledge.position(label).map(Subject::Fact);
        if let Some(why) = wanted.and_then(|wanted| why_not(knowledge, &heard, wanted)) {
            reasons.push(format!("{label} {why}"));
        }
    }
    let unknown = heard.parts.iter();
    let unknown = unknown.filter(|part| part.meaning == Meaning::Unknown);
    let unknown: Vec<&str> = unknown.map(|part| part.words.as_str()).collect();
    if !unknown.is_empty() {
        reasons.push(format!("no lexicon knows {}", list(&unknown)));
    }
    reasons
}
