//! A sum over two facts as a message: the result, how it came about, and both sentences. Computes nothing.

use super::html::{Html, LONGEST_MESSAGE};
use super::render;
use crate::answer::Computed;
use crate::language::Language;

/// The message.
pub(super) fn html(computed: &Computed<'_>, language: Language) -> Html {
    let sum = &computed.sum;
    let result = Html::join(
        [
            Html::bold(&sum.result),
            Html::text(&sum.sum),
            Html::text(&computed.notes.join(" ")),
        ],
        "\n",
    );
    let figures = computed.facts.iter().map(|cited| {
        let figure = Html::text(&cited.figure.join("; "));
        Html::join([figure, Html::text(cited.statement)], " – ")
    });
    let mut parts = vec![
        Html::text(&computed.gap.text(language).sentence),
        result,
        Html::join(figures, "\n"),
    ];
    let sentences = computed.sentences();
    parts.extend(
        sentences
            .iter()
            .map(|cited| render::sentence(cited, language)),
    );
    Html::join(parts, "\n\n")
}

/// Says what Telegram would refuse about the message, if anything.
///
/// # Errors
/// What is too long, and by how much.
pub(super) fn check(computed: &Computed<'_>, language: Language) -> Result<(), String> {
    let length = html(computed, language).length();
    if length > LONGEST_MESSAGE {
        let [first, second] = &computed.facts;
        return Err(format!(
            "what is computed from `{}` and `{}` would have {length} characters, of {LONGEST_MESSAGE}: shorten the quotes",
            first.fact.id, second.fact.id
        ));
    }
    Ok(())
}
