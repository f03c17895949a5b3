//! Which two facts a question wants a sum of, where the source does not state it. Says so only where every word of the
//! sentence that asks belongs to them: silence beats a wrong sum. Computes nothing.

use super::asked::{Asked, Target};
use super::concept::{ConceptId, Concepts, Ways};
use super::meaning::Sense;
use super::span::{Content, Span};
use crate::knowledge::{Computation, Fact, Knowledge, Operation, Role, Rules, computations};

/// The weight up to which a word stands beside the sentence that asks.
const BESIDE_THE_QUESTION: f32 = 0.5;

/// The fewest digits of a number that points at a figure.
const LEAST_DIGITS: usize = 3;

/// What may be computed in a hearing, made ready for questions.
#[derive(Debug, Default)]
pub(super) struct Sums {
    computations: Vec<Computation>,
    facts: Vec<Subject>,
    gaps: Vec<(Vec<Operation>, Subject)>,
}

/// A fact or a gap as far as sums are concerned.
#[derive(Debug)]
struct Subject {
    ways: Ways,
    asks: Vec<ConceptId>,
    counts: Vec<ConceptId>,
    supports: Vec<ConceptId>,
    excludes: Ways,
    number: Option<String>,
    /// The facts that it is a part of, by position.
    wholes: Vec<usize>,
}

impl Subject {
    fn new(concepts: &Concepts, rules: &Rules, number: Option<String>) -> Self {
        Self {
            ways: concepts.ways(&rules.needs),
            asks: concepts.ids(&rules.asks),
            counts: concepts.ids(&rules.counts),
            supports: concepts.ids(&rules.supports),
            excludes: concepts.ways(&rules.excludes),
            number,
            wholes: Vec::new(),
        }
    }

    /// The ways to ask for it that a sentence completes.
    fn complete<'a>(
        &'a self,
        sentence: &'a Sentence<'_>,
    ) -> impl Iterator<Item = &'a Vec<Vec<ConceptId>>> {
        self.ways
            .iter()
            .filter(|way| way.iter().all(|group| sentence.names(group)))
    }

    /// Whether a sentence names it, by its concepts or by its figure.
    fn is_named(&self, sentence: &Sentence<'_>) -> bool {
        let by_figure = self.number.as_ref().is_some_and(|number| {
            number.len() >= LEAST_DIGITS && sentence.numbers().any(|other| other == number)
        });
        by_figure || self.complete(sentence).next().is_some()
    }

    /// The concepts of every way that a sentence completes.
    fn named_concepts(&self, sentence: &Sentence<'_>) -> Vec<ConceptId> {
        self.complete(sentence)
            .flatten()
            .flatten()
            .copied()
            .collect()
    }
}

fn position_of_wholes(knowledge: &Knowledge, fact: &Fact) -> Vec<usize> {
    let position = |whole: &Fact| knowledge.facts.iter().position(|fact| fact.id == whole.id);
    knowledge.wholes(fact).filter_map(position).collect()
}

/// The sentence that asks.
struct Sentence<'a> {
    spans: Vec<&'a Span>,
}

impl Sentence<'_> {
    fn senses(&self) -> impl Iterator<Item = &[Sense]> {
        self.spans.iter().filter_map(|span| match &span.content {
            Content::Concepts(senses) => Some(senses.as_slice()),
            _ => None,
        })
    }

    fn names(&self, concepts: &[ConceptId]) -> bool {
        self.senses()
            .flatten()
            .any(|sense| concepts.contains(&sense.concept))
    }

    fn numbers(&self) -> impl Iterator<Item = &String> {
        self.spans.iter().filter_map(|span| match &span.content {
            Content::Number(number) => Some(number),
            _ => None,
        })
    }
}

impl Sums {
    /// Makes ready what the files of a hearing allow to compute.
    pub(super) fn new(knowledge: &Knowledge, concepts: &Concepts) -> Self {
        let number = |fact: &Fact| fact.value.map(|value| value.to_string());
        let gaps = knowledge.gaps.iter();
        if gaps.clone().all(|gap| gap.computes.is_empty()) {
            return Self::default();
        }
        let facts = knowledge.facts.iter();
        Self {
            computations: computations(knowledge),
            facts: facts
                .map(|fact| Subject {
                    wholes: position_of_wholes(knowledge, fact),
                    ..Subject::new(concepts, &fact.rules, number(fact))
                })
                .collect(),
            gaps: gaps
                .map(|gap| {
                    (
                        gap.computes.clone(),
                        Subject::new(concepts, &gap.rules, None),
                    )
                })
                .collect(),
        }
    }

    /// The sum that a question wants which ended in a gap; nothing where that is not plain.
    pub(super) fn wanted(&self, gap: usize, asked: &Asked<'_>) -> Option<Computation> {
        let (operations, gap) = self.gaps.get(gap)?;
        if operations.is_empty() {
            return None;
        }
        let asking = asked
            .parts()
            .filter(|(_, weight)| *weight > BESIDE_THE_QUESTION);
        let sentence = Sentence {
            spans: asking.map(|(span, _)| span).collect(),
        };
        let mut best: Option<(bool, &Computation)> = None;
        for of in &self.computations {
            if !operations.contains(&of.operation) {
                continue;
            }
            let Some(both_named) = self.fits(of, gap, &sentence, asked) else {
                continue;
            };
            match best {
                // Two sums fit equally well: neither is plainly wanted.
                Some((named, other)) if named == both_named && rank(other) == rank(of) => {
                    return None;
                }
                Some((named, other)) if (named, rank(other)) >= (both_named, rank(of)) => {}
                _ => best = Some((both_named, of)),
            }
        }
        best.map(|(_, of)| *of)
    }

