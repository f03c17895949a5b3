//! Pictures of a figure and what stands beside it: a whole and its parts, as bars. Takes everything that it shows from the
//! knowledge; knows no channel.

mod draw;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rust_decimal::prelude::ToPrimitive;

use crate::answer::cite;
use crate::knowledge::{Fact, Knowledge};
use crate::language::Language;

/// What a picture shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it is about.
    pub title: String,
    /// The bars, from top to bottom; the first is the whole.
    pub bars: Vec<Bar>,
    /// Who said it and where it stands, in lines.
    pub foot: Vec<String>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The figure as the language writes it.
    pub figure: String,
    /// What it counts.
    pub label: String,
    /// Its length, as a share of the longest.
    pub share: f32,
    /// Whether the source counts it as a part of the whole; it may only be set beside it.
    pub is_part: bool,
}

/// The picture of a fact in a language; none where nothing can be set beside it.
#[must_use]
pub fn chart(knowledge: &Knowledge, whole: &Fact, language: Language) -> Option<Chart> {
    let beside = knowledge.drawn_beside(whole);
    if beside.is_empty() {
        return None;
    }
    let facts: Vec<&Fact> = std::iter::once(whole).chain(beside).collect();
    let values = facts.iter().filter_map(|fact| fact.value);
    let longest = values.max().unwrap_or_default();
    let share = |fact: &Fact| {
        let share = fact.value.unwrap_or_default().checked_div(longest);
        share.and_then(|share| share.to_f32()).unwrap_or_default()
    };
    let bar = |fact: &&Fact| Bar {
        figure: figure(knowledge, fact, language),
        label: fact.text(language).title.clone(),
        share: share(fact),
        is_part: fact.part_of.as_deref() == Some(whole.id.as_str()),
    };
    let topic = knowledge
        .topics
        .iter()
        .find(|topic| topic.id == whole.topic);
    Some(Chart {
        title: topic.map_or_else(String::new, |topic| topic.title(language).to_owned()),
        bars: facts.iter().map(bar).collect(),
        foot: foot(knowledge, &facts, language),
    })
}

impl Chart {
    /// The same in words, for whoever cannot see it.
    #[must_use]
    pub fn in_words(&self) -> String {
        let bars = self
            .bars
            .iter()
            .map(|bar| format!("{} – {}", bar.figure, bar.label));
        let lines: Vec<String> = bars.collect();
        [lines.join("\n"), self.foot.join("\n")].join("\n\n")
    }

    /// The picture as a PNG file; none where the fonts cannot be read or it would be larger than a picture can be.
    #[must_use]
    pub fn png(&self) -> Option<Vec<u8>> {
        draw::png(self)
    }
}

/// Who said which figure, and where it all stands.
fn foot(knowledge: &Knowledge, facts: &[&Fact], language: Language) -> Vec<String> {
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    let mut source = None;
    for fact in facts {
        let cited = cite(knowledge, fact, language);
        source = Some(cited.source);
        let figure = figure(knowledge, fact, language);
        match said.iter_mut().find(|(who, _)| *who == cited.attribution) {
            Some((_, figures)) => figures.push(figure),
            None => said.push((cited.attribution, vec![figure])),
        }
    }
    let several = said.len() > 1;
    let line = |(who, figures): (String, Vec<String>)| {
        if several {
            format!("{} – {who}", figures.join("; "))
        } else {
            who
        }
    };
    said.into_iter().map(line).chain(source).collect()
}

/// The figure as the language writes it. Among digits a number in words would be hard to read.
fn figure(knowledge: &Knowledge, fact: &Fact, language: Language) -> String {
    let written = cite(knowledge, fact, language).figure.join("; ");
    match fact.value {
        Some(value) if !written.contains(|c: char| c.is_ascii_digit()) => value.to_string(),
        _ => written,
    }
}

/// The pictures that were asked for so far. Each is drawn once.
#[derive(Default)]
pub struct Pictures {
    drawn: Mutex<BTreeMap<(String, Language), Png>>,
}

/// A file that several calls can send at once.
type Png = Arc<[u8]>;

impl Pictures {
    /// The picture of a fact in a language, and the same in words.
    #[must_use]
    pub fn picture(
        &self,
        knowledge: &Knowledge,
        whole: &Fact,
        language: Language,
    ) -> Option<(Png, String)> {
        let chart = chart(knowledge, whole, language)?;
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (whole.id.clone(), language);
        if !drawn.contains_key(&key) {
            drawn.insert(key.clone(), chart.png()?.into());
        }
        Some((Arc::clone(drawn.get(&key)?), chart.in_words()))
    }
}
