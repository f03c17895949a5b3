//! That sources are the pinned ones, quotes stand in them word for word, and figures in their quotes: what every answer rests
//! on.

use super::Context;
use crate::knowledge::fault::{Fault, Place};
use crate::knowledge::pinned::sha256;
use crate::knowledge::suggest::nearest_sentence;
use crate::numbers::numbers;

pub(super) fn sources_are_the_pinned_ones(context: &Context<'_>, faults: &mut Vec<Fault>) {
    let knowledge = context.knowledge;
    let main = (
        "source".to_owned(),
        &knowledge.source,
        &knowledge.source_text,
    );
    let further = knowledge.sources.iter();
    let further = further.map(|(id, (source, text))| (format!("sources.{id}"), source, text));
    for (table, source, text) in std::iter::once(main).chain(further) {
        let actual = sha256(text);
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

pub(super) fn quotes_stand_in_the_source(context: &Context<'_>, faults: &mut Vec<Fault>) {
    for (fact, file) in context.facts() {
        let (_, source) = context.knowledge.source_of(fact);
        let problem = if fact.quote.trim().is_empty() {
            "is empty".to_owned()
        } else if fact.quote_at.is_some() {
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

pub(super) fn figures_stand_in_their_quotes(context: &Context<'_>, faults: &mut Vec<Fault>) {
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

pub(super) fn check_figure(
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
