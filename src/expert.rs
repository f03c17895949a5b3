//! Knowledge and its matcher together, loaded and checked as one: what every surface asks. The one place that checks across
//! rooms: examples against the matcher, replies against their limits.

use std::path::Path;

use crate::answer::computed;
use crate::built_in::{INDEXES, VERSION};
use crate::chart::Pictures;
use crate::knowledge::{Fact, Fault, Folder, Gap, Knowledge, Lexicons, Place, computations};
use crate::language::Language;
use crate::matching::{Indexes, Matcher, Outcome, Subject, lexicon_faults};
use crate::parallel::{MANY, in_parallel};
use crate::progress::Progress;
use crate::reasons::{id_of, why_not};
use crate::telegram;

/// A hearing that can be asked about.
pub struct Expert {
    /// The beginning of the SHA-256 of all files of the folder: other knowledge has another.
    pub version: String,
    /// What is known.
    pub knowledge: Knowledge,
    /// What finds it.
    pub matcher: Matcher,
    /// What was drawn of it.
    pub pictures: Pictures,
}

/// Why a knowledge folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder or a file of it could not be read.
    #[error(
        "cannot read `{path}`: {error}: give a readable knowledge folder with --knowledge, or none for the built-in one"
    )]
    Unreadable {
        /// What could not be read.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The folder has faults.
    #[error("the knowledge has {} fault{}", .0.len(), if .0.len() == 1 { "" } else { "s" })]
    Faulty(Vec<Fault>),
}

/// The files of a folder; without one, those that are built into the binary.
///
/// # Errors
/// What could not be read.
pub fn folder(dir: Option<&Path>) -> Result<Folder, LoadError> {
    match dir {
        None => Ok(Folder::embedded()),
        Some(dir) => {
            Folder::read(dir).map_err(|(path, error)| LoadError::Unreadable { path, error })
        }
    }
}

impl Expert {
    /// Loads and checks a folder; without one, the knowledge that is built into the binary. That one never changes, so what
    /// takes time is left to the tests and to `check`: asking every example, and comparing every keyword with the others.
    ///
    /// # Errors
    /// What could not be read, or every fault of the folder.
    pub fn load(dir: Option<&Path>) -> Result<Self, LoadError> {
        match dir {
            None => Self::built_in().map_err(LoadError::Faulty),
            Some(_) => Self::check(dir, &Progress::hidden()).map(|(expert, _)| expert),
        }
    }

    fn built_in() -> Result<Self, Vec<Fault>> {
        let Ok(indexes) = Indexes::from_bytes(INDEXES) else {
            return Self::new(&Folder::embedded());
        };
        let knowledge = Knowledge::load(&Folder::embedded_without_lexicons())?;
        Ok(Self::of(VERSION.to_owned(), knowledge, indexes))
    }

    fn of(version: String, knowledge: Knowledge, indexes: Indexes) -> Self {
        Self {
            version,
            matcher: Matcher::new(&knowledge, indexes),
            knowledge,
            pictures: Pictures::default(),
        }
    }

    /// Loads a folder, or the knowledge that is built in, checks all of it, and shows how far it has come; for those who also look
    /// at the keywords.
    ///
    /// # Errors
    /// What could not be read, or every fault of the folder.
    pub fn check(dir: Option<&Path>, progress: &Progress) -> Result<(Self, Lexicons), LoadError> {
        Self::checked_showing(&folder(dir)?, progress).map_err(LoadError::Faulty)
    }

    /// Loads and checks the files of a folder.
    ///
    /// # Errors
    /// Every fault of the folder.
    pub fn new(folder: &Folder) -> Result<Self, Vec<Fault>> {
        Self::checked(folder).map(|(expert, _)| expert)
    }

    /// The same with the lexicons, for those who look at the keywords.
    ///
    /// # Errors
    /// Every fault of the folder.
    pub fn checked(folder: &Folder) -> Result<(Self, Lexicons), Vec<Fault>> {
        Self::checked_showing(folder, &Progress::hidden())
    }

    fn checked_showing(
        folder: &Folder,
        progress: &Progress,
    ) -> Result<(Self, Lexicons), Vec<Fault>> {
        let (knowledge, lexicons) = Knowledge::load_with_lexicons(folder)?;
        let mut faults = lexicon_faults(&lexicons, folder);
        // A stemmer that does not exist is one of the faults.
        let Ok(indexes) = Indexes::new(&knowledge, &lexicons) else {
            return Err(faults);
        };
        let expert = Self::of(folder.version(), knowledge, indexes);
        expert.check_examples(&lexicons, folder, progress, &mut faults);
        expert.check_replies(folder, &mut faults);
        expert.check_sums(folder, &mut faults);
        faults.sort();
        if faults.is_empty() {
            Ok((expert, lexicons))
        } else {
            Err(faults)
        }
    }

