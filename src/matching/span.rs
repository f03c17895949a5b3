//! From words to concepts: phrases before single words, the longest first. Knows no facts.

use std::cmp::Reverse;
use std::ops::Range;

use super::concept::{ConceptId, Concepts};
use super::index::{Index, StemId};
use super::meaning::Sense;
use super::normalise::Break;
use super::packed::Slice;
use super::reading::Word;
use crate::knowledge::Role;

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
pub(super) fn spans(concepts: &Concepts, indexes: &[Index], words: &[Word]) -> Vec<Span> {
    let question = Question {
        concepts,
        indexes,
        words,
    };
    let mut spans = Vec::new();
    question.add_spans(0..words.len(), &mut spans);
    spans
}

/// The words of a question beside what they can be part of.
struct Question<'a> {
    concepts: &'a Concepts,
    indexes: &'a [Index],
    words: &'a [Word],
}

/// A phrase that was found in a question.
struct FoundPhrase {
    /// The position after its last word.
    end: usize,
    /// How many of its words follow the first.
    length: usize,
    quality: f32,
    senses: Vec<Sense>,
    /// The words between that ask.
    asking: Range<usize>,
}

impl Question<'_> {
    fn add_spans(&self, range: Range<usize>, spans: &mut Vec<Span>) {
        let mut at = range.start;
        while at < range.end {
            let phrase = self.longest_phrase(at, true);
            let (end, content, quality) = match phrase {
                Some(phrase) => {
                    // What asks from inside a phrase asks as if it stood before it.
                    self.add_spans(phrase.asking, spans);
                    (
                        phrase.end,
                        Some(Content::Concepts(phrase.senses)),
                        phrase.quality,
                    )
                }
                None => self.word_at(at),
            };
            spans.extend(content.map(|content| Span {
                first: at,
                end,
                content,
                quality,
            }));
            at = end;
        }
    }

    /// What a word stands for by itself.
    fn word_at(&self, at: usize) -> (usize, Option<Content>, f32) {
        let Some(word) = self.words.get(at) else {
            return (at + 1, None, 1.0);
        };
        let token = &word.token;
        let (content, quality) = match &word.found {
            Some((_, found)) if !found.senses.is_empty() => {
                (Some(Content::Concepts(found.senses.clone())), found.quality)
            }
            _ if token.number => (Some(Content::Number(token.text.clone())), 1.0),
            Some((_, found)) => (found.plural.then_some(Content::Thing), 1.0),
            None if token.text.chars().count() < SHORTEST_UNKNOWN => (None, 1.0),
            None => (Some(Content::Unknown), 1.0),
        };
        (at + 1, content, quality)
    }

    /// The longest phrase that starts at a word.
    fn longest_phrase(&self, at: usize, may_be_split: bool) -> Option<FoundPhrase> {
        let (position, found) = self.words.get(at)?.found.as_ref()?;
        let index = self.indexes.get(*position)?;
        let asking = if may_be_split && index.verb_final() {
            self.first_that_asks(at + 1)
        } else {
            0..0
        };
        let mut best: Option<FoundPhrase> = None;
        let seconds = self.stems_after(at, *position, &asking);
        let pairs = found.stems.iter().flat_map(|&first| {
            let seconds = seconds.iter();
            seconds.map(move |&second| (first, second))
        });
        for phrase in pairs.flat_map(|(first, second)| index.phrases(first, second)) {
            let length = phrase.rest.len();
            if best.as_ref().is_some_and(|best| length < best.length) {
                continue;
            }
            let Some((end, quality)) =
                self.phrase_end(at, *position, phrase.rest, found.quality, &asking)
            else {
                continue;
            };
            // Of two as long the one with fewer words between is meant.
            let rank = (length, Reverse(end));
            match &mut best {
                Some(best) if rank == (best.length, Reverse(best.end)) => {
                    best.senses.push(phrase.sense);
                }
                Some(best) if rank < (best.length, Reverse(best.end)) => {}
                _ => {
                    best = Some(FoundPhrase {
                        end,
                        length,
                        quality,
                        senses: vec![phrase.sense],
                        asking: if asking.end < end {
                            asking.clone()
                        } else {
                            0..0
                        },
                    });
                }
            }
        }
        if let Some(best) = &mut best {
            best.senses.sort_unstable();
            best.senses.dedup();
        }
        best
    }

    /// The first words from here on that ask for something, within reach of a phrase; with the people that they count.
    fn first_that_asks(&self, from: usize) -> Range<usize> {
        let reach = from..=from + FILLERS_BETWEEN;
        let only = |senses: &[Sense], such: &dyn Fn(ConceptId) -> bool| {
            !senses.is_empty() && senses.iter().all(|sense| such(sense.concept))
        };
        let kind = |concept| matches!(self.concepts.role(concept), Role::Kind | Role::Count);
        let people =
            |concept| self.concepts.role(concept) == Role::Soft && self.concepts.counted(concept);
        for at in reach {
            let Some(word) = self.words.get(at) else {
                break;
            };
            if word.token.before != Break::None {
                break;
            }
            let (mut end, senses) = match self.longest_phrase(at, false) {
                Some(phrase) => (phrase.end, phrase.senses),
                None => match &word.found {
                    Some((_, found)) => (at + 1, found.senses.clone()),
                    None => break,
                },
            };
            if only(&senses, &kind) {
                let next = self.words.get(end).and_then(|word| word.found.as_ref());
                if next.is_some_and(|(_, found)| only(&found.senses, &people)) {
                    end += 1;
                }
                return at..end;
            }
        }
        0..0
    }

    /// The stems that the second word of a phrase may have if its first stands here.
    fn stems_after(&self, at: usize, index: usize, asking: &Range<usize>) -> Vec<StemId> {
        let mut stems = Vec::new();
        let mut skipped = 0;
        let mut next = at + 1;
        while let Some(word) = self.words.get(next) {
            let Some((position, found)) = &word.found else {
                break;
            };
            if word.token.before == Break::Sentence {
                break;
            }
            if *position == index {
                stems.extend(&found.stems);
            }
            if asking.contains(&next) {
                next = asking.end;
                continue;
            }
            skipped += 1;
            if !found.filler || skipped > FILLERS_BETWEEN {
                break;
            }
            next += 1;
        }
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// Where the rest of a phrase ends if it follows a word, and how sure that is.
    fn phrase_end(
        &self,
        at: usize,
        index: usize,
        rest: Slice<'_>,
        quality: f32,
        asking: &Range<usize>,
    ) -> Option<(usize, f32)> {
        let mut next = at + 1;
        let mut quality = quality;
        for stem in rest.iter() {
            let mut skipped = 0;
            loop {
                let word = self.words.get(next)?;
                if word.token.before == Break::Sentence {
                    return None;
                }
                let (position, found) = word.found.as_ref()?;
                let here = next;
                next += 1;
                if *position == index && found.stems.contains(&stem) {
                    quality = quality.min(found.quality);
                    break;
                }
                if asking.start == here && !asking.is_empty() {
                    next = asking.end;
                    continue;
                }
                skipped += 1;
                if !found.filler || skipped > FILLERS_BETWEEN {
                    return None;
                }
            }
        }
        Some((next, quality))
    }
}
