//! Where the sentences of a source begin, and whether a text is one or more of them, whole. Knows no facts.

/// The sentences of a source, in the order of their letters: a quote is found by halving, not by reading the source.
pub(super) struct Sentences<'a> {
    source: &'a str,
    starts: Vec<usize>,
}

impl<'a> Sentences<'a> {
    /// Finds where the sentences begin.
    pub(super) fn of(source: &'a str) -> Self {
        let begins = |&start: &usize| {
            let before = source.get(..start).unwrap_or_default();
            before.is_empty() || before.ends_with('\n') || ends_sentence(before.trim_end())
        };
        let after_blanks = source.char_indices().filter(|(_, c)| c.is_whitespace());
        let after_blanks = after_blanks.map(|(blank, c)| blank + c.len_utf8());
        let starts = std::iter::once(0).chain(after_blanks).filter(begins);
        let mut starts: Vec<usize> = starts.collect();
        starts.sort_unstable_by_key(|&start| source.get(start..).unwrap_or_default());
        Self { source, starts }
    }

    /// Whether a text stands in the source, from where a sentence begins to where one ends.
    pub(super) fn hold(&self, text: &str) -> bool {
        let rest = |start: &usize| self.source.get(*start..).unwrap_or_default();
        let first = self.starts.partition_point(|start| rest(start) < text);
        let mut same = self.starts.iter().skip(first).map(rest);
        let ends = |after: &str| after.is_empty() || after.starts_with(char::is_whitespace);
        ends_sentence(text)
            && same
                .by_ref()
                .map_while(|rest| rest.strip_prefix(text))
                .any(ends)
    }
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '»', '’', ')']);
    text.ends_with(['.', '!', '?', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_sentences_are_held() {
        let source =
            "A title\nOne is here. “Two,” he said. It is 3.5 here. Is it? One is here too.";
        let sentences = Sentences::of(source);
        for (text, held) in [
            ("One is here.", true),
            ("One is here. “Two,” he said.", true),
            ("It is 3.5 here.", true),
            ("Is it?", true),
            ("One is here too.", true),
            ("A title", false),
            ("is here.", false),
            ("5 here.", false),
            ("One is", false),
            ("Two is here.", false),
        ] {
            assert_eq!(sentences.hold(text), held, "{text}");
        }
    }
}
