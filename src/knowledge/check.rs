//! The checks of a knowledge folder that need no matching: each a function, all run, every fault collected.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::fault::{Fault, Place};
use super::relation::goes_round;
use super::schema::{Concept, Fact, Role, Rules};
use super::sentences::Sentences;
use super::suggest::{did_you_mean, nearest_sentence};
use super::{Folder, Knowledge, Lexicons};
use crate::language::Language;
use crate::numbers::numbers;

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

const CHECKS: [Check; 11] = [
    sources_are_the_pinned_ones,
    quotes_stand_in_the_source,
    figures_stand_in_their_quotes,
    translations_keep_the_figures,
    commands_are_valid_and_unique,
    references_exist,
    parts_add_up,
    relations_count_the_same,
    charts_can_be_drawn,
    rules_name_concepts,
    concepts_are_used_and_sound,
];

/// Checks what stands in the lexicons, too.
pub(super) fn check_lexicons(
    knowledge: &Knowledge,
    lexicons: &Lexicons,
    folder: &Folder,
    faults: &mut Vec<Fault>,
) {
    let context = Context { knowledge, folder };
    approximations_are_said(&context, lexicons, faults);
    lexicons_say_every_concept(&context, lexicons, faults);
}

pub(super) fn check(knowledge: &Knowledge, folder: &Folder, faults: &mut Vec<Fault>) {
    let context = Context { knowledge, folder };
    for check in CHECKS {
        check(&context, faults);
    }
}

fn sources_are_the_pinned_ones(context: &Context<'_>, faults: &mut Vec<Fault>) {
    let knowledge = context.knowledge;
    let main = (
        "source".to_owned(),
        &knowledge.source,
        &knowledge.source_text,
    );
    let further = knowledge.sources.iter();
    let further = further.map(|(id, (source, text))| (format!("sources.{id}"), source, text));
    for (table, source, text) in std::iter::once(main).chain(further) {
        let digest = Sha256::digest(text.as_bytes());
        let actual: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        if actual != source.sha256 {
            let problem = format!(
                "does not match `{}`, whose SHA-256 is {actual}: restore the source, or pin it anew and check every quote",
                source.file
            );
            let place = context.folder.place("hearing.toml");
            faults.push(place.fault(&format!("{table}.sha256"), problem));
        }
    }
}

fn quotes_stand_in_the_source(context: &Context<'_>, faults: &mut Vec<Fault>) {
    let mut sources: BTreeMap<&str, Sentences<'_>> = BTreeMap::new();
    for (fact, file) in context.facts() {
        let (pinned, source) = context.knowledge.source_of(fact);
        let sentences = sources
            .entry(&pinned.file)
            .or_insert_with(|| Sentences::of(source));
        let problem = if fact.quote.trim().is_empty() {
            "is empty".to_owned()
        } else if sentences.hold(&fact.quote) {
            continue;
        } else if source.contains(&fact.quote) {
            "is not one or more whole sentences of the source".to_owned()
        } else {
            let problem = "does not stand in the source word for word";
            match nearest_sentence(&fact.quote, source) {
                Some(nearest) => format!("{problem}; the nearest is: {nearest}"),
                None => problem.to_owned(),
            }
        };
        faults.push(context.folder.place(&file).fault("quote", problem));
    }
}

fn figures_stand_in_their_quotes(context: &Context<'_>, faults: &mut Vec<Fault>) {
    for (fact, file) in context.facts() {
        let place = context.folder.place(&file);
        check_figure(
            place,
            "",
            &fact.figure,
            fact.within.as_deref(),
            &fact.quote,
            faults,
        );
        if let Some(value) = fact.value {
            let stands = |figure: &String| {
                let found = numbers(figure);
                found.is_empty() || found.iter().any(|number| number.plain.parse() == Ok(value))
            };
            if !fact.figure.iter().any(stands) {
                faults
                    .push(place.fault("value", format!("{value} is not the number of the figure")));
            }
            if fact.unit.is_none() {
                faults
                    .push(place.fault("unit", "is missing: say what the value counts or measures"));
            }
        }
    }
}

fn check_figure(
    place: Place<'_>,
    table: &str,
    figures: &[String],
    within: Option<&str>,
    quote: &str,
    faults: &mut Vec<Fault>,
) {
    let stretch = within.unwrap_or(quote);
    if !quote.contains(stretch) {
        faults.push(place.fault(
            &format!("{table}within"),
            "does not stand in the quote word for word",
        ));
    }
    for figure in figures {
        if figure.trim().is_empty() || !stretch.contains(figure.as_str()) {
            let problem = format!("`{figure}` does not stand in the quote word for word");
            faults.push(place.fault(&format!("{table}figure"), problem));
        }
    }
}

