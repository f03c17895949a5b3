//! What the bot makes of many questions, grouped by verdict, with the lines that a curator may paste. Changes no file, and
//! decides nothing: whether a verdict is right, people must say.

mod lines;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::expert::Expert;
use crate::knowledge::{Lexicons, Role};
use crate::matching::{Heard, Meaning, Outcome};
use crate::progress::Progress;
use crate::reasons::list;

/// A question and what came of it.
struct Reviewed<'a> {
    text: &'a str,
    /// How often it stands among the questions.
    times: usize,
    heard: Heard,
}

/// Questions with the same verdict; those first that need a curator most.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    /// Nothing was found, though these concepts are named, or, where none is, these unknown words.
    Nothing(Vec<String>, Vec<String>),
    /// One of these facts may be meant.
    Clarify(Vec<usize>),
    /// The source does not say it; something is computed instead.
    Computed(usize),
    /// The source does not say it.
    Gap(usize),
    /// This fact answers.
    Answer(usize),
}

/// Reviews questions, one a line; empty lines are skipped. The lexicons are those that the expert has indexed.
#[must_use]
pub fn review(expert: &Expert, lexicons: &Lexicons, text: &str) -> String {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let questions = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for question in questions {
        *times.entry(question).or_default() += 1;
    }
    let progress = Progress::new("asking", times.len());
    let mut groups: BTreeMap<Group, Vec<Reviewed<'_>>> = BTreeMap::new();
    for (text, times) in times {
        let heard = expert.matcher.hear(lexicons, text);
        let reviewed = Reviewed { text, times, heard };
        let group = group_of(expert, &reviewed.heard);
        groups.entry(group).or_default().push(reviewed);
        progress.step();
    }
    drop(progress);
    let mut words = summary(&groups);
    let progress = Progress::new("looking for keywords", groups.len());
    for (group, questions) in &groups {
        words.push('\n');
        write_group(expert, lexicons, group, questions, &mut words);
        progress.step();
    }
    words
}

fn summary(groups: &BTreeMap<Group, Vec<Reviewed<'_>>>) -> String {
    let count = |of: fn(&Group) -> bool| -> usize {
        let groups = groups.iter().filter(|(group, _)| of(group));
        groups
            .flat_map(|(_, questions)| questions)
            .map(|question| question.times)
            .sum()
    };
    format!(
        "questions: {}; answered {}, \"do you mean\" {}, computed {}, not said by the source {}, nothing found {}\n",
        count(|_| true),
        count(|group| matches!(group, Group::Answer(_))),
        count(|group| matches!(group, Group::Clarify(_))),
        count(|group| matches!(group, Group::Computed(_))),
        count(|group| matches!(group, Group::Gap(_))),
        count(|group| matches!(group, Group::Nothing(..))),
    )
}

fn group_of(expert: &Expert, heard: &Heard) -> Group {
    match &heard.verdict.outcome {
        Outcome::Answer(fact) => Group::Answer(*fact),
        Outcome::Clarify(facts) => Group::Clarify(facts.clone()),
        Outcome::Gap(gap) if heard.verdict.computation.is_some() => Group::Computed(*gap),
        Outcome::Gap(gap) => Group::Gap(*gap),
        Outcome::None => {
            let topics = topics(expert, heard);
            let unknown = if topics.is_empty() {
                words::unknown(heard).map(str::to_owned).collect()
            } else {
                Vec::new()
            };
            Group::Nothing(topics, unknown)
        }
    }
}

/// The concepts that a question names and that say what it is about, in the order of their ids.
fn topics(expert: &Expert, heard: &Heard) -> Vec<String> {
    let is_topic = |id: &&String| {
        let concept = expert.knowledge.concepts.get(*id);
        concept.is_some_and(|concept| concept.role == Role::Topic)
    };
    let mut topics: Vec<String> = Vec::new();
    for part in &heard.parts {
        // Of several senses of a word one is enough.
        if let Meaning::Concepts(ids) = &part.meaning {
            topics.extend(ids.iter().find(is_topic).cloned());
        }
    }
    topics.sort_unstable();
    topics.dedup();
    topics
}

fn write_group(
    expert: &Expert,
    lexicons: &Lexicons,
    group: &Group,
    questions: &[Reviewed<'_>],
    out: &mut String,
) {
    let knowledge = &expert.knowledge;
    let fact_id = |position: &usize| {
        let fact = knowledge.facts.get(*position);
        fact.map_or("", |fact| fact.id.as_str())
    };
    let gap_id = |position: &usize| {
        let gap = knowledge.gaps.get(*position);
        gap.map_or("", |gap| gap.id.as_str())
    };
    let heading = match group {
        Group::Nothing(topics, unknown) => match (topics.as_slice(), unknown.as_slice()) {
            ([], []) => "nothing found, and nothing known is named".to_owned(),
            ([], unknown) => format!("nothing found; no lexicon knows {}", list(unknown)),
            (topics, _) => format!("nothing found about {}", topics.join(" + ")),
        },
        Group::Clarify(facts) => {
            let ids: Vec<&str> = facts.iter().map(fact_id).collect();
            format!("do you mean {}?", ids.join(" or "))
        }
        Group::Computed(gap) => format!("computed, in place of the gap {}", gap_id(gap)),
        Group::Gap(gap) => format!("the source does not say it: the gap {}", gap_id(gap)),
        Group::Answer(fact) => format!("answered by the fact {}", fact_id(fact)),
    };
    let _ = writeln!(out, "== {heading}");
    for question in questions {
        let times = match question.times {
            1 => String::new(),
            times => format!(" (×{times})"),
        };
        let unknown: Vec<&str> = words::unknown(&question.heard).collect();
        // An answer that passes over a word may be the answer to another question.
        let unknown = match (unknown.as_slice(), group) {
            ([], _) | (_, Group::Nothing(..)) => String::new(),
            (unknown, _) => format!(" – no lexicon knows {}", list(unknown)),
        };
        let _ = writeln!(out, "  {}{times}{unknown}", question.text);
    }
    match group {
        Group::Nothing(topics, unknown) => {
            words::suggest(expert, lexicons, questions, out);
            lines::gap(expert, topics, unknown, questions, out);
        }
        Group::Clarify(facts) => {
            for fact in facts.iter().filter_map(|&fact| knowledge.facts.get(fact)) {
                let when = format!("if {} is meant", fact.id);
                lines::examples(
                    &when,
                    "facts",
                    &fact.id,
                    |l| &fact.text(l).examples,
                    questions,
                    out,
                );
            }
        }
        Group::Computed(gap) | Group::Gap(gap) => {
            if let Some(gap) = knowledge.gaps.get(*gap) {
                let examples = |language| &gap.text(language).examples;
                lines::examples(
                    "if that is right",
                    "gaps",
                    &gap.id,
                    examples,
                    questions,
                    out,
                );
            }
        }
        Group::Answer(fact) => {
            if let Some(fact) = knowledge.facts.get(*fact) {
                let examples = |language| &fact.text(language).examples;
                lines::examples(
                    "if that is right",
                    "facts",
                    &fact.id,
                    examples,
                    questions,
                    out,
                );
            }
        }
    }
}
