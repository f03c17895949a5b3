//! From a verdict to an answer: what is said, in which language, without markup. Knows no channel, no button, no colour.

use std::ops::Range;

use crate::computed::{Sum, compute};
use crate::knowledge::{Computation, Fact, FactText, Gap, Knowledge, Topic};
use crate::language::Language;
use crate::locale;
use crate::matching::{Outcome, Verdict};

/// What is said to a question.
#[derive(Debug, Clone)]
pub enum Answer<'a> {
    /// A figure and its sentence.
    Fact(Cited<'a>),
    /// Facts of which one may be meant.
    Clarify(Vec<&'a Fact>),
    /// What the source does not say, and the nearest facts.
    Gap(&'a Gap, Vec<&'a Fact>),
    /// What the source does not say, but what can be computed from two facts.
    Computed(Box<Computed<'a>>),
    /// Nothing was found; the topics there are.
    Nothing(&'a [Topic]),
}

/// A fact with everything that must stand beside it.
#[derive(Debug, Clone)]
pub struct Cited<'a> {
    /// The fact.
    pub fact: &'a Fact,
    /// The figure as the language of the reply writes it.
    pub figure: &'a [String],
    /// One clause that says what the figure is.
    pub statement: &'a str,
    /// The sentence of the source, word for word.
    pub quote: Marked<'a>,
    /// The same in the language of the reply, where that is another one.
    pub translation: Option<Marked<'a>>,
    /// Who said it and when.
    pub attribution: String,
    /// Who published it and when.
    pub source: String,
    /// What other sources say otherwise.
    pub differing: Vec<Cited<'a>>,
    /// The facts to offer beside it.
    pub related: Vec<&'a Fact>,
}

/// A sum over two facts, with everything that must stand beside it.
#[derive(Debug, Clone)]
pub struct Computed<'a> {
    /// What the source does not say.
    pub gap: &'a Gap,
    /// The result and how it came about.
    pub sum: Sum,
    /// What must be said of it: that it is computed and not stated, that it is rounded, that it is approximate.
    pub notes: Vec<String>,
    /// The facts it is computed from.
    pub facts: [Cited<'a>; 2],
}

impl<'a> Computed<'a> {
    /// The facts with a quote each; where they share one, it has the marks of both and stands once.
    #[must_use]
    pub fn sentences(&self) -> Vec<Cited<'a>> {
        let [first, second] = &self.facts;
        if first.quote.text != second.quote.text {
            return vec![first.clone(), second.clone()];
        }
        let mut both = second.clone();
        both.quote.mark_too(&first.quote);
        if let (Some(ours), Some(theirs)) = (&mut both.translation, &first.translation)
            && ours.text == theirs.text
        {
            ours.mark_too(theirs);
        }
        vec![both]
    }
}

/// A quote and where the figure stands in it, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked<'a> {
    /// The quote.
    pub text: &'a str,
    /// The stretches to set off, in order, none inside another.
    pub marks: Vec<Range<usize>>,
}

impl<'a> Marked<'a> {
    fn new(text: &'a str, figures: &[String], within: Option<&str>) -> Self {
        let stretch =
            within.and_then(|within| text.find(within).map(|start| start..start + within.len()));
        let stretch = stretch.unwrap_or(0..text.len());
        let inside = text.get(stretch.clone()).unwrap_or_default();
        let found = figures.iter().filter_map(|figure| {
            let start = stretch.start + inside.find(figure.as_str())?;
            Some(start..start + figure.len())
        });
        let mut marks: Vec<_> = found.collect();
        marks.sort_by_key(|mark| mark.start);
        Self { text, marks }
    }

    /// Sets off what is set off in another copy of the same text, too.
    fn mark_too(&mut self, other: &Self) {
        for mark in &other.marks {
            let apart = |own: &Range<usize>| own.end <= mark.start || mark.end <= own.start;
            if self.marks.iter().all(apart) {
                self.marks.push(mark.clone());
            }
        }
        self.marks.sort_by_key(|mark| mark.start);
    }

    /// The quote in pieces, each with whether it is marked.
    pub fn pieces(&self) -> impl Iterator<Item = (&'a str, bool)> {
        let starts = std::iter::once(0).chain(self.marks.iter().map(|mark| mark.end));
        let ends = self
            .marks
            .iter()
            .map(|mark| mark.start)
            .chain(std::iter::once(self.text.len()));
        let plain = starts
            .zip(ends)
            .map(|(start, end)| (self.text.get(start..end).unwrap_or_default(), false));
        let marked = self
            .marks
            .iter()
            .map(|mark| (self.text.get(mark.clone()).unwrap_or_default(), true));
        let marked = marked.map(Some).chain(std::iter::once(None));
        let pieces: Vec<_> = plain
            .zip(marked)
            .flat_map(|(plain, marked)| [Some(plain), marked])
            .flatten()
            .collect();
        pieces.into_iter().filter(|(piece, _)| !piece.is_empty())
    }
}

