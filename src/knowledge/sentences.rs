//! Where the sentences of a source begin, and where a text stands that is one or more of them, whole. Knows no facts.

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

    /// Where a text first stands in the source, in bytes, from where a sentence begins to where one ends.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        let rest = |start: usize| self.source.get(start..).unwrap_or_default();
        let first = self.starts.partition_point(|&start| rest(start) < text);
        let ends = |after: &str| after.is_empty() || after.starts_with(char::is_whitespace);
        let same = self.starts.iter().skip(first).copied();
        let same = same.map_while(|start| Some((start, rest(start).strip_prefix(text)?)));
        let whole = same.filter(|(_, after)| ends_sentence(text) && ends(after));
        whole.map(|(start, _)| start).min()
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
    fn only_whole_sentences_are_found() {
        let source =
            "A title\nOne is here. “Two,” he said. It is 3.5 here. Is it? One is here too.";
        let sentences = Sentences::of(source);
        for (text, at) in [
            ("One is here.", Some(8)),
            ("One is here. “Two,” he said.", Some(8)),
            ("It is 3.5 here.", Some(41)),
            ("Is it?", Some(57)),
            ("One is here too.", Some(64)),
            ("A title", None),
            ("is here.", None),
            ("5 here.", None),
            ("One is", None),
            ("Two is here.", None),
        ] {
            assert_eq!(sentences.find(text), at, "{text}");
        }
        let twice = Sentences::of("It is so. Or not. It is so.");
        assert_eq!(twice.find("It is so."), Some(0));
    }
}