    /// Whether a sentence asks for this sum and for nothing else; and if so, whether it names both facts.
    fn fits(
        &self,
        of: &Computation,
        gap: &Subject,
        sentence: &Sentence<'_>,
        asked: &Asked<'_>,
    ) -> Option<bool> {
        let first = self.facts.get(of.first)?;
        let second = self.facts.get(of.second)?;
        let both_named = second.is_named(sentence);
        let whole_is_plain = of.direct && of.operation != Operation::Difference;
        if !first.is_named(sentence) || !(both_named || whole_is_plain) {
            return None;
        }
        let mut explained = gap.named_concepts(sentence);
        if both_named {
            explained.extend(first.named_concepts(sentence));
            explained.extend(second.named_concepts(sentence));
            // What names a third fact would be read over by what the two support.
            if self.names_another(of, sentence) {
                return None;
            }
            let supported = first.supports.iter();
            explained.extend(supported.filter(|concept| second.supports.contains(concept)));
        } else {
            // Where the whole is not named, a further word would more likely name another one.
            let shortest = first.complete(sentence).min_by_key(|way| way.len())?;
            explained.extend(shortest.iter().flatten());
        }
        explained.extend(first.counts.iter().chain(&second.counts));
        let excluded = |subject: &Subject| {
            let open = |concept: &&ConceptId| !explained.contains(concept);
            let names = |group: &Vec<ConceptId>| {
                let group: Vec<_> = group.iter().filter(open).copied().collect();
                sentence.names(&group)
            };
            subject.excludes.iter().any(|way| way.iter().all(names))
        };
        if excluded(first) || excluded(second) {
            return None;
        }
        let kinds = |kind: &ConceptId| explained.contains(kind) || first.asks.contains(kind);
        let fits = |senses: &[Sense]| {
            senses.iter().any(|sense| {
                let concept = sense.concept;
                match asked.concepts.role(concept) {
                    Role::Ask | Role::Intro | Role::Contrast | Role::Frame | Role::Soft => true,
                    Role::Kind | Role::Count => kinds(&concept),
                    Role::Pointer | Role::Among => both_named,
                    Role::Topic | Role::Negation => explained.contains(&concept),
                }
            })
        };
        if sentence
            .spans
            .iter()
            .any(|span| span.content == Content::Unknown)
            || !sentence.senses().all(fits)
            || !numbers_fit(first, second, both_named, sentence)
            || !target_fits(first, second, asked)
        {
            return None;
        }
        Some(both_named)
    }
}

impl Sums {
    /// Whether a sentence names a fact beside the two by a concept that names neither of them; what both are parts of may be
    /// named ("sentenced to a fine, to prison").
    fn names_another(&self, of: &Computation, sentence: &Sentence<'_>) -> bool {
        let shortest = |fact: &Subject| -> Vec<ConceptId> {
            let way = fact.complete(sentence).min_by_key(|way| way.len());
            let named = way.into_iter().flatten().flatten().copied();
            named
                .filter(|concept| sentence.names(&[*concept]))
                .collect()
        };
        let subjects = [self.facts.get(of.first), self.facts.get(of.second)];
        let own: Vec<ConceptId> = subjects.into_iter().flatten().flat_map(&shortest).collect();
        self.facts.iter().enumerate().any(|(position, fact)| {
            let is_whole = |subject: Option<&Subject>| {
                subject.is_some_and(|subject| subject.wholes.contains(&position))
            };
            let belongs =
                position == of.first || position == of.second || subjects.into_iter().all(is_whole);
            !belongs && shortest(fact).iter().any(|concept| !own.contains(concept))
        })
    }
}

/// Of two sums that fit, one over facts that their files relate is meant rather than one through a third.
fn rank(of: &Computation) -> (bool, Operation) {
    (of.direct, of.operation)
}

/// Every number in the sentence is one of the two figures; that of the part alone would be a whole itself.
fn numbers_fit(
    first: &Subject,
    second: &Subject,
    both_named: bool,
    sentence: &Sentence<'_>,
) -> bool {
    sentence.numbers().all(|number| {
        second.number.as_ref() == Some(number)
            || (both_named && first.number.as_ref() == Some(number))
    })
}

/// What "how many" counts is what both figures count.
fn target_fits(first: &Subject, second: &Subject, asked: &Asked<'_>) -> bool {
    let counts = |concept: ConceptId| {
        let counted = |subject: &Subject| {
            subject.counts.is_empty()
                || subject.counts.contains(&concept)
                || asked
                    .concepts
                    .is_a(concept)
                    .is_some_and(|general| subject.counts.contains(&general))
        };
        counted(first) && counted(second)
    };
    match &asked.target {
        Target::None => true,
        Target::Unknown | Target::Other => false,
        Target::Concepts(things) => things.iter().any(|&thing| counts(thing)),
    }
}
