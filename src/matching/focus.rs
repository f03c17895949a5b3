//! Which clause of a question asks: people tell their story around it. Gives every span a weight, once for each
//! sentence that asks. Knows the roles of concepts, but no facts.

use std::collections::BTreeSet;

use super::Matcher;
use super::index::Index;
use super::normalise::Break;
use super::reading::Word;
use super::span::{Content, Span};
use crate::knowledge::Role;

/// How much each span counts, in the order of the spans; 1 for those of the clause that asks.
pub(crate) type Weights = Vec<f32>;

/// Clauses of the asking sentence that stand before the one that asks.
const BEFORE_THE_ASKING_CLAUSE: f32 = 0.6;

/// The rest of the text, where the asking sentence alone does not say enough.
const CONTEXT: f32 = 0.45;

/// What people say of themselves, where even that is needed.
const INTRO: f32 = 0.2;

/// How many sentences that ask are looked at, from the first on: each costs a look at the whole text. Nobody asks more in
/// one message, and of three different answers none is given as the answer.
const MOST_ASKING: usize = 16;

/// A clause of a question.
#[derive(Debug)]
struct Clause {
    spans: std::ops::Range<usize>,
    sentence: usize,
    asks: bool,
    /// Holds words that only introduce a question.
    ask: bool,
    /// Holds a kind of question: who, how many …
    kind: bool,
    intro: bool,
    /// Says what is not asked: "…, not the cases", "rather than the cases".
    contrast: bool,
    /// Ends in a question mark.
    marked: bool,
    /// Says what the question is about.
    topic: bool,
    /// Follows the clause before it without a stop between.
    joined: bool,
}

/// The weights of every sentence that asks, each by itself; and of each with the rest of the text as its context.
pub(crate) struct Focus {
    /// The asking sentence alone.
    pub(crate) narrow: Weights,
    /// The asking sentence and what stands around it.
    pub(crate) wide: Weights,
}

/// Finds the sentences that ask. Where none does, the whole text asks.
pub(super) fn focuses(matcher: &Matcher, words: &[Word], spans: &[Span]) -> Vec<Focus> {
    let clauses = clauses(matcher, words, spans);
    let mut asking: Vec<usize> = clauses
        .iter()
        .filter(|clause| clause.asks)
        .map(|clause| clause.sentence)
        .collect();
    asking.dedup();
    // "Just the number, please." only underlines what another sentence asks.
    let sentences = |such: fn(&Clause) -> bool| -> BTreeSet<usize> {
        let such = clauses.iter().filter(|clause| such(clause));
        such.map(|clause| clause.sentence).collect()
    };
    let saying = sentences(|clause| clause.kind || clause.topic);
    if asking.iter().any(|sentence| saying.contains(sentence)) {
        asking.retain(|sentence| saying.contains(sentence));
    }
    // "My mother keeps asking": beside a sentence that asks for something, these words are story.
    let (kinds, topics) = (
        sentences(|clause| clause.kind),
        sentences(|clause| clause.topic),
    );
    if asking
        .iter()
        .any(|sentence| kinds.contains(sentence) && topics.contains(sentence))
    {
        let told = sentences(|clause| clause.kind || clause.marked);
        asking.retain(|sentence| told.contains(sentence));
    }
    let by_words = sentences(|clause| clause.kind || clause.ask);
    asking.truncate(MOST_ASKING);
    if asking.is_empty() {
        let all = |intro: f32| {
            weights(matcher, spans, &clauses, |_, clause| {
                if clause.intro { intro } else { 1.0 }
            })
        };
        return vec![Focus {
            narrow: all(0.0),
            wide: all(INTRO),
        }];
    }
    let focus = |sentence: usize| {
        let first = |such: fn(&Clause) -> bool| {
            let mut positions = clauses.iter();
            positions.position(|clause| clause.sentence == sentence && clause.asks && such(clause))
        };
        // "With my own eyes, …, how many officers": the clause that names a kind and a topic asks, before those that may.
        let first_asking = first(|clause| clause.kind && clause.topic)
            .or_else(|| first(|clause| clause.kind))
            .or_else(|| first(|_| true));
        let after = clauses.iter().enumerate().skip(first_asking.unwrap_or(0));
        // A sentence that asks by its mark alone asks with all it says.
        let by_mark = !by_words.contains(&sentence);
        let complete = after
            .clone()
            .any(|(_, clause)| clause.sentence == sentence && clause.topic);
        // What an asking clause without a topic asks about stands nearest before it.
        let before = clauses.iter().enumerate().take(first_asking.unwrap_or(0));
        let nearest = before
            .rev()
            .find(|(_, clause)| clause.sentence == sentence && clause.topic && !clause.intro)
            .map(|(position, _)| position);
        let begins = if complete { first_asking } else { nearest };
        // "People who were jailed like my brother, how many": the asking clause goes on with what the intro began.
        let continued = first_asking
            .filter(|_| !complete)
            .filter(|&asking| clauses.get(asking).is_some_and(|clause| clause.joined))
            .and_then(|asking| asking.checked_sub(1));
        let inside =
            |position: usize, clause: &Clause| match (clause.sentence == sentence, clause.intro) {
                _ if Some(position) == continued => Some(1.0),
                (true, false) if !by_mark && Some(position) < begins => {
                    Some(BEFORE_THE_ASKING_CLAUSE)
                }
                (true, false) => Some(1.0),
                _ => None,
            };
        let around = |clause: &Clause| if clause.intro { INTRO } else { CONTEXT };
        Focus {
            narrow: weights(matcher, spans, &clauses, |position, clause| {
                inside(position, clause).unwrap_or(0.0)
            }),
            wide: weights(matcher, spans, &clauses, |position, clause| {
                inside(position, clause).unwrap_or_else(|| around(clause))
            }),
        }
    };
    asking.into_iter().map(focus).collect()
}

