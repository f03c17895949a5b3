//! From a question to a verdict: words, concepts, scored candidates. Pure and immutable once built; must not know how
//! questions arrive or how answers look.
//!
//! The stations, in order: `normalise` (text to words), `typing` (keyboard layouts, Latin letters), `stemming` and
//! `fuzzy` (inflections, typos), `index` (a lexicon), `reading` (the language and what each word is),
//! `span` (phrases and concepts), `focus` (the clause that asks), `score` (candidates), `verdict` (the decision).

mod concept;
mod explain;
mod focus;
mod fuzzy;
mod index;
mod lint;
mod normalise;
#[cfg(test)]
mod properties;
mod reading;
mod score;
mod span;
mod stemming;
mod typing;
mod verdict;

use std::collections::BTreeMap;

use concept::{ConceptId, Concepts};
use index::{Index, Script};
pub use lint::lexicon_faults;
use reading::Reading;
use score::{Candidate, Subject};
use span::{Content, Span};
use verdict::Round;
pub use verdict::{Outcome, Verdict};

use crate::knowledge::Knowledge;
use crate::language::Language;

/// The matcher of one hearing: built once from its knowledge, then asked any number of times.
pub struct Matcher {
    concepts: Concepts,
    indexes: Vec<Index>,
    candidates: Vec<Candidate>,
    /// The candidates that need a concept, by concept.
    needing: BTreeMap<ConceptId, Vec<usize>>,
    /// The candidates that have a number as their figure.
    numbered: BTreeMap<String, Vec<usize>>,
    /// The figures of all facts that are numbers.
    figures: Vec<String>,
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
    ///
    /// # Errors
    /// The lexicon that names a stemmer that does not exist; [`lexicon_faults`] says where.
    pub fn new(knowledge: &Knowledge) -> Result<Self, String> {
        let concepts = Concepts::new(&knowledge.concepts);
        let mut indexes = Vec::new();
        // Native letters come first: a word that a language has itself is not looked for in disguise.
        for script in [Script::Native, Script::Latin] {
            for (language, lexicon) in knowledge.lexicons.iter() {
                if script == Script::Native || language != Language::En {
                    indexes.push(Index::new(language, script, lexicon, &concepts)?);
                }
            }
        }
        let facts = knowledge.facts.iter().enumerate();
        let facts =
            facts.map(|(position, fact)| Candidate::of_fact(knowledge, &concepts, position, fact));
        let gaps = knowledge.gaps.iter().enumerate();
        let gaps = gaps.map(|(position, gap)| Candidate::of_gap(&concepts, position, gap));
        let candidates: Vec<Candidate> = facts.chain(gaps).collect();
        let mut needing: BTreeMap<ConceptId, Vec<usize>> = BTreeMap::new();
        let mut numbered: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, candidate) in candidates.iter().enumerate() {
            for &concept in candidate.ways.iter().flatten().flatten() {
                let list = needing.entry(concept).or_default();
                if list.last() != Some(&position) {
                    list.push(position);
                }
            }
            if let Some(number) = &candidate.own_number {
                numbered.entry(number.clone()).or_default().push(position);
            }
        }
        let figures = numbered.keys().cloned().collect();
        Ok(Self {
            concepts,
            indexes,
            candidates,
            needing,
            numbered,
            figures,
        })
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
        let spans = span::spans(&self.indexes, &reading.words);
        let (rounds, verdict) = verdict::decide(self, &reading, &spans);
        Considered {
            reading,
            spans,
            rounds,
            verdict,
        }
    }

    /// The candidates that a question can be about, in a fixed order: those that need one of its concepts or have one of
    /// its numbers as their figure.
    fn candidates_for(&self, spans: &[Span]) -> Vec<&Candidate> {
        let mut positions: Vec<usize> = Vec::new();
        for span in spans {
            match &span.content {
                Content::Concepts(senses) => {
                    for sense in senses {
                        positions.extend(self.needing.get(&sense.concept).into_iter().flatten());
                    }
                }
                Content::Number(number) => {
                    positions.extend(self.numbered.get(number).into_iter().flatten());
                }
                Content::Thing | Content::Unknown => {}
            }
        }
        positions.sort_unstable();
        positions.dedup();
        positions
            .into_iter()
            .filter_map(|position| self.candidates.get(position))
            .collect()
    }
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