/// What to say to a verdict, in the language of the question.
#[must_use]
pub fn answer<'a>(knowledge: &'a Knowledge, verdict: &Verdict) -> Answer<'a> {
    let facts = |positions: &[usize]| -> Vec<&'a Fact> {
        positions
            .iter()
            .filter_map(|&position| knowledge.facts.get(position))
            .collect()
    };
    match &verdict.outcome {
        Outcome::Answer(fact) => knowledge
            .facts
            .get(*fact)
            .map(|fact| Answer::Fact(cite(knowledge, fact, verdict.language))),
        Outcome::Clarify(positions) => Some(Answer::Clarify(facts(positions))),
        Outcome::Gap(gap) => knowledge.gaps.get(*gap).map(|gap| {
            let computed = verdict
                .computation
                .and_then(|of| computed(knowledge, gap, &of, verdict.language));
            match computed {
                Some(computed) => Answer::Computed(Box::new(computed)),
                None => Answer::Gap(gap, named(knowledge, &gap.nearest)),
            }
        }),
        Outcome::None => None,
    }
    .unwrap_or(Answer::Nothing(&knowledge.topics))
}

/// A fact with its sentence, its speaker and its source, in a language.
#[must_use]
pub fn cite<'a>(knowledge: &'a Knowledge, fact: &'a Fact, language: Language) -> Cited<'a> {
    let differing = knowledge.differing(fact);
    Cited {
        differing: differing
            .map(|other| cite_alone(knowledge, other, language))
            .collect(),
        ..cite_alone(knowledge, fact, language)
    }
}

fn cite_alone<'a>(knowledge: &'a Knowledge, fact: &'a Fact, language: Language) -> Cited<'a> {
    let (source, _) = knowledge.source_of(fact);
    let text = fact.text(language);
    let own = language == source.language;
    let translation = |text: &'a FactText| {
        Some(Marked::new(
            text.quote.as_deref()?,
            &text.figure,
            text.within.as_deref(),
        ))
    };
    let held = locale::date(language, knowledge.hearing.date);
    let speaker = fact
        .speaker()
        .and_then(|speaker| knowledge.speakers.get(speaker));
    let attribution = match speaker {
        Some(speaker) => locale::text(
            language,
            "said-by",
            &[("speaker", speaker.get(language)), ("date", &held)],
        ),
        None => locale::text(language, "said-by-nobody", &[("date", &held)]),
    };
    let published = locale::date(language, source.date);
    let publisher = source.publisher.get(language);
    Cited {
        fact,
        figure: if own { &fact.figure } else { &text.figure },
        statement: &text.statement,
        quote: Marked::new(&fact.quote, &fact.figure, fact.within.as_deref()),
        // In a new folder the sentence itself stands where its translation will.
        translation: if own || text.quote.as_ref() == Some(&fact.quote) {
            None
        } else {
            translation(text)
        },
        attribution,
        source: locale::text(
            language,
            "source-line",
            &[("publisher", publisher), ("date", &published)],
        ),
        differing: Vec::new(),
        related: named(knowledge, &fact.related),
    }
}

/// A sum over two facts in place of a gap, in a language; nothing where none can be made.
#[must_use]
pub fn computed<'a>(
    knowledge: &'a Knowledge,
    gap: &'a Gap,
    of: &Computation,
    language: Language,
) -> Option<Computed<'a>> {
    let first = cite(knowledge, knowledge.facts.get(of.first)?, language);
    let second = cite(knowledge, knowledge.facts.get(of.second)?, language);
    let sum = compute(knowledge, of, language)?;
    let notes = [
        (true, "computed"),
        (sum.rounded, "computed-rounded"),
        (sum.approximate, "computed-approximate"),
    ];
    let notes = notes
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, id)| locale::text(language, id, &[]))
        .collect();
    Some(Computed {
        gap,
        sum,
        notes,
        facts: [first, second],
    })
}

fn named<'a>(knowledge: &'a Knowledge, ids: &[String]) -> Vec<&'a Fact> {
    ids.iter().filter_map(|id| knowledge.fact(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_marked_where_it_is_meant() {
        let quote = "six to community service and six to a fine.";
        let pieces = |within: Option<&str>| -> Vec<(String, bool)> {
            let marked = Marked::new(quote, &["six".to_owned()], within);
            marked
                .pieces()
                .map(|(piece, mark)| (piece.to_owned(), mark))
                .collect()
        };
        assert_eq!(pieces(None)[0], ("six".to_owned(), true));
        assert_eq!(
            pieces(Some("six to a fine")),
            [
                ("six to community service and ".to_owned(), false),
                ("six".to_owned(), true),
                (" to a fine.".to_owned(), false)
            ]
        );
    }
}
