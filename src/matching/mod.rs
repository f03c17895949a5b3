//! From a question to a verdict: words, concepts, scored candidates. Pure and immutable once built; must not know how
//! questions arrive or how answers look.
//!
//! The stations, in order: `normalise` (text to words), `typing` (keyboard layouts, Latin letters), `stemming` and
//! `fuzzy` (inflections, typos), `index` (a lexicon), `reading` (the language and what each word is),
//! `span` (phrases and concepts), `focus` (the clause that asks), `asked` (what it asks), `candidate` and `score` (how well
//! facts and gaps explain it), `verdict` (the decision).

mod asked;
#[cfg(test)]
mod bounds;
mod candidate;
mod compute;
mod concept;
mod explain;
mod focus;
mod folded;
mod fuzzy;
mod index;
mod indexes;
mod lint;
mod lookup;
mod meaning;
mod normalise;
mod packed;
#[cfg(test)]
mod properties;
mod reading;
mod score;
mod span;
mod stemming;
mod trace;
mod typing;
mod verdict;
mod vocabulary;

use std::collections::BTreeMap;

use asked::Asked;
use candidate::Candidate;
pub(crate) use candidate::Subject;
use compute::Sums;
use concept::{ConceptId, Concepts};
use index::Index;
pub use indexes::Indexes;
pub use lint::lexicon_faults;
use reading::Reading;
use span::{Content, Span};
pub(crate) use trace::{Heard, KeywordOf, Meaning, Part, in_other_words, sample};
use verdict::Round;
pub use verdict::{Outcome, Verdict};

use crate::knowledge::{Computation, Fact, Knowledge};
use crate::language::Language;
use crate::parallel::{MANY, in_parallel};

/// The matcher of one hearing: built once from its knowledge, then asked any number of times.
pub struct Matcher {
    concepts: Concepts,
    indexes: Vec<Index>,
    candidates: Vec<Candidate>,
    /// The candidates that need a concept, by concept. A way to ask is complete only with all of its groups, so it is listed
    /// under its rarest one alone.
    needing: BTreeMap<ConceptId, Vec<usize>>,
    /// The candidates that have a number as their figure.
    numbered: BTreeMap<String, Vec<usize>>,
    /// The figures of all facts that are numbers.
    figures: Vec<String>,
    sums: Sums,
}

/// Everything that was seen on the way to a verdict.
struct Considered {
    reading: Reading,
    spans: Vec<Span>,
    rounds: Vec<Round>,
    verdict: Verdict,
}

impl Matcher {
    /// Builds the matcher of a hearing.
    #[must_use]
    pub fn new(knowledge: &Knowledge, Indexes(indexes): Indexes) -> Self {
        let concepts = Concepts::new(&knowledge.concepts);
        // A fact that is shown beside another one is asked for by that one's rules.
        let facts = knowledge.facts.iter().enumerate();
        let facts = facts.filter(|(_, fact)| fact.differs_from.is_none());
        let facts: Vec<(usize, &Fact)> = facts.collect();
        let facts: Vec<&[(usize, &Fact)]> = facts.chunks(MANY).collect();
        let facts = in_parallel(&facts, |facts| -> Vec<Candidate> {
            let of = |&(position, fact)| Candidate::of_fact(knowledge, &concepts, position, fact);
            facts.iter().map(of).collect()
        });
        let gaps = knowledge.gaps.iter().enumerate();
        let gaps = gaps.map(|(position, gap)| Candidate::of_gap(&concepts, position, gap));
        let candidates: Vec<Candidate> = facts.into_iter().flatten().chain(gaps).collect();
        let mut needing: BTreeMap<ConceptId, Vec<usize>> = BTreeMap::new();
        let mut numbered: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let common = how_common(&candidates);
        for (position, candidate) in candidates.iter().enumerate() {
            for way in &candidate.ways {
                let hits = |group: &&Vec<ConceptId>| -> usize {
                    group.iter().filter_map(|concept| common.get(concept)).sum()
                };
                for &concept in way.iter().min_by_key(hits).into_iter().flatten() {
                    let list = needing.entry(concept).or_default();
                    if list.last() != Some(&position) {
                        list.push(position);
                    }
                }
            }
            if let Some(number) = &candidate.own_number {
                numbered.entry(number.clone()).or_default().push(position);
            }
        }
        let figures = numbered.keys().cloned().collect();
        Self {
            sums: Sums::new(knowledge, &concepts),
            concepts,
            indexes,
            candidates,
            needing,
            numbered,
            figures,
        }
    }

