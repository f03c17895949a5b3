//! That translations are there and say the same numbers.

use super::Context;
use super::quotes::check_figure;
use crate::knowledge::fault::Fault;
use crate::language::Language;
use crate::numbers::numbers;

pub(super) fn translations_keep_the_figures(context: &Context<'_>, faults: &mut Vec<Fault>) {
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