    /// An example that does not reach what it is an example of.
    fn check_examples(
        &self,
        lexicons: &Lexicons,
        folder: &Folder,
        progress: &Progress,
        faults: &mut Vec<Fault>,
    ) {
        let shown_beside = |fact: &&Fact| fact.differs_from.is_some();
        let beside = self.knowledge.facts.iter().filter(shown_beside).count();
        progress.expect(self.knowledge.facts.len() - beside + self.knowledge.gaps.len());
        let all: Vec<(usize, &Fact)> = self.knowledge.facts.iter().enumerate().collect();
        let some: Vec<&[(usize, &Fact)]> = all.chunks(MANY).collect();
        let found = in_parallel(&some, |facts| {
            let mut faults = Vec::new();
            for &(position, fact) in facts.iter().filter(|(_, fact)| fact.differs_from.is_none()) {
                let file = format!("facts/{}.toml", fact.id);
                for language in Language::ALL {
                    self.check_list(
                        lexicons,
                        folder.place(&file),
                        language,
                        &fact.text(language).examples,
                        &Outcome::Answer(position),
                        &mut faults,
                    );
                }
                progress.step();
            }
            faults
        });
        faults.extend(found.into_iter().flatten());
        for (position, gap) in self.knowledge.gaps.iter().enumerate() {
            let file = format!("gaps/{}.toml", gap.id);
            for language in Language::ALL {
                let examples = &gap.text(language).examples;
                self.check_list(
                    lexicons,
                    folder.place(&file),
                    language,
                    examples,
                    &Outcome::Gap(position),
                    faults,
                );
            }
            progress.step();
        }
    }

    fn check_list(
        &self,
        lexicons: &Lexicons,
        place: Place<'_>,
        language: Language,
        examples: &[String],
        wanted: &Outcome,
        faults: &mut Vec<Fault>,
    ) {
        let field = format!("{language}.examples");
        if examples.is_empty() {
            faults.push(place.fault(&field, "is empty: give at least one question"));
        }
        for example in examples {
            let verdict = self.matcher.ask(example, None);
            if verdict.outcome != *wanted {
                let reached = self.outcome_in_words(&verdict.outcome);
                let heard = self.matcher.hear(lexicons, example);
                let wanted = match wanted {
                    Outcome::Gap(gap) => Some(Subject::Gap(*gap)),
                    Outcome::Answer(fact) => Some(Subject::Fact(*fact)),
                    Outcome::Clarify(_) | Outcome::None => None,
                };
                let why = wanted.and_then(|wanted| {
                    let why = why_not(&self.knowledge, &heard, wanted)?;
                    Some(format!(": `{}` {why}", id_of(&self.knowledge, wanted)))
                });
                let problem = format!("`{example}` reaches {reached}{}", why.unwrap_or_default());
                faults.push(place.fault_at(&field, example, problem));
            } else if verdict.language != language {
                let problem = format!("`{example}` is taken for the language {}", verdict.language);
                faults.push(place.fault_at(&field, example, problem));
            }
        }
    }

    fn outcome_in_words(&self, outcome: &Outcome) -> String {
        let fact = |position: &usize| {
            self.knowledge
                .facts
                .get(*position)
                .map_or(String::new(), |fact| format!("the fact `{}`", fact.id))
        };
        match outcome {
            Outcome::Answer(position) => fact(position),
            Outcome::Clarify(positions) => {
                let facts: Vec<String> = positions.iter().map(fact).collect();
                format!("only \"do you mean\" with {}", facts.join(" or "))
            }
            Outcome::Gap(gap) => self
                .knowledge
                .gaps
                .get(*gap)
                .map_or(String::new(), |gap| format!("the gap `{}`", gap.id)),
            Outcome::None => "nothing".to_owned(),
        }
    }

    /// A sum that Telegram would refuse.
    fn check_sums(&self, folder: &Folder, faults: &mut Vec<Fault>) {
        let gaps = self.knowledge.gaps.iter();
        let gaps: Vec<&Gap> = gaps.filter(|gap| !gap.computes.is_empty()).collect();
        if gaps.is_empty() {
            return;
        }
        let all = computations(&self.knowledge);
        for gap in gaps {
            for of in all.iter().filter(|of| gap.computes.contains(&of.operation)) {
                for language in Language::ALL {
                    let sum = computed(&self.knowledge, gap, of, language);
                    let problem = sum.map(|sum| telegram::check_computed(&sum, language));
                    if let Some(Err(problem)) = problem {
                        let file = format!("gaps/{}.toml", gap.id);
                        faults.push(folder.place(&file).fault("computes", problem));
                    }
                }
            }
        }
    }

    /// A reply, or a description of the bot, that Telegram would refuse.
    fn check_replies(&self, folder: &Folder, faults: &mut Vec<Fault>) {
        for language in Language::ALL {
            if let Err(problem) = telegram::check_descriptions(&self.knowledge, language) {
                let place = folder.place("hearing.toml");
                faults.push(place.fault(&format!("hearing.title.{language}"), problem));
            }
        }
        let some: Vec<&[Fact]> = self.knowledge.facts.chunks(MANY).collect();
        let found = in_parallel(&some, |facts| {
            let mut faults = Vec::new();
            for fact in *facts {
                for language in Language::ALL {
                    if let Err(problem) = telegram::check_reply(&self.knowledge, fact, language) {
                        let file = format!("facts/{}.toml", fact.id);
                        faults.push(folder.place(&file).fault(language.code(), problem));
                    }
                }
            }
            faults
        });
        faults.extend(found.into_iter().flatten());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_at_build_time_is_what_loading_makes() {
        let folder = Folder::embedded();
        let loaded = Knowledge::load_with_lexicons(&folder);
        let (knowledge, lexicons) = loaded.expect("it is sound");
        let indexes = Indexes::new(&knowledge, &lexicons).expect("it has stemmers");
        assert!(indexes.into_bytes().expect("memory takes them") == INDEXES);
    }

    #[test]
    fn the_built_in_knowledge_passes_every_check() {
        let faults = Expert::new(&Folder::embedded()).err();
        assert_eq!(faults, None);
    }
}
