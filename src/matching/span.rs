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

/// The meaningful stretches of a question, in order, but that what asks from inside a phrase stands behind it. Words that mean
/// nothing are left out.
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
    /// The words that ask between its own.
    asking: Option<Range<usize>>,
}

impl Question<'_> {
    fn add_spans(&self, range: Range<usize>, spans: &mut Vec<Span>) {
        let mut at = range.start;
        while at < range.end {
            let (end, content, quality, asking) =
                if let Some(phrase) = self.longest_phrase(at, true) {
                    let content = Content::Concepts(phrase.senses);
                    (phrase.end, Some(content), phrase.quality, phrase.asking)
                } else {
                    let (content, quality) = self.word_at(at);
                    (at + 1, content, quality, None)
                };
            spans.extend(content.map(|content| Span {
                first: at,
                end,
                content,
                quality,
            }));
            self.add_spans(asking.unwrap_or(0..0), spans);
            at = end;
        }
    }

    /// What a word stands for by itself.
    fn word_at(&self, at: usize) -> (Option<Content>, f32) {
        let Some(word) = self.words.get(at) else {
            return (None, 1.0);
        };
        let token = &word.token;
        match &word.found {
            Some((_, found)) if !found.senses.is_empty() => {
                (Some(Content::Concepts(found.senses.clone())), found.quality)
            }
            _ if token.number => (Some(Content::Number(token.text.clone())), 1.0),
            Some((_, found)) => (found.plural.then_some(Content::Thing), 1.0),
            None if token.text.chars().count() < SHORTEST_UNKNOWN => (None, 1.0),
            None => (Some(Content::Unknown), 1.0),
        }
    }

    /// The longest phrase that starts at a word.
    fn longest_phrase(&self, at: usize, may_be_split: bool) -> Option<FoundPhrase> {
        let (position, found) = self.words.get(at)?.found.as_ref()?;
        let index = self.indexes.get(*position)?;
        let asking = (may_be_split && index.verb_final()).then(|| self.first_that_asks(at + 1));
        let asking = asking.flatten();
        let mut best: Option<FoundPhrase> = None;
        let seconds = self.stems_after(at, *position, asking.as_ref());
        let pairs = found.stems.iter().flat_map(|&first| {
            let seconds = seconds.iter();
            seconds.map(move |&second| (first, second))
        });
        for phrase in pairs.flat_map(|(first, second)| index.phrases(first, second)) {
            let rank = |end: usize, length: usize| (length, Reverse(end));
            let other = best.as_ref().map(|best| rank(best.end, best.length));
            let length = phrase.rest.len();
            if other.is_some_and(|(longest, _)| length < longest) {
                continue;
            }
            let begun = (at + 1, found.quality);
            let rest = self.rest_of_phrase(begun, *position, phrase.rest, asking.as_ref());
            let Some((end, quality, split)) = rest else {
                continue;
            };
            // Of two as long the one with fewer words between is meant.
            match &mut best {
                Some(best) if other == Some(rank(end, length)) => best.senses.push(phrase.sense),
                Some(_) if other > Some(rank(end, length)) => {}
                _ => {
                    best = Some(FoundPhrase {
                        end,
                        length,
                        quality,
                        senses: vec![phrase.sense],
                        asking: asking.clone().filter(|_| split),
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

    /// The first words from here on that ask, within reach of a phrase, and the people whom they count. Where the verb comes last
    /// they may stand before it, inside a phrase: "the fire who lit".
    fn first_that_asks(&self, from: usize) -> Option<Range<usize>> {
        let only = |senses: &[Sense], such: &dyn Fn(ConceptId) -> bool| {
            !senses.is_empty() && senses.iter().all(|sense| such(sense.concept))
        };
        let role = |concept| self.concepts.role(concept);
        let kind = |concept| matches!(role(concept), Role::Kind | Role::Count);
        let people = |concept| role(concept) == Role::Soft && self.concepts.counted(concept);
        let senses = |at: usize| {
            let found = self.words.get(at).and_then(|word| word.found.as_ref());
            found.map_or(&[][..], |(_, found)| &found.senses)
        };
        let together = |at: usize| {
            let word = self.words.get(at);
            word.is_some_and(|word| word.token.before == Break::None)
        };
        let mut near = (from..=from + FILLERS_BETWEEN).take_while(|&at| together(at));
        let start = near.find(|&at| only(senses(at), &kind))?;
        let phrase = self.longest_phrase(start, false);
        let phrase = phrase.filter(|phrase| only(&phrase.senses, &kind));
        let end = phrase.map_or(start + 1, |phrase| phrase.end);
        Some(start..end + usize::from(only(senses(end), &people)))
    }

    /// The stems that the second word of a phrase may have if its first stands here.
    fn stems_after(&self, at: usize, index: usize, asking: Option<&Range<usize>>) -> Vec<StemId> {
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
            if let Some(asking) = asking.filter(|asking| asking.start == next) {
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

    /// Where the rest of a phrase ends if it goes on here, how sure that is, and whether the words that ask stand in it.
    fn rest_of_phrase(
        &self,
        (mut next, mut quality): (usize, f32),
        index: usize,
        rest: Slice<'_>,
        asking: Option<&Range<usize>>,
    ) -> Option<(usize, f32, bool)> {
        let mut split = false;
        for stem in rest.iter() {
            let mut skipped = 0;
            loop {
                let word = self.words.get(next)?;
                if word.token.before == Break::Sentence {
                    return None;
                }
                let (position, found) = word.found.as_ref()?;
                if *position == index && found.stems.contains(&stem) {
                    quality = quality.min(found.quality);
                    next += 1;
                    break;
                }
                if let Some(asking) = asking.filter(|asking| asking.start == next) {
                    next = asking.end;
                    split = true;
                    continue;
                }
                next += 1;
                skipped += 1;
                if !found.filler || skipped > FILLERS_BETWEEN {
                    return None;
                }
            }
        }
        Some((next, quality, split))
    }
}
