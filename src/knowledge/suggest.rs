//! What was probably meant: the nearest name for a misspelt one, the nearest sentence for a quote that is off. Knows no
//! file of the folder.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

/// A name is meant only if at most one letter in this many differs.
const LETTERS_PER_TYPO: usize = 3;

/// A sentence is meant only if it is at least this similar, from 0 to 1.
const LEAST_SIMILAR: f64 = 0.5;

/// How many words of a sentence are shown on each side of a difference.
const WORDS_AROUND: usize = 4;

/// ` (did you mean …?)` where one of the names is near; otherwise nothing.
pub(crate) fn did_you_mean<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, names)
        .map(|nearest| format!(" (did you mean `{nearest}`?)"))
        .unwrap_or_default()
}

/// The name that was probably meant.
fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (name.chars().count() / LETTERS_PER_TYPO).max(1);
    names
        .into_iter()
        .filter(|known| *known != name)
        .map(|known| (strsim::osa_distance(name, known), known))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, known)| known)
}

/// The same for the field or the value that a TOML error does not know, which ends in those that it does.
pub(crate) fn did_you_mean_of_toml(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = message.starts_with("unknown field") || message.starts_with("unknown variant");
    match quoted.next() {
        Some(name) if unknown => did_you_mean(name, quoted),
        _ => String::new(),
    }
}

/// The sentences of the source that a quote was probably meant to be, with what differs; nothing where none is near.
///
/// A stretch `[-so-]` stands only in the quote, and `{+so+}` only in the source.
pub(crate) fn nearest_sentence(quote: &str, source: &str) -> Option<String> {
    let sentences = sentences(source);
    let wanted = sentences_in(quote).max(1);
    let similar = |text: &str| strsim::sorensen_dice(quote, text);
    let (similarity, sentence) = (0..sentences.len())
        .filter_map(|first| stretch(source, &sentences, first, wanted))
        .map(|text| (similar(text), text))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    (similarity >= LEAST_SIMILAR).then(|| difference(quote, sentence))
}

fn stretch<'a>(
    source: &'a str,
    sentences: &[(usize, usize)],
    first: usize,
    count: usize,
) -> Option<&'a str> {
    let (start, _) = sentences.get(first)?;
    let (_, end) = sentences.get(first + count - 1)?;
    source.get(*start..*end)
}

fn sentences_in(text: &str) -> usize {
    sentences(text).len()
}

/// Where sentences start and end, in bytes: at a mark that ends one before a blank, and at the end of a line.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, c) in text.char_indices() {
        if c == '\n' || (ended && c.is_whitespace()) {
            push(text, start, at, &mut found);
            start = at + c.len_utf8();
        }
        ended = match c {
            '.' | '!' | '?' | '…' => true,
            '”' | '"' | '»' | '’' | ')' => ended,
            _ => false,
        };
    }
    push(text, start, text.len(), &mut found);
    found
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<(usize, usize)>) {
    let stretch = text.get(start..end).unwrap_or_default();
    let trimmed = stretch.trim();
    if !trimmed.is_empty() {
        let start = start + (stretch.len() - stretch.trim_start().len());
        found.push((start, start + trimmed.len()));
    }
}

/// The first whole sentence of a text, mark and all, that is wanted.
pub fn sentence_with(text: &str, wanted: impl Fn(&str) -> bool) -> Option<&str> {
    let ends = |sentence: &str| {
        let sentence = sentence.trim_end_matches(['”', '"', '»', '’', ')']);
        sentence.ends_with(['.', '!', '?', '…'])
    };
    sentences(text)
        .into_iter()
        .filter_map(|(start, end)| text.get(start..end))
        .find(|sentence| ends(sentence) && wanted(sentence))
}

/// Two texts in one: what only the first has as `[-so-]`, what only the second has as `{+so+}`; far from any difference
/// the text is left out.
fn difference(ours: &str, theirs: &str) -> String {
    let diff = TextDiff::from_words(ours, theirs);
    let mut pieces: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match pieces.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => pieces.push((change.tag(), change.value().to_owned())),
        }
    }
    let last = pieces.len().saturating_sub(1);
    let mut shown = String::new();
    for (position, (tag, text)) in pieces.iter().enumerate() {
        let _ = match tag {
            ChangeTag::Equal => {
                write!(shown, "{}", around(text, position > 0, position < last))
            }
            ChangeTag::Delete => write!(shown, "[-{text}-]"),
            ChangeTag::Insert => write!(shown, "{{+{text}+}}"),
        };
    }
    shown.replace('\n', " ")
}

/// A stretch in which nothing differs, without its middle; without its beginning or end where nothing is before or after.
fn around(text: &str, before: bool, after: bool) -> String {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let head = if before { WORDS_AROUND } else { 0 };
    let tail = if after { WORDS_AROUND } else { 0 };
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let first: String = words.iter().take(head).copied().collect();
    let rest: String = words.iter().skip(words.len() - tail).copied().collect();
    if after {
        format!("{first}… {rest}")
    } else {
        format!("{first}…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_the_one_that_was_meant() {
        for (name, expected) in [
            ("amnesti", " (did you mean `amnesty`?)"),
            ("amensty", " (did you mean `amnesty`?)"),
            ("sum", ""),
            ("prison", ""),
        ] {
            assert_eq!(
                did_you_mean(name, ["amnesty", "bridge"]),
                expected,
                "{name}"
            );
        }
        let message = "unknown field `tpic`, expected one of `topic`, `command`";
        assert_eq!(did_you_mean_of_toml(message), " (did you mean `topic`?)");
        assert_eq!(did_you_mean_of_toml("missing field `topic`"), "");
    }

    #[test]
    fn a_quote_that_is_off_is_shown_beside_its_sentence() {
        let source = "A heading\n\nIt is 640 metres long. Alfa and Beta built the whole bridge in two years, he said. Then came rain.";
        assert_eq!(
            nearest_sentence(
                "Alfa and Beta built the bridge in three years, he said.",
                source
            )
            .as_deref(),
            Some("Alfa and Beta built the {+whole +}bridge in [-three-]{+two+} years, he said.")
        );
        assert_eq!(
            nearest_sentence("It is 640 meters long. Alfa and Beta built the whole bridge in two years, he said.", source)
                .as_deref(),
            Some("It is 640 [-meters-]{+metres+} long. Alfa and …")
        );
        assert_eq!(nearest_sentence("Something else.", source), None);
    }
}
