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

/// What a check looks at.
struct Context<'a> {
    knowledge: &'a Knowledge,
    folder: &'a Folder,
}

impl<'a> Context<'a> {
    /// The facts with the files they stand in.
    fn facts(&self) -> impl Iterator<Item = (&'a Fact, String)> {
        self.knowledge
            .facts
            .iter()
            .map(|fact| (fact, format!("facts/{}.toml", fact.id)))
    }

    fn knows_fact(&self, id: &str) -> bool {
        self.knowledge.fact(id).is_some()
    }
}

type Check = fn(&Context<'_>, &mut Vec<Fault>);

/// What every answer rests on.
const CHECKS_OF_QUOTES: [Check; 3] = [
    quotes::sources_are_the_pinned_ones,
    quotes::quotes_stand_in_the_source,
    quotes::figures_stand_in_their_quotes,
];

const FURTHER_CHECKS: [Check; 9] = [
    translations::translations_keep_the_figures,
    references::commands_are_valid_and_unique,
    references::references_exist,
    relations::parts_add_up,
    relations::relations_count_the_same,
    relations::charts_can_be_drawn,
    concepts::rules_name_concepts,
    concepts::concepts_are_used_and_sound,
    wording::texts_say_no_more_than_the_sources,
];

pub(super) fn check(knowledge: &Knowledge, folder: &Folder, faults: &mut Vec<Fault>) {
    check_quotes(knowledge, folder, faults);
    let context = Context { knowledge, folder };
    for check in FURTHER_CHECKS {
        check(&context, faults);
    }
}

/// What stands in the lexicons, and what only they can tell.
pub(super) fn check_lexicons(
    knowledge: &Knowledge,
    lexicons: &Lexicons,
    folder: &Folder,
    faults: &mut Vec<Fault>,
) {
    let context = Context { knowledge, folder };
    approximations::approximations_are_said(&context, lexicons, faults);
    concepts::lexicons_say_every_concept(&context, lexicons, faults);
}

/// Only that sources, quotes and figures are what they should be.
pub(super) fn check_quotes(knowledge: &Knowledge, folder: &Folder, faults: &mut Vec<Fault>) {
    let context = Context { knowledge, folder };
    for check in CHECKS_OF_QUOTES {
        check(&context, faults);
    }
}
