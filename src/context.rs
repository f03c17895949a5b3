//! The sentences of the source around a quote, so that a reader can see what it was said in. Knows no channel.

use crate::knowledge::{Fact, Knowledge};

/// A quote between its neighbours, all word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context<'a> {
    /// The sentence before the quote, if there is one.
    pub before: Option<&'a str>,
    /// The quote.
    pub quote: &'a str,
    /// The sentence after it, if there is one.
    pub after: Option<&'a str>,
}

/// The sentence before and the sentence after the quote of a fact.
#[must_use]
pub fn context<'a>(knowledge: &'a Knowledge, fact: &'a Fact) -> Context<'a> {
    let source = knowledge.source_of(fact).1;
    let start = fact.quote_at.unwrap_or(source.len());
    let before = source.get(..start).unwrap_or_default();
    let after = source.get(start + fact.quote.len()..).unwrap_or_default();
    Context {
        // Line by line from behind: a source may be long.
        before: before.lines().rev().find_map(|line| sentences(line).last()),
        quote: &fact.quote,
        after: sentences(after).next(),
    }
}

/// The sentences of a text, in order. What does not end like one, such as a headline or a line of figures, is none.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| {
        let mut rest = line.trim();
        std::iter::from_fn(move || {
            let end = end_of_sentence(rest)?;
            let (sentence, behind) = rest.split_at_checked(end)?;
            rest = behind.trim_start();
            Some(sentence)
        })
    })
}

/// Where the first sentence of a text ends: behind a mark that ends one and the quotation marks that follow it, before a
/// blank and a letter that can begin a sentence, or at the end of the text.
fn end_of_sentence(text: &str) -> Option<usize> {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '…');
    let closes = |c: char| matches!(c, '”' | '"' | '»' | '’' | ')');
    let mut from = 0;
    loop {
        let mark = from + text.get(from..)?.find(ends)?;
        let behind = text.get(mark..)?;
        let rest = behind.trim_start_matches(ends).trim_start_matches(closes);
        let end = text.len() - rest.len();
        let next = rest.trim_start();
        let begins = next.is_empty() || !next.starts_with(char::is_lowercase);
        if rest.is_empty() || (next.len() < rest.len() && begins) {
            return Some(end);
        }
        from = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_apart_and_other_lines_are_none() {
        let text = "A headline\n\n11 January 2023\n\nAn A. lower case. He said: “One. Two.” El.kz cites 1.5 of it! No end";
        assert_eq!(
            sentences(text).collect::<Vec<_>>(),
            [
                "An A. lower case.",
                "He said: “One.",
                "Two.”",
                "El.kz cites 1.5 of it!"
            ]
        );
    }
}
