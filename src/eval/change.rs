//! A change of one word in a lexicon, and what it does to questions. Changes a copy, never a file.

use std::fmt;

use super::{Asked, Report, ask};
use crate::knowledge::{Keywords, Lexicons};
use crate::language::Language;
use crate::matching::{KeywordOf, Matcher};

/// A change of one word in a lexicon.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// One keyword more.
    Add(KeywordOf),
    /// One keyword less.
    Remove(KeywordOf),
    /// One everyday word more, so that it is not taken for a typo.
    Ordinary(Language, String),
}

impl Change {
    fn language(&self) -> Language {
        match self {
            Self::Add(of) | Self::Remove(of) => of.language,
            Self::Ordinary(language, _) => *language,
        }
    }

    /// The word that is added or removed.
    pub(super) fn word(&self) -> &str {
        match self {
            Self::Add(of) | Self::Remove(of) => &of.keyword,
            Self::Ordinary(_, word) => word,
        }
    }

    /// Makes the change.
    pub(super) fn make(&self, lexicons: &mut Lexicons) {
        let lexicon = lexicons.get_mut(self.language());
        let mut of_concept = |of: &KeywordOf, change: &dyn Fn(&mut Keywords)| {
            if let Some(keywords) = lexicon.concepts.get_mut(&of.concept) {
                change(keywords);
            }
        };
        match self {
            Self::Add(of) => of_concept(of, &|said| said.keywords.push(of.keyword.clone())),
            Self::Remove(of) => of_concept(of, &|said| {
                said.keywords.retain(|keyword| *keyword != of.keyword);
                said.weak.retain(|keyword| *keyword != of.keyword);
            }),
            Self::Ordinary(_, word) => {
                lexicon.ordinary.push(' ');
                lexicon.ordinary.push_str(word);
            }
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "lexicon/{}.toml: ", self.language())?;
        match self {
            Self::Add(of) => write!(f, "{}: add \"{}\"", of.concept, of.keyword),
            Self::Remove(of) => write!(f, "{}: remove \"{}\"", of.concept, of.keyword),
            Self::Ordinary(_, word) => write!(f, "ordinary: add \"{word}\""),
        }
    }
}

/// The questions that a change makes better and those that it makes worse, by position.
#[derive(Default)]
pub(super) struct Effect {
    pub(super) better: Vec<usize>,
    pub(super) worse: Vec<usize>,
}

impl Effect {
    /// Whether it helps some question and harms none.
    pub(super) fn only_helps(&self) -> bool {
        !self.better.is_empty() && self.worse.is_empty()
    }

    /// Compares one question with what it was.
    pub(super) fn compare(&mut self, report: &Report<'_>, matcher: &Matcher, position: usize) {
        let Some(Asked { question, fate, .. }) = report.asked.get(position) else {
            return;
        };
        let (_, now) = ask(&report.expert.knowledge, matcher, question);
        match now.worth().cmp(&fate.worth()) {
            std::cmp::Ordering::Greater => self.better.push(position),
            std::cmp::Ordering::Less => self.worse.push(position),
            std::cmp::Ordering::Equal => {}
        }
    }
}

/// The matcher of the hearing after some changes; nothing where none can be built.
pub(super) fn changed<'a>(
    report: &Report<'_>,
    changes: impl IntoIterator<Item = &'a Change>,
) -> Option<Matcher> {
    let mut lexicons = report.lexicons.clone();
    for change in changes {
        change.make(&mut lexicons);
    }
    Matcher::unlinted(&report.expert.knowledge, &lexicons)
}

/// An example of the folder that does not reach what it is an example of any more.
pub(super) fn broken_example<'a>(report: &'a Report<'_>, matcher: &Matcher) -> Option<&'a str> {
    let expert = report.expert;
    let facts = expert.knowledge.facts.iter();
    let facts = facts.flat_map(|fact| Language::ALL.map(|language| &fact.text(language).examples));
    let gaps = expert.knowledge.gaps.iter();
    let gaps = gaps.flat_map(|gap| Language::ALL.map(|language| &gap.text(language).examples));
    let mut examples = facts.chain(gaps).flatten().map(String::as_str);
    examples.find(|example| {
        matcher.ask(example, None).outcome != expert.matcher.ask(example, None).outcome
    })
}
