//! That rules, concepts and lexicons name the same ideas.

use std::collections::{BTreeSet, HashSet};

use super::Context;
use crate::knowledge::fault::Fault;
use crate::knowledge::schema::{Concept, Role, Rules};
use crate::knowledge::suggest::did_you_mean;
use crate::knowledge::{Knowledge, Lexicons};

pub(super) fn rules_of_facts_name_concepts(context: &Context<'_>, faults: &mut Vec<Fault>) {
    for (fact, file) in context.facts() {
        // A fact that is shown beside another one is asked for by that one's rules.
        let reached = fact.differs_from.is_some() || !fact.rules.needs.is_empty();
        check_rules(context, &fact.rules, reached, &file, faults);
    }
}

pub(super) fn rules_of_gaps_name_concepts(context: &Context<'_>, faults: &mut Vec<Fault>) {
    for gap in &context.knowledge.gaps {
        let reached = !gap.rules.needs.is_empty();
        let file = format!("gaps/{}.toml", gap.id);
        check_rules(context, &gap.rules, reached, &file, faults);
    }
}

fn check_rules(
    context: &Context<'_>,
    rules: &Rules,
    reached: bool,
    file: &str,
    faults: &mut Vec<Fault>,
) {
    let concepts = &context.knowledge.concepts;
    let place = context.folder.place(file);
    if !reached {
        faults.push(place.fault("match.needs", "is empty: nothing could reach it"));
    }
    for (field, id) in concepts_of(rules) {
        let problem = match concepts.get(id) {
            None => {
                let meant = did_you_mean(id, concepts.keys().map(String::as_str));
                format!("`{id}` is not a concept of concepts.toml{meant}")
            }
            Some(concept)
                if field == "match.asks" && !matches!(concept.role, Role::Kind | Role::Count) =>
            {
                format!("`{id}` is not a kind of question")
            }
            Some(concept) if field == "match.counts" && !concept.counted => {
                format!(
                    "`{id}` is not counted: say `counted = true` in concepts.toml, or remove it"
                )
            }
            Some(_) => continue,
        };
        faults.push(place.fault_at(field, id, problem));
    }
}

pub(super) fn concepts_are_used_and_sound(context: &Context<'_>, faults: &mut Vec<Fault>) {
    let concepts = &context.knowledge.concepts;
    let place = context.folder.place("concepts.toml");
    let used: HashSet<&String> = rules(context.knowledge)
        .flat_map(concepts_of)
        .map(|(_, id)| id)
        .collect();
    let generals: BTreeSet<&String> = concepts
        .values()
        .filter_map(|concept| concept.is_a.as_ref())
        .collect();
    for (id, concept) in concepts {
        if concept.role == Role::Topic && !used.contains(id) && !generals.contains(id) {
            faults.push(place.fault(id, "is used by no fact and no gap: use it or remove it"));
        }
        if let Some(general) = &concept.is_a
            && !concepts
                .get(general)
                .is_some_and(|general: &Concept| general.counted && general.is_a.is_none())
        {
            let counted = concepts
                .iter()
                .filter(|(_, concept)| concept.counted && concept.is_a.is_none())
                .map(|(id, _)| id.as_str());
            let meant = did_you_mean(general, counted);
            let problem = format!("is_a: `{general}` is not a counted concept of its own{meant}");
            faults.push(place.fault(id, problem));
        }
    }
}

pub(super) fn lexicons_say_every_concept(
    context: &Context<'_>,
    lexicons: &Lexicons,
    faults: &mut Vec<Fault>,
) {
    for (language, lexicon) in lexicons.iter() {
        let file = format!("lexicon/{language}.toml");
        let place = context.folder.place(&file);
        if lexicon.stemmer.is_some() == lexicon.suffixes.is_some() {
            faults.push(place.fault("", "needs either a stemmer or suffixes"));
        }
        for id in context.knowledge.concepts.keys() {
            if lexicon
                .concepts
                .get(id)
                .is_none_or(|keywords| keywords.keywords.is_empty())
            {
                faults.push(place.fault("concepts", format!("`{id}` has no keyword")));
            }
        }
        for id in lexicon.concepts.keys() {
            if !context.knowledge.concepts.contains_key(id) {
                let concepts = context.knowledge.concepts.keys().map(String::as_str);
                let meant = did_you_mean(id, concepts);
                let problem = format!("is not a concept of concepts.toml{meant}");
                faults.push(place.fault(&format!("concepts.{id}"), problem));
            }
        }
    }
}

/// Every rule of the folder.
fn rules(knowledge: &Knowledge) -> impl Iterator<Item = &Rules> {
    let facts = knowledge.facts.iter().map(|fact| &fact.rules);
    facts.chain(knowledge.gaps.iter().map(|gap| &gap.rules))
}

fn concepts_of(rules: &Rules) -> impl Iterator<Item = (&'static str, &String)> {
    let ways = [
        ("match.needs", &rules.needs),
        ("match.excludes", &rules.excludes),
    ];
    let ways = ways.into_iter().flat_map(|(field, ways)| {
        let concepts = ways.iter().flat_map(|way| way.groups.iter().flatten());
        concepts.map(move |id| (field, id))
    });
    let lists = [
        ("match.asks", &rules.asks),
        ("match.counts", &rules.counts),
        ("match.supports", &rules.supports),
    ];
    ways.chain(
        lists
            .into_iter()
            .flat_map(|(field, list)| list.iter().map(move |id| (field, id))),
    )
}
