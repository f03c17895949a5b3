//! Buttons under messages: what stands on them, and what a tap carries back. All that a tap needs is in its 64 bytes, so that
//! nothing is kept. Knows neither texts nor messages.

use url::Url;

use crate::knowledge::{Fact, Knowledge, Topic};
use crate::language::Language;

/// The most bytes that a button may carry.
pub(super) const LONGEST_DATA: usize = 64;

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Button {
    /// What stands on it.
    pub(super) label: String,
    /// What it does.
    pub(super) does: Does,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Does {
    /// Tells the bot.
    Tap(Tap),
    /// Lets people choose a chat, and asks the bot this from there.
    Share(String),
    /// Opens a link.
    Open(Url),
}

/// What a tap asks for. Ids are those that the knowledge had when the button was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tap {
    /// A fact, in a language.
    Fact(String, Language),
    /// The facts of a topic, in a language.
    Topic(String, Language),
    /// None of what was offered.
    None(Language),
    /// This message with a fact, in a language.
    Turn(String, Language),
    /// This message with a fact and the sentences around its quote.
    Context(String, Language),
    /// The picture of a fact.
    Chart(String, Language),
    /// The question that this message answers goes to the editors.
    Pass(Language),
    /// What this message quotes goes to the editors.
    Report(Language),
}

impl Tap {
    /// The tap in the form that a button carries: a letter, an id where there is one, and the language: `f:ID:LANGUAGE`.
    pub(super) fn data(&self) -> String {
        match self {
            Self::Fact(id, language) => format!("f:{id}:{language}"),
            Self::Topic(id, language) => format!("t:{id}:{language}"),
            Self::None(language) => format!("n:{language}"),
            Self::Turn(id, language) => format!("l:{id}:{language}"),
            Self::Context(id, language) => format!("c:{id}:{language}"),
            Self::Chart(id, language) => format!("p:{id}:{language}"),
            Self::Pass(language) => format!("q:{language}"),
            Self::Report(language) => format!("w:{language}"),
        }
    }

    /// Reads what a button carried; nothing where no button of this bot carries that.
    pub(super) fn parse(data: &str) -> Option<Self> {
        let (verb, rest) = data.split_once(':')?;
        let named = |tap: fn(String, Language) -> Self| {
            let (id, language) = rest.split_once(':')?;
            Some(tap(id.to_owned(), language.parse().ok()?))
        };
        let plain = |tap: fn(Language) -> Self| rest.parse().ok().map(tap);
        match verb {
            "f" => named(Self::Fact),
            "t" => named(Self::Topic),
            "n" => plain(Self::None),
            "l" => named(Self::Turn),
            "c" => named(Self::Context),
            "p" => named(Self::Chart),
            "q" => plain(Self::Pass),
            "w" => plain(Self::Report),
            _ => None,
        }
    }

    /// The language that its button is in.
    pub(super) fn language(&self) -> Language {
        match self {
            Self::Fact(_, language)
            | Self::Topic(_, language)
            | Self::None(language)
            | Self::Turn(_, language)
            | Self::Context(_, language)
            | Self::Chart(_, language)
            | Self::Pass(language)
            | Self::Report(language) => *language,
        }
    }
}

impl Button {
    /// A button that tells the bot.
    pub(super) fn tap(label: impl Into<String>, tap: Tap) -> Self {
        Self {
            label: label.into(),
            does: Does::Tap(tap),
        }
    }
}

/// The button of a fact, with its title.
pub(super) fn fact_button(fact: &Fact, language: Language) -> Button {
    Button::tap(
        &fact.text(language).title,
        Tap::Fact(fact.id.clone(), language),
    )
}

/// The button of a topic, with its heading.
pub(super) fn topic_button(topic: &Topic, language: Language) -> Button {
    Button::tap(
        topic.title(language),
        Tap::Topic(topic.id.clone(), language),
    )
}

/// Says what is wrong with the buttons of a fact and of its topic, if anything is. All that name an id are as long.
pub(super) fn check(knowledge: &Knowledge, fact: &Fact, language: Language) -> Result<(), String> {
    let topic = knowledge.topics.iter().find(|topic| topic.id == fact.topic);
    let buttons = topic
        .map(|topic| topic_button(topic, language))
        .into_iter()
        .chain([fact_button(fact, language)]);
    for button in buttons {
        let Does::Tap(tap) = button.does else {
            continue;
        };
        let bytes = tap.data().len();
        if bytes > LONGEST_DATA {
            let label = button.label;
            return Err(format!(
                "the button `{label}` would carry {bytes} bytes, of {LONGEST_DATA}: shorten its id"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_comes_back_as_it_was() {
        let id = || "convictions".to_owned();
        for tap in [
            Tap::Fact(id(), Language::Kk),
            Tap::Topic(id(), Language::Ru),
            Tap::None(Language::En),
            Tap::Turn(id(), Language::Kk),
            Tap::Context(id(), Language::Ru),
            Tap::Chart(id(), Language::En),
            Tap::Pass(Language::Kk),
            Tap::Report(Language::Ru),
        ] {
            assert_eq!(Tap::parse(&tap.data()), Some(tap));
        }
    }

    #[test]
    fn what_no_button_carries_is_refused() {
        for data in [
            "",
            ":",
            "f",
            "f:",
            "f:convictions",
            "f:convictions:de",
            "f:a:b:en",
            "n:",
            "n:xx",
            "q:convictions:en",
            "l:en",
            "x:1:en",
            "жоқ",
        ] {
            assert_eq!(Tap::parse(data), None, "{data}");
        }
    }
}
