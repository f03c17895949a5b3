//! From words to concepts: phrases before single words, the longest first. Knows no facts.

use std::cmp::Reverse;

use super::index::{Index, StemId};
use super::meaning::Sense;
use super::normalise::Break;
use super::packed::Slice;
use super::reading::Word;

/// A stretch of the question and what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    /// The position of its first word.
    pub(crate) first: usize,
    /// The position after its last word.
    pub(crate) end: usize,
    /// What it stands for.
    pub(crate) content: Content,
    /// How sure it is that these words were meant, from 0 to 1.
    pub(crate) quality: f32,
}

/// What a stretch of a question stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// One concept, or several where the word is ambiguous.
    Concepts(Vec<Sense>),
    /// A number, without its separators.
    Number(String),
    /// An everyday word that may be what "how many" counts.
    Thing,
    /// A word that no lexicon knows.
    Unknown,
}

/// A word that no lexicon knows says nothing if it is shorter than this, in letters.
const SHORTEST_UNKNOWN: usize = 4;

/// How many fillers may stand between two words of a phrase.
const FILLERS_BETWEEN: usize = 2;

/// The meaningful stretches of a question, in order. Words that mean nothing are left out.
pub(crate) fn spans(indexes: &[Index], words: &[Word]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let span = longest_phrase(indexes, words, at).or_else(|| match &word.found {
            Some((_, found)) if !found.senses.is_empty() => Some((
                at + 1,
                Content::Concepts(found.senses.clone()),
                found.quality,
            )),
            _ if word.token.number => Some((at + 1, Content::Number(word.token.text.clone()), 1.0)),
            Some((_, found)) if found.plural => Some((at + 1, Content::Thing, 1.0)),
            Some(_) => None,
            None if word.token.text.chars().count() < SHORTEST_UNKNOWN => None,
            None => Some((at + 1, Content::Unknown, 1.0)),
        });
        match span {
            Some((end, content, quality)) => {
                spans.push(Span {
                    first: at,
                    end,
                    content,
                    quality,
                });
                at = end;
            }
            None => at += 1,
        }
    }
    spans
}

/// The longest phrase that starts at a word: its end, its senses, its quality.
fn longest_phrase(indexes: &[Index], words: &[Word], at: usize) -> Option<(usize, Content, f32)> {
    let (position, found) = words.get(at)?.found.as_ref()?;
    let index = indexes.get(*position)?;
    let mut best = (0, Reverse(0));
    let mut senses = Vec::new();
    let mut best_quality = 0.0;
    let seconds = stems_after(words, at, *position);
    let pairs = found.stems.iter().flat_map(|&first| {
        let seconds = seconds.iter();
        seconds.map(move |&second| (first, second))
    });
    for phrase in pairs.flat_map(|(first, second)| index.phrases(first, second)) {
        if phrase.rest.len() < best.0 {
            continue;
        }
        let Some((end, quality)) = phrase_end(words, at, *position, phrase.rest, found.quality)
        else {
            continue;
        };
        // Of two as long the one with fewer words between is meant.
        let length = (phrase.rest.len(), Reverse(end));
        if length > best {
            best = length;
            senses.clear();
            best_quality = quality;
        }
        if length == best {
            senses.push(phrase.sense);
        }
    }
    senses.sort_unstable();
    senses.dedup();
    (!senses.is_empty()).then_some((best.1.0, Content::Concepts(senses), best_quality))
}

/// The stems that the second word of a phrase may have if its first stands here.
fn stems_after(words: &[Word], at: usize, index: usize) -> Vec<StemId> {
    let mut stems = Vec::new();
    for word in words.iter().skip(at + 1).take(FILLERS_BETWEEN + 1) {
        let Some((position, found)) = &word.found else {
            break;
        };
        if word.token.before == Break::Sentence {
            break;
        }
        if *position == index {
            stems.extend(&found.stems);
        }
        if !found.filler {
            break;
        }
    }
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// Where the rest of a phrase ends if it follows a word, and how sure that is.
fn phrase_end(
    words: &[Word],
    at: usize,
    index: usize,
    rest: Slice<'_>,
    quality: f32,
) -> Option<(usize, f32)> {
    let mut next = at + 1;
    let mut quality = quality;
    for stem in rest.iter() {
        let mut skipped = 0;
        loop {
            let word = words.get(next)?;
            if word.token.before == Break::Sentence {
                return None;
            }
            let (position, found) = word.found.as_ref()?;
            next += 1;
            if *position == index && found.stems.contains(&stem) {
                quality = quality.min(found.quality);
                break;
            }
            skipped += 1;
            if !found.filler || skipped > FILLERS_BETWEEN {
                return None;
            }
        }
    }
    Some((next, quality))
}