/// What every span weighs by its clause. Another place, time or event belongs to the question wherever it stands in the
/// sentence that asks: "in Shymkent, how many".
fn weights(
    matcher: &Matcher,
    spans: &[Span],
    clauses: &[Clause],
    of: impl Fn(usize, &Clause) -> f32,
) -> Weights {
    let elsewhere = |span: &Span| match &span.content {
        Content::Concepts(senses) => senses
            .iter()
            .any(|sense| !sense.weak && matcher.concepts.elsewhere(sense.concept)),
        _ => false,
    };
    let weigh = |(position, clause): (usize, &Clause)| {
        let weight = if clause.contrast {
            0.0
        } else {
            of(position, clause)
        };
        let spans = spans.get(clause.spans.clone()).unwrap_or_default();
        spans.iter().map(move |span| {
            if weight >= BEFORE_THE_ASKING_CLAUSE && elsewhere(span) {
                1.0
            } else {
                weight
            }
        })
    };
    clauses.iter().enumerate().flat_map(weigh).collect()
}

/// Clauses end at punctuation, before words that begin to ask or to introduce oneself, and after the verb in which people
/// introduce themselves where the verb comes last.
fn clauses(matcher: &Matcher, words: &[Word], spans: &[Span]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut sentence = 0;
    let mut seen = 0;
    let mut introduced = false;
    for (position, span) in spans.iter().enumerate() {
        let between = words.get(seen..=span.first).unwrap_or_default();
        let gap = between
            .iter()
            .map(|word| word.token.before)
            .max()
            .unwrap_or(Break::None);
        seen = seen.max(span.end);
        if gap == Break::Sentence && position > 0 {
            sentence += 1;
        }
        let is = |role: Role| has_role(matcher, span, role);
        let kind = is(Role::Kind) || is(Role::Count);
        let asks = is(Role::Ask) || kind;
        let intro = is(Role::Intro);
        let contrast = is(Role::Contrast) || (gap == Break::Clause && is(Role::Negation));
        let starts = match clauses.last() {
            None => true,
            Some(_) if gap != Break::None => true,
            Some(_) if introduced && !intro => true,
            Some(_) if is(Role::Contrast) => true,
            Some(last) => {
                is(Role::Ask) || (intro && !last.intro) || (asks && (last.intro || last.contrast))
            }
        };
        introduced = intro && verb_final(matcher, words, span);
        if starts {
            clauses.push(Clause {
                spans: position..position,
                sentence,
                asks: false,
                ask: false,
                kind: false,
                intro,
                contrast,
                marked: false,
                topic: false,
                joined: gap == Break::None && position > 0,
            });
        }
        if let Some(clause) = clauses.last_mut() {
            clause.spans.end = position + 1;
            clause.asks |= asks && !clause.contrast;
            clause.ask |= is(Role::Ask);
            clause.kind |= kind;
            clause.topic |= is(Role::Topic);
        }
    }
    mark_negations(matcher, words, spans, &mut clauses);
    mark_question_marks(words, spans, &mut clauses);
    clauses
}

fn has_role(matcher: &Matcher, span: &Span, role: Role) -> bool {
    let Content::Concepts(senses) = &span.content else {
        return false;
    };
    let mut senses = senses.iter();
    senses.any(|sense| matcher.concepts.role(sense.concept) == role)
}

/// Where the verb comes last, so does what negates: "the fined not, the jailed how many". Such a clause says what is not asked if
/// one behind it asks and says about what.
fn mark_negations(matcher: &Matcher, words: &[Word], spans: &[Span], clauses: &mut [Clause]) {
    let mut complete = None;
    let mut goes_on = false;
    for clause in clauses.iter_mut().rev() {
        let last = spans.get(clause.spans.clone()).and_then(<[Span]>::last);
        let negated = last.is_some_and(|span| {
            [Role::Negation, Role::Contrast]
                .into_iter()
                .any(|role| has_role(matcher, span, role))
                && verb_final(matcher, words, span)
        });
        if negated && !goes_on && complete == Some(clause.sentence) {
            clause.contrast = true;
            clause.asks = false;
        } else if clause.kind && clause.topic {
            complete = Some(clause.sentence);
        }
        goes_on = clause.joined;
    }
}

/// Whether a clause ends in its verb in the language of these words.
fn verb_final(matcher: &Matcher, words: &[Word], span: &Span) -> bool {
    let found = words.get(span.first).and_then(|word| word.found.as_ref());
    found
        .and_then(|(index, _)| matcher.indexes.get(*index))
        .is_some_and(Index::verb_final)
}

/// A sentence that ends in a question mark asks, even without a question word: by the last clause that says what is asked.
fn mark_question_marks(words: &[Word], spans: &[Span], clauses: &mut [Clause]) {
    let mut next = None;
    for clause in clauses.iter_mut().rev().filter(|clause| !clause.contrast) {
        let last = next != Some(clause.sentence);
        next = Some(clause.sentence);
        if !last {
            continue;
        }
        let from = spans.get(clause.spans.start).map_or(0, |span| span.first);
        let sentence = words.get(from..).unwrap_or_default().iter().enumerate();
        let mut sentence = sentence
            .take_while(|(index, word)| *index == 0 || word.token.before != Break::Sentence);
        clause.marked = sentence.any(|(_, word)| word.token.asks_after);
        clause.asks |= clause.marked && !clause.intro;
    }
}
