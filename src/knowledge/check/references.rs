//! That whatever a file names is there: topics, speakers, sources, other facts; and that commands are names of one fact alone.

use std::collections::BTreeMap;

use super::Context;
use crate::knowledge::fault::{Fault, Place};
use crate::knowledge::suggest::did_you_mean;
use crate::language::Language;

pub(super) fn commands_are_valid_and_unique(context: &Context<'_>, faults: &mut Vec<Fault>) {
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for (fact, file) in context.facts() {
        let place = context.folder.place(&file);
        let aliases = fact.aliases.iter().map(|alias| ("aliases", alias));
        for (field, name) in std::iter::once(("command", &fact.command)).chain(aliases) {
            let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if name.is_empty() || name.len() > 32 || !name.chars().all(valid) {
                let problem = format!("`{name}` is not 1 to 32 of the characters a-z, 0-9 and _");
                faults.push(place.fault_at(field, name, problem));
            }
            if let Some(other) = taken.insert(name, &fact.id) {
                let problem = format!("`{name}` is taken by the fact `{other}`");
                faults.push(place.fault_at(field, name, problem));
            }
        }
    }
}

pub(super) fn references_of_facts_exist(context: &Context<'_>, faults: &mut Vec<Fault>) {
    let knowledge = context.knowledge;
    for (fact, file) in context.facts() {
        let place = context.folder.place(&file);
        if !knowledge.topics.iter().any(|topic| topic.id == fact.topic) {
            let topics = knowledge.topics.iter().map(|topic| topic.id.as_str());
            let meant = did_you_mean(&fact.topic, topics);
            let problem = format!("`{}` is not a topic of hearing.toml{meant}", fact.topic);
            faults.push(place.fault("topic", problem));
        }
        if fact
            .speaker()
            .is_some_and(|speaker| !knowledge.speakers.contains_key(speaker))
        {
            let speakers = knowledge.speakers.keys().map(String::as_str);
            let meant = did_you_mean(&fact.speaker, speakers.chain(["none"]));
            let problem = format!(
                "`{}` is neither a speaker of hearing.toml nor `none`{meant}",
                fact.speaker
            );
            faults.push(place.fault("speaker", problem));
        }
        let lists = [
            ("parts", &fact.parts),
            ("chart", &fact.chart),
            ("separate_from", &fact.separate_from),
            ("related", &fact.related),
        ];
        for (field, list) in lists {
            check_fact_ids(context, place, field, list, Some(&fact.id), faults);
        }
        if let Some(id) = &fact.source
            && !knowledge.sources.contains_key(id)
        {
            let meant = did_you_mean(id, knowledge.sources.keys().map(String::as_str));
            let problem = format!("`{id}` is not one of the [sources] of hearing.toml{meant}");
            faults.push(place.fault("source", problem));
        }
        let differs = fact.differs_from.as_slice();
        check_fact_ids(
            context,
            place,
            "differs_from",
            differs,
            Some(&fact.id),
            faults,
        );
        let head = fact
            .differs_from
            .as_deref()
            .and_then(|id| knowledge.fact(id));
        if let Some(head) = head
            && (head.source == fact.source || head.differs_from.is_some())
        {
            let problem = format!(
                "`{}` is of the same source, or differs from a third",
                head.id
            );
            faults.push(place.fault("differs_from", problem));
        }
        check_fact_ids(
            context,
            place,
            "after",
            fact.after.as_slice(),
            Some(&fact.id),
            faults,
        );
        check_fact_ids(
            context,
            place,
            "part_of",
            fact.part_of.as_slice(),
            Some(&fact.id),
            faults,
        );
        for language in Language::ALL {
            let text = fact.text(language);
            for (field, value) in [("title", &text.title), ("statement", &text.statement)] {
                if value.trim().is_empty() {
                    faults.push(place.fault(&format!("{language}.{field}"), "is empty"));
                }
            }
        }
    }
}

pub(super) fn references_of_gaps_exist(context: &Context<'_>, faults: &mut Vec<Fault>) {
    for gap in &context.knowledge.gaps {
        let file = format!("gaps/{}.toml", gap.id);
        let place = context.folder.place(&file);
        check_fact_ids(context, place, "nearest", &gap.nearest, None, faults);
        for language in Language::ALL {
            if gap.text(language).sentence.trim().is_empty() {
                faults.push(place.fault(&format!("{language}.sentence"), "is empty"));
            }
        }
    }
}

fn check_fact_ids(
    context: &Context<'_>,
    place: Place<'_>,
    field: &str,
    ids: &[String],
    own: Option<&str>,
    faults: &mut Vec<Fault>,
) {
    for id in ids {
        if own == Some(id) {
            faults.push(place.fault(field, "names the fact itself"));
        } else if !context.knows_fact(id) {
            let facts = context.knowledge.facts.iter().map(|fact| fact.id.as_str());
            let problem = format!("`{id}` is not a fact{}", did_you_mean(id, facts));
            faults.push(place.fault_at(field, id, problem));
        }
    }
}