fn translations_keep_the_figures(context: &Context<'_>, faults: &mut Vec<Fault>) {
    let plain = |text: &str| -> Vec<String> {
        let mut plain: Vec<_> = numbers(text)
            .into_iter()
            .map(|number| number.plain)
            .collect();
        plain.sort();
        plain
    };
    for (fact, file) in context.facts() {
        let place = context.folder.place(&file);
        for language in Language::ALL {
            let text = fact.text(language);
            let field = format!("{language}.quote");
            match (
                &text.quote,
                language == context.knowledge.source_of(fact).0.language,
            ) {
                (None, true) => {}
                (Some(_), true) => {
                    faults.push(place.fault(&field, "is the source's own language: remove it"));
                }
                (None, false) => {
                    faults.push(place.fault(&field, "is missing: translate the quote"));
                }
                (Some(quote), false) => {
                    let (theirs, ours) = (plain(quote), plain(&fact.quote));
                    if theirs != ours {
                        let problem =
                            format!("has the figures {theirs:?}, but the quote has {ours:?}");
                        faults.push(place.fault(&field, problem));
                    }
                    let table = format!("{language}.");
                    if text.figure.is_empty() {
                        let problem =
                            "is missing: write the figure as it stands in the translation";
                        faults.push(place.fault(&format!("{table}figure"), problem));
                    }
                    check_figure(
                        place,
                        &table,
                        &text.figure,
                        text.within.as_deref(),
                        quote,
                        faults,
                    );
                }
            }
        }
    }
}

