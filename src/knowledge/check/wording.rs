//! Checks of what people read beside a quote: it adds no figure to the sources, and shows what it holds. Knows nothing of how it
//! is shown.

use std::collections::HashSet;

use super::{Context, Fact, Fault, Folder, Knowledge};
use crate::language::{ByLanguage, Language};
use crate::numbers::numbers;
use crate::parallel::{MANY, in_parallel};

/// A text that people read, and where it stands.
struct Text<'a> {
    file: String,
    field: String,
    words: &'a str,
    /// Whether it is in the words of whoever keeps the knowledge. A quote and its translation have checks of their own, and a
    /// name may hold a figure.
    own: bool,
}

/// Every text of the knowledge that people read adds no figure and hides nothing.
pub(super) fn texts_say_no_more_than_the_sources(context: &Context<'_>, faults: &mut Vec<Fault>) {
    let Context {
        knowledge, folder, ..
    } = *context;
    let known = numbers_of(knowledge);
    let faults_of = |text: Text<'_>| text.faults(&known, folder);
    let some: Vec<&[Fact]> = knowledge.facts.chunks(MANY).collect();
    let found = in_parallel(&some, |facts| -> Vec<Fault> {
        let texts = facts.iter().flat_map(texts_of_fact);
        texts.flat_map(faults_of).collect()
    });
    faults.extend(found.into_iter().flatten());
    faults.extend(further_texts(knowledge).into_iter().flat_map(faults_of));
}

impl Text<'_> {
    fn faults(
        self,
        known: &HashSet<String>,
        folder: &Folder,
    ) -> impl Iterator<Item = Fault> + use<> {
        let fault = |problem: String| folder.place(&self.file).fault(&self.field, problem);
        let hidden = self.words.chars().find(|c| is_hidden(*c));
        let hidden = hidden.map(|sign| {
            let sign = u32::from(sign);
            fault(format!(
                "holds U+{sign:04X}, which hides or turns what people read: remove it"
            ))
        });
        let found = if self.own {
            numbers(self.words)
        } else {
            Vec::new()
        };
        let unknown = found
            .into_iter()
            .find(|number| !known.contains(&number.plain));
        let unknown = unknown.map(|number| {
            let number = number.plain;
            fault(format!("has the figure {number}, which no source gives"))
        });
        hidden.into_iter().chain(unknown)
    }
}

fn texts_of_fact(fact: &Fact) -> Vec<Text<'_>> {
    let file = format!("facts/{}.toml", fact.id);
    let text = |field: String, words, own| Text {
        file: file.clone(),
        field,
        words,
        own,
    };
    let mut texts = vec![text("quote".to_owned(), fact.quote.as_str(), false)];
    for language in Language::ALL {
        let said = fact.text(language);
        let quote = said.quote.as_deref().unwrap_or_default();
        texts.extend([
            text(format!("{language}.title"), &said.title, true),
            text(format!("{language}.statement"), &said.statement, true),
            text(format!("{language}.quote"), quote, false),
        ]);
    }
    texts
}

fn further_texts(knowledge: &Knowledge) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    let mut add = |file: &str, field: String, words, own| {
        let file = file.to_owned();
        texts.push(Text {
            file,
            field,
            words,
            own,
        });
    };
    for gap in &knowledge.gaps {
        let file = format!("gaps/{}.toml", gap.id);
        for language in Language::ALL {
            let sentence = &gap.text(language).sentence;
            add(&file, format!("{language}.sentence"), sentence, true);
        }
    }
    let file = "hearing.toml";
    for topic in &knowledge.topics {
        for language in Language::ALL {
            add(file, "topics".to_owned(), topic.title(language), true);
        }
    }
    let mut names: Vec<(String, &ByLanguage<String>)> =
        vec![("hearing.title".to_owned(), &knowledge.hearing.title)];
    let main = ("source".to_owned(), &knowledge.source);
    let further = knowledge.sources.iter();
    let further = further.map(|(id, (source, _))| (format!("sources.{id}"), source));
    for (table, source) in std::iter::once(main).chain(further) {
        add(file, format!("{table}.headline"), &source.headline, false);
        names.push((format!("{table}.publisher"), &source.publisher));
    }
    let speakers = knowledge.speakers.iter();
    names.extend(speakers.map(|(id, speaker)| (format!("speakers.{id}"), speaker)));
    for (field, name) in names {
        for language in Language::ALL {
            let name = name.get(language).as_str();
            add(file, format!("{field}.{language}"), name, false);
        }
    }
    texts
}

/// The numbers that may be named: those of the sources, of the days of the hearing and the sources, and of what it is called.
fn numbers_of(knowledge: &Knowledge) -> HashSet<String> {
    let main = (&knowledge.source, &knowledge.source_text);
    let further = knowledge.sources.values();
    let further = further.map(|(source, text)| (source, text));
    let mut known = HashSet::new();
    let mut days = vec![knowledge.hearing.date];
    let mut texts: Vec<&String> = Language::ALL
        .map(|language| knowledge.hearing.title.get(language))
        .into();
    for (source, text) in std::iter::once(main).chain(further) {
        days.push(source.date);
        texts.push(text);
    }
    for day in days {
        known.extend([day.year.to_string(), day.day.to_string()]);
    }
    for text in texts {
        known.extend(numbers(text).into_iter().map(|number| number.plain));
    }
    known
}

/// Whether a character cannot be seen, or turns the order of others.
fn is_hidden(c: char) -> bool {
    match c {
        // Marks of direction.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        // Without width.
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {
            true
        }
        '\n' => false,
        other => other.is_control(),
    }
}
