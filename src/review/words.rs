//! Words of a question that no lexicon knows, and under which concept they would make it reach something. Tried by asking the
//! question in other words; nothing is changed.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Reviewed;
use crate::expert::Expert;
use crate::knowledge::{Lexicons, Role};
use crate::language::Language;
use crate::matching::{Heard, Outcome, Part, in_other_words, sample};

/// How many concepts are named for a word: the likeliest.
const MOST_NAMED: usize = 10;

/// The words that no lexicon knows and that may be keywords.
pub(super) fn unknown(heard: &Heard) -> impl Iterator<Item = &str> {
    let parts = heard.parts.iter().filter(|part| part.is_new_word());
    parts.map(|part| part.words.as_str())
}

/// Names for every word that may be a keyword the concepts with which a question reaches a fact or a gap.
pub(super) fn suggest(
    expert: &Expert,
    lexicons: &Lexicons,
    questions: &[Reviewed<'_>],
    out: &mut String,
) {
    let mut said: BTreeSet<(Language, &str)> = BTreeSet::new();
    for question in questions {
        let language = question.heard.verdict.language;
        let open = question.heard.parts.iter();
        for part in open.filter(|part: &&Part| part.may_be_a_keyword()) {
            let word = part.words.as_str();
            if !said.insert((language, word)) {
                continue;
            }
            let reached = reached_with(expert, lexicons, question, word);
            if !reached.is_empty() {
                let _ = writeln!(
                    out,
                    "  if \"{word}\" is one of these: lexicon/{language}.toml, that concept, after `keywords = [`\n    {},",
                    super::lines::quoted(word)
                );
                for (concept, reached) in reached {
                    let _ = writeln!(out, "      {concept}: then it reaches {reached}");
                }
            }
        }
    }
}

/// The concepts under which a word makes a question reach something, and what; the likeliest first.
fn reached_with<'a>(
    expert: &'a Expert,
    lexicons: &Lexicons,
    question: &Reviewed<'_>,
    word: &str,
) -> Vec<(&'a str, String)> {
    let knowledge = &expert.knowledge;
    let lexicon = lexicons.get(question.heard.verdict.language);
    let mut found: Vec<(bool, f32, &str, String)> = Vec::new();
    for (id, concept) in &knowledge.concepts {
        if !matches!(
            concept.role,
            Role::Topic | Role::Soft | Role::Kind | Role::Count
        ) {
            continue;
        }
        let Some(other) = sample(lexicon, id) else {
            continue;
        };
        let Some(text) = in_other_words(question.text, word, other) else {
            continue;
        };
        let verdict = expert.matcher.ask(&text, None);
        let reached = match verdict.outcome {
            Outcome::Answer(fact) => knowledge.facts.get(fact).map(|fact| &fact.id),
            Outcome::Gap(gap) => knowledge.gaps.get(gap).map(|gap| &gap.id),
            Outcome::Clarify(_) | Outcome::None => None,
        };
        let is_fact = matches!(verdict.outcome, Outcome::Answer(_));
        let what = if is_fact { "the fact" } else { "the gap" };
        if let Some(reached) = reached {
            found.push((is_fact, verdict.score, id, format!("{what} {reached}")));
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let found = found.into_iter().take(MOST_NAMED);
    found.map(|(_, _, id, reached)| (id, reached)).collect()
}