fn commands_are_valid_and_unique(context: &Context<'_>, faults: &mut Vec<Fault>) {
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

fn references_exist(context: &Context<'_>, faults: &mut Vec<Fault>) {
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
    for gap in &knowledge.gaps {
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

fn parts_add_up(context: &Context<'_>, faults: &mut Vec<Fault>) {
    for (fact, file) in context.facts() {
        let place = context.folder.place(&file);
        let parts: Vec<&Fact> = fact
            .parts
            .iter()
            .filter_map(|id| context.knowledge.fact(id))
            .collect();
        if let (Some(whole), Some(sum)) = (
            fact.value,
            parts
                .iter()
                .try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value?)),
        ) && !parts.is_empty()
            && whole != sum
        {
            faults.push(place.fault("parts", format!("add up to {sum}, not to {whole}")));
        }
        for part in parts {
            if part.part_of.as_deref() != Some(fact.id.as_str()) {
                let problem = format!(
                    "`{}` does not say that it is a part of `{}`",
                    part.id, fact.id
                );
                faults.push(place.fault("parts", problem));
            }
        }
        let whole = fact
            .part_of
            .as_deref()
            .and_then(|id| context.knowledge.fact(id));
        if let Some((whole, (Some(ours), Some(theirs)))) =
            whole.map(|whole| (whole, (fact.value, whole.value)))
            && (ours > theirs || fact.unit != whole.unit)
        {
            let problem = format!("`{}` is smaller, or counts something else", whole.id);
            faults.push(place.fault("part_of", problem));
        }
        if let Some(id) = fact
            .separate_from
            .iter()
            .find(|id| fact.part_of.as_ref() == Some(id))
        {
            faults.push(place.fault("separate_from", format!("`{id}` is also named in part_of")));
        }
    }
}

/// Bars side by side compare what can be compared: numbers of the same unit.
fn charts_can_be_drawn(context: &Context<'_>, faults: &mut Vec<Fault>) {
    for (fact, file) in context.facts() {
        for other in fact
            .chart
            .iter()
            .filter_map(|id| context.knowledge.fact(id))
        {
            if fact.value.is_none() || other.value.is_none() || fact.unit != other.unit {
                let problem = format!("`{}` is no number, or counts something else", other.id);
                let place = context.folder.place(&file);
                faults.push(place.fault_at("chart", &other.id, problem));
            }
        }
    }
}

/// What a figure is a part of or comes after must count the same, or no sum of them means anything.
fn relations_count_the_same(context: &Context<'_>, faults: &mut Vec<Fault>) {
    for (fact, file) in context.facts() {
        let place = context.folder.place(&file);
        if goes_round(context.knowledge, fact) {
            faults.push(place.fault("part_of", "leads back to the fact itself"));
        }
        let earlier = fact
            .after
            .as_deref()
            .and_then(|id| context.knowledge.fact(id));
        if let Some(earlier) = earlier
            && (fact.value.is_none() || earlier.value.is_none() || fact.unit != earlier.unit)
        {
            let id = &earlier.id;
            let problem = format!("`{id}` counts something else: both need a value and one unit");
            faults.push(place.fault("after", problem));
        }
    }
}

/// A number beside "about" or "over" is not exact, and what is computed from it must say so.
fn approximations_are_said(context: &Context<'_>, lexicons: &Lexicons, faults: &mut Vec<Fault>) {
    for (fact, file) in context.facts() {
        let (source, _) = context.knowledge.source_of(fact);
        let lexicon = lexicons.get(source.language);
        let words = &lexicon.approximations;
        if fact.value.is_none() || fact.approximate.is_some() {
            continue;
        }
        let stretch = fact.within.as_deref().unwrap_or(&fact.quote);
        let beside = fact.figure.iter().find_map(|figure| {
            let start = stretch.find(figure.as_str())?;
            let number = numbers(figure).into_iter().next();
            let (from, to) = number.map_or((0, figure.len()), |number| (number.start, number.end));
            let before = stretch.get(..start + from)?.to_lowercase();
            let after = stretch.get(start + to..)?.to_lowercase();
            words
                .iter()
                .find(|word| stands_beside(&before, &word.to_lowercase(), &after))
        });
        if let Some(word) = beside {
            let problem = format!(
                "`{word}` stands beside the number: say `approximate = true`, or `false` where it is exact all the same"
            );
            faults.push(context.folder.place(&file).fault("approximate", problem));
        }
    }
}

/// Whether a word or phrase stands right before or right after a number.
fn stands_beside(before: &str, word: &str, after: &str) -> bool {
    let ends = |text: &str| !text.ends_with(char::is_alphanumeric);
    let starts = |text: &str| !text.starts_with(char::is_alphanumeric);
    // A sign of a currency may stand between: "almost $80".
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    // As may an ending that hangs on the number: "900-ге жуық".
    let after = match after.strip_prefix('-') {
        Some(ending) => ending.trim_start_matches(char::is_alphanumeric),
        None => after,
    };
    before.strip_suffix(word).is_some_and(ends)
        || after.trim_start().strip_prefix(word).is_some_and(starts)
}

/// Every rule of the folder with the file it stands in.
fn rules(knowledge: &Knowledge) -> impl Iterator<Item = (&Rules, String)> {
    let facts = knowledge
        .facts
        .iter()
        .map(|fact| (&fact.rules, format!("facts/{}.toml", fact.id)));
    let gaps = knowledge
        .gaps
        .iter()
        .map(|gap| (&gap.rules, format!("gaps/{}.toml", gap.id)));
    facts.chain(gaps)
}

fn concepts_of(rules: &Rules) -> impl Iterator<Item = (&'static str, &String)> {
    let needs = rules
        .needs
        .iter()
        .flat_map(|way| way.groups.iter().flatten())
        .map(|id| ("match.needs", id));
    let lists = [
        ("match.asks", &rules.asks),
        ("match.counts", &rules.counts),
        ("match.supports", &rules.supports),
        ("match.excludes", &rules.excludes),
    ];
    needs.chain(
        lists
            .into_iter()
            .flat_map(|(field, list)| list.iter().map(move |id| (field, id))),
    )
}

fn rules_name_concepts(context: &Context<'_>, faults: &mut Vec<Fault>) {
    let shown_beside: BTreeSet<String> = context
        .facts()
        .filter(|(fact, _)| fact.differs_from.is_some())
        .map(|(_, file)| file)
        .collect();
    let concepts = &context.knowledge.concepts;
    for (rules, file) in rules(context.knowledge) {
        let place = context.folder.place(&file);
        if rules.needs.is_empty() && !shown_beside.contains(&file) {
            faults.push(place.fault("match.needs", "is empty: nothing could reach it"));
        }
        for (field, id) in concepts_of(rules) {
            let problem = match concepts.get(id) {
                None => {
                    let meant = did_you_mean(id, concepts.keys().map(String::as_str));
                    format!("`{id}` is not a concept of concepts.toml{meant}")
                }
                Some(concept)
                    if field == "match.asks"
                        && !matches!(concept.role, Role::Kind | Role::Count) =>
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
}

fn concepts_are_used_and_sound(context: &Context<'_>, faults: &mut Vec<Fault>) {
    let concepts = &context.knowledge.concepts;
    let place = context.folder.place("concepts.toml");
    let used: BTreeSet<&String> = rules(context.knowledge)
        .flat_map(|(rules, _)| concepts_of(rules))
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

fn lexicons_say_every_concept(context: &Context<'_>, lexicons: &Lexicons, faults: &mut Vec<Fault>) {
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
