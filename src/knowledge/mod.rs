//! What the bot knows: one source, its facts and gaps, and how languages speak of them; loaded from a folder and checked.
//! Must not know how questions are matched, answered or sent.

mod check;
mod fault;
mod folder;
mod load;
mod pinned;
mod proof;
mod relation;
mod schema;
mod sentences;
mod suggest;

use std::collections::BTreeMap;

pub use fault::Fault;
pub(crate) use fault::Place;
pub use folder::Folder;
pub(crate) use pinned::sha256;
pub use proof::Proof;
pub use relation::{Computation, Operation, computations};
pub use schema::{
    Concept, Date, Fact, FactText, Gap, GapText, Hearing, Keywords, Lexicon, Role, Rules,
    SourceInfo, Topic, Way,
};
pub use suggest::sentence_with;

use crate::language::{ByLanguage, Language};

/// Everything that the bot knows about one hearing. It is loaded whole and checked, and never changes after.
#[derive(Debug, Clone)]
pub struct Knowledge {
    /// The hearing.
    pub hearing: Hearing,
    /// Where the article comes from.
    pub source: SourceInfo,
    /// The article, word for word.
    pub source_text: String,
    /// The further sources, each with its text, by id.
    pub sources: BTreeMap<String, (SourceInfo, String)>,
    /// Who spoke, by id.
    pub speakers: BTreeMap<String, ByLanguage<String>>,
    /// The topics that facts are listed under, in order.
    pub topics: Vec<Topic>,
    /// The facts, in the order of their ids.
    pub facts: Vec<Fact>,
    /// The positions of the facts that say of a fact that they are part of it or differ from it, by its id.
    pub(crate) named_by: BTreeMap<String, Vec<usize>>,
    /// The gaps, in the order of their ids.
    pub gaps: Vec<Gap>,
    /// The concepts by id.
    pub concepts: BTreeMap<String, Concept>,
}

/// How each language says the concepts: most of a folder, and needed only until it is indexed.
pub type Lexicons = ByLanguage<Lexicon>;

impl Knowledge {
    /// Loads a folder and checks all that can be checked without matching a question.
    ///
    /// # Errors
    /// Every fault of the folder, in the order of files and lines; never only the first.
    pub fn load_with_lexicons(folder: &Folder) -> Result<(Self, Lexicons), Vec<Fault>> {
        let mut faults = Vec::new();
        let lexicons = load::lexicons(folder, &mut faults);
        let knowledge = load::knowledge(folder, &mut faults);
        let loaded = knowledge.zip(lexicons);
        if let Some((knowledge, lexicons)) = &loaded {
            check::check(knowledge, folder, &mut faults);
            check::check_lexicons(knowledge, lexicons, folder, &mut faults);
        }
        faults.sort();
        faults.dedup();
        match loaded {
            Some(loaded) if faults.is_empty() => Ok(loaded),
            _ => Err(faults),
        }
    }

    /// The same without the lexicons, where others have looked at them.
    ///
    /// # Errors
    /// Every fault of the folder, in the order of files and lines; never only the first.
    pub fn load(folder: &Folder) -> Result<Self, Vec<Fault>> {
        Self::checked(folder, check::check)
    }

    /// Loads a folder and checks its sources, quotes and figures alone: whatever else is wrong with it does not stand in the
    /// way of proving them. Not for answers.
    ///
    /// # Errors
    /// As [`Knowledge::load`].
    pub fn load_to_prove(folder: &Folder) -> Result<Self, Vec<Fault>> {
        Self::checked(folder, check::check_quotes)
    }

    fn checked(
        folder: &Folder,
        check: fn(&Self, &Folder, &mut Vec<Fault>),
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let knowledge = load::knowledge(folder, &mut faults);
        if let Some(knowledge) = &knowledge {
            check(knowledge, folder, &mut faults);
        }
        faults.sort();
        faults.dedup();
        knowledge.filter(|_| faults.is_empty()).ok_or(faults)
    }

    /// The fact of an id.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.get(self.position(id)?)
    }

    /// The position of a fact by its id.
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.facts
            .binary_search_by(|fact| fact.id.as_str().cmp(id))
            .ok()
    }

    /// The source that the quote of a fact stands in, and its text.
    #[must_use]
    pub fn source_of(&self, fact: &Fact) -> (&SourceInfo, &str) {
        let named = fact.source.as_ref().and_then(|id| self.sources.get(id));
        named.map_or(
            (&self.source, self.source_text.as_str()),
            |(source, text)| (source, text.as_str()),
        )
    }

    /// The facts of other sources that differ from a fact.
    pub fn differing<'a>(&'a self, fact: &'a Fact) -> impl Iterator<Item = &'a Fact> {
        let head = fact.differs_from.as_deref().unwrap_or(&fact.id);
        let mut group: Vec<&Fact> = self.naming(head).chain(self.fact(head)).collect();
        group.sort_unstable_by_key(|other| &other.id);
        group.into_iter().filter(move |other| {
            other.id != fact.id && (other.id == head || other.differs_from.as_deref() == Some(head))
        })
    }

    /// The facts that say of a fact that they are part of it or differ from it, in the order of their ids.
    fn naming<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Fact> {
        let positions = self.named_by.get(id).into_iter().flatten();
        positions.filter_map(|&position| self.facts.get(position))
    }

    /// The gap of an id.
    #[must_use]
    pub fn gap(&self, id: &str) -> Option<&Gap> {
        self.gaps
            .binary_search_by(|gap| gap.id.as_str().cmp(id))
            .ok()
            .and_then(|index| self.gaps.get(index))
    }

    /// The facts of a topic, in the order of their ids.
    pub fn facts_of<'a>(&'a self, topic: &'a Topic) -> impl Iterator<Item = &'a Fact> {
        self.facts.iter().filter(|fact| fact.topic == topic.id)
    }

    /// The facts that the picture of a fact sets beside it, in order: those it names, or its parts. None where there is no
    /// picture.
    #[must_use]
    pub fn drawn_beside<'a>(&'a self, whole: &'a Fact) -> Vec<&'a Fact> {
        let named = |ids: &'a [String]| ids.iter().filter_map(|id| self.fact(id)).collect();
        let parts: Vec<&Fact> = match (whole.chart.as_slice(), whole.parts.as_slice()) {
            ([], []) => {
                let is_part = |fact: &&Fact| fact.part_of.as_deref() == Some(whole.id.as_str());
                self.naming(&whole.id).filter(is_part).collect()
            }
            ([], parts) => named(parts),
            (chart, _) => named(chart),
        };
        let drawable = whole.value.is_some() && parts.iter().all(|part| part.value.is_some());
        if drawable { parts } else { Vec::new() }
    }

    /// The fact whose picture shows a fact: itself, or the one that it is a part of.
    #[must_use]
    pub fn drawn_whole<'a>(&'a self, fact: &'a Fact) -> Option<&'a Fact> {
        let whole = fact.part_of.as_deref().and_then(|id| self.fact(id));
        std::iter::once(fact)
            .chain(whole)
            .find(|fact| !self.drawn_beside(fact).is_empty())
    }

    /// The quote of a fact in a language, or nothing where that is the source's own.
    #[must_use]
    pub fn translation<'a>(&self, fact: &'a Fact, language: Language) -> Option<&'a str> {
        if language == self.source_of(fact).0.language {
            None
        } else {
            fact.text(language).quote.as_deref()
        }
    }
}
