//! Why a question went where it went, in words for the person who keeps the knowledge. Decides nothing.

use std::collections::BTreeSet;

use crate::knowledge::{Knowledge, Role, Rules};
use crate::matching::{Heard, Meaning, Part, Subject};

fn rules(knowledge: &Knowledge, subject: Subject) -> Option<&Rules> {
    match subject {
        Subject::Fact(position) => knowledge.facts.get(position).map(|fact| &fact.rules),
        Subject::Gap(position) => knowledge.gaps.get(position).map(|gap| &gap.rules),
    }
}

/// The id of a fact or a gap.
pub(crate) fn id_of(knowledge: &Knowledge, subject: Subject) -> &str {
    match subject {
        Subject::Fact(position) => knowledge.facts.get(position).map(|fact| &fact.id),
        Subject::Gap(position) => knowledge.gaps.get(position).map(|gap| &gap.id),
    }
    .map_or("", String::as_str)
}

/// Texts between quotation marks.
pub(crate) fn list<T: AsRef<str>>(texts: &[T]) -> String {
    let texts: Vec<String> = texts
        .iter()
        .map(|text| format!("\"{}\"", text.as_ref()))
        .collect();
    texts.join(", ")
}

/// The concepts of all ways to ask.
fn needs(rules: &Rules) -> impl Iterator<Item = &String> {
    rules
        .needs
        .iter()
        .flat_map(|way| way.groups.iter().flatten())
}

/// The words of a question that name what a fact or a gap needs, each with its concept and the keyword that it was found by.
pub(crate) fn through(knowledge: &Knowledge, heard: &Heard, subject: Subject) -> Vec<String> {
    let Some(rules) = rules(knowledge, subject) else {
        return Vec::new();
    };
    let needed: BTreeSet<&String> = needs(rules).collect();
    let mut through = Vec::new();
    for part in &heard.parts {
        if part.meaning == Meaning::Number {
            through.push(format!("the number {}", part.words));
        }
        for id in concepts(part).iter().filter(|id| needed.contains(id)) {
            through.push(format!("\"{}\" = {id}{}", part.words, by_keyword(part, id)));
        }
    }
    through
}

/// The keyword, where it is not the very words.
fn by_keyword(part: &Part, concept: &str) -> String {
    let keywords = part
        .keywords
        .iter()
        .filter(|known| known.concept == concept);
    let keywords = keywords.map(|known| known.keyword.as_str());
    let keywords: Vec<&str> = keywords.filter(|keyword| *keyword != part.words).collect();
    let how = if part.typo {
        "taken for a typo of"
    } else {
        "by"
    };
    if keywords.is_empty() {
        String::new()
    } else {
        format!(" ({how} {})", list(&keywords))
    }
}

/// Why a fact or a gap is not what a question reached, said of it; nothing where the question fits it, and another as well.
pub(crate) fn why_not(knowledge: &Knowledge, heard: &Heard, subject: Subject) -> Option<String> {
    let rules = rules(knowledge, subject)?;
    let rival = heard.rivals.iter().find(|rival| rival.subject == subject);
    let Some(rival) = rival else {
        let missing = missing(heard, rules);
        return Some(if missing.is_empty() {
            "is named only in passing, or by everyday words".to_owned()
        } else {
            format!("needs {missing}, which is not named")
        });
    };
    if let Some(why) = rival.ruled_out {
        return Some(format!("is ruled out: {}", why.in_words()));
    }
    let explained: BTreeSet<&String> = needs(rules)
        .chain(&rules.supports)
        .chain(&rules.counts)
        .collect();
    let weighs = |id: &String| {
        let role = knowledge.concepts.get(id).map(|concept| concept.role);
        matches!(role, Some(Role::Topic | Role::Negation))
    };
    let parts = heard
        .parts
        .iter()
        .filter(|part| concepts(part).iter().any(weighs));
    let unexplained = parts.filter(|part| !concepts(part).iter().any(|id| explained.contains(id)));
    let unexplained: Vec<String> = unexplained
        .map(|part| format!("\"{}\" ({})", part.words, concepts(part).join(" or ")))
        .collect();
    (!unexplained.is_empty()).then(|| format!("does not explain {}", unexplained.join(", ")))
}

/// What a question does not name of the way to ask that it names most of.
fn missing(heard: &Heard, rules: &Rules) -> String {
    let named: BTreeSet<&String> = heard.parts.iter().flat_map(concepts).collect();
    let missing = rules.needs.iter().map(|way| {
        let is_missing = |group: &&Vec<String>| !group.iter().any(|id| named.contains(id));
        let groups = way.groups.iter().filter(is_missing);
        groups.map(|group| group.join("|")).collect::<Vec<_>>()
    });
    missing.min_by_key(Vec::len).unwrap_or_default().join(" + ")
}

fn concepts(part: &Part) -> &[String] {
    match &part.meaning {
        Meaning::Concepts(ids) => ids,
        _ => &[],
    }
}
