//! The checks of a knowledge folder that need no matching: each a function, all run, every fault collected.

mod approximations;
mod concepts;
mod quotes;
mod references;
mod relations;
mod translations;
mod wording;

use super::fault::Fault;
use super::schema::Fact;
use super::{Folder, Knowledge, Lexicons};
use crate::parallel::{MANY, in_parallel};

/// What a check looks at.
struct Context<'a> {
    knowledge: &'a Knowledge,
    folder: &'a Folder,
    /// The facts in question: all, or some where each is looked at for itself.
    facts: &'a [Fact],
}

impl<'a> Context<'a> {
    fn of_all(knowledge: &'a Knowledge, folder: &'a Folder) -> Self {
        Self {
            knowledge,
            folder,
            facts: &knowledge.facts,
        }
    }

    /// The facts with the files they stand in.
    fn facts(&self) -> impl Iterator<Item = (&'a Fact, String)> {
        self.facts
            .iter()
            .map(|fact| (fact, format!("facts/{}.toml", fact.id)))
    }

    fn knows_fact(&self, id: &str) -> bool {
        self.knowledge.fact(id).is_some()
    }
}

type Check = fn(&Context<'_>, &mut Vec<Fault>);

/// What every answer rests on, fact by fact.
const CHECKS_OF_QUOTES: &[Check] = &[
    quotes::quotes_stand_in_the_source,
    quotes::figures_stand_in_their_quotes,
];

/// What else is looked at fact by fact.
const CHECKS_OF_FACTS: &[Check] = &[
    translations::translations_keep_the_figures,
    references::references_of_facts_exist,
    relations::parts_add_up,
    relations::relations_count_the_same,
    relations::charts_can_be_drawn,
    concepts::rules_of_facts_name_concepts,
];

/// What only all facts together can tell.
const CHECKS_OF_ALL: &[Check] = &[
    references::references_of_gaps_exist,
    references::commands_are_valid_and_unique,
    concepts::rules_of_gaps_name_concepts,
    concepts::concepts_are_used_and_sound,
    wording::texts_say_no_more_than_the_sources,
];

pub(super) fn check(knowledge: &Knowledge, folder: &Folder, faults: &mut Vec<Fault>) {
    check_quotes(knowledge, folder, faults);
    check_facts(CHECKS_OF_FACTS, knowledge, folder, faults);
    let context = Context::of_all(knowledge, folder);
    let found = in_parallel(CHECKS_OF_ALL, |check| {
        let mut faults = Vec::new();
        check(&context, &mut faults);
        faults
    });
    faults.extend(found.into_iter().flatten());
}

fn check_facts(checks: &[Check], knowledge: &Knowledge, folder: &Folder, faults: &mut Vec<Fault>) {
    let some: Vec<&[Fact]> = knowledge.facts.chunks(MANY).collect();
    let found = in_parallel(&some, |facts| {
        let context = Context {
            knowledge,
            folder,
            facts,
        };
        let mut faults = Vec::new();
        for check in checks {
            check(&context, &mut faults);
        }
        faults
    });
    faults.extend(found.into_iter().flatten());
}

/// What stands in the lexicons, and what only they can tell.
pub(super) fn check_lexicons(
    knowledge: &Knowledge,
    lexicons: &Lexicons,
    folder: &Folder,
    faults: &mut Vec<Fault>,
) {
    let context = Context::of_all(knowledge, folder);
    approximations::approximations_are_said(&context, lexicons, faults);
    concepts::lexicons_say_every_concept(&context, lexicons, faults);
}

/// Only that sources, quotes and figures are what they should be.
pub(super) fn check_quotes(knowledge: &Knowledge, folder: &Folder, faults: &mut Vec<Fault>) {
    quotes::sources_are_the_pinned_ones(&Context::of_all(knowledge, folder), faults);
    check_facts(CHECKS_OF_QUOTES, knowledge, folder, faults);
}
