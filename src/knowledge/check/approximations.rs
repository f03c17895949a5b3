//! That a number which the source gives only as "about" or "over" is marked so.

use super::Context;
use crate::knowledge::Lexicons;
use crate::knowledge::fault::Fault;
use crate::numbers::numbers;

/// A number beside "about" or "over" is not exact, and what is computed from it must say so.
pub(super) fn approximations_are_said(
    context: &Context<'_>,
    lexicons: &Lexicons,
    faults: &mut Vec<Fault>,
) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_makes_a_number_approximate_stands_beside_it_and_whole() {
        for (before, word, after, beside) in [
            ("they paid almost $", "almost", " million", true),
            ("it rose to ", "жуық", "-ге жуық адам", true),
            ("there were ", "or so", " or so, they said", true),
            ("thereabout ", "about", "", false),
            ("there were ", "or so", " or soldiers", false),
            ("about them there were ", "about", "", false),
        ] {
            assert_eq!(
                stands_beside(before, word, after),
                beside,
                "{before}…{after}"
            );
        }
    }
}