    /// The verdict on a question.
    ///
    /// `preferred` is the sender's language; it decides where the question's own words do not.
    #[must_use]
    pub fn ask(&self, question: &str, preferred: Option<Language>) -> Verdict {
        self.consider(question, preferred).verdict
    }

    /// How the verdict on a question came about, in lines for the person who keeps the knowledge.
    #[must_use]
    pub fn explain(
        &self,
        knowledge: &Knowledge,
        question: &str,
        preferred: Option<Language>,
    ) -> String {
        explain::explain(self, knowledge, &self.consider(question, preferred))
    }

    fn consider(&self, question: &str, preferred: Option<Language>) -> Considered {
        let reading = reading::read(&self.indexes, question, preferred);
        let spans = span::spans(&self.concepts, &self.indexes, &reading.words);
        let (rounds, mut verdict) = verdict::decide(self, &reading, &spans);
        verdict.computation = self.sum_instead(&rounds, &spans, &verdict.outcome);
        Considered {
            reading,
            spans,
            rounds,
            verdict,
        }
    }

    /// The sum that a question wants, where it ended in a gap.
    fn sum_instead(
        &self,
        rounds: &[Round],
        spans: &[Span],
        outcome: &Outcome,
    ) -> Option<Computation> {
        let Outcome::Gap(gap) = outcome else {
            return None;
        };
        let round = rounds
            .iter()
            .rev()
            .find(|round| round.outcome == *outcome)?;
        let asked = Asked::new(&self.concepts, spans, &round.weights, &self.figures);
        self.sums.wanted(*gap, &asked)
    }

    /// The candidates that a question can be about, in a fixed order: those that may have a way to ask complete in it, or one
    /// of its numbers as their figure.
    fn candidates_for(&self, spans: &[Span]) -> Vec<&Candidate> {
        let mut concepts: Vec<ConceptId> = Vec::new();
        let mut positions: Vec<usize> = Vec::new();
        for span in spans {
            match &span.content {
                Content::Concepts(senses) => {
                    concepts.extend(senses.iter().map(|sense| sense.concept));
                }
                Content::Number(number) => {
                    positions.extend(self.numbered.get(number).into_iter().flatten());
                }
                Content::Thing | Content::Unknown => {}
            }
        }
        concepts.sort_unstable();
        concepts.dedup();
        positions.extend(
            concepts
                .iter()
                .filter_map(|concept| self.needing.get(concept))
                .flatten(),
        );
        positions.sort_unstable();
        positions.dedup();
        positions
            .into_iter()
            .filter_map(|position| self.candidates.get(position))
            .collect()
    }
}

/// How many ways to ask name a concept.
fn how_common(candidates: &[Candidate]) -> BTreeMap<ConceptId, usize> {
    let mut common = BTreeMap::new();
    let ways = candidates.iter().flat_map(|candidate| &candidate.ways);
    for concept in ways.flatten().flatten() {
        *common.entry(*concept).or_default() += 1;
    }
    common
}

/// The id of a subject, for people.
fn subject_id(knowledge: &Knowledge, subject: Subject) -> String {
    match subject {
        Subject::Fact(position) => knowledge.facts.get(position).map(|fact| fact.id.clone()),
        Subject::Gap(position) => knowledge
            .gaps
            .get(position)
            .map(|gap| format!("gap {}", gap.id)),
    }
    .unwrap_or_default()
}
