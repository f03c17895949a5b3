//! Buttons under messages: what stands on them, and what a tap carries back. All that a tap needs is in its 64 bytes, so that
//! nothing is kept. Knows neither texts nor messages.

use crate::knowledge::{Fact, Knowledge, Topic};
use crate::language::Language;

/// The most bytes that a button may carry.
pub(super) const LONGEST_DATA: usize = 64;

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Button {
    /// What stands on it.
    pub(super) label: String,
    /// What a tap asks for.
    pub(super) tap: Tap,
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
}

impl Tap {
    /// The tap in the form that a button carries: `f:ID:LANGUAGE`, `t:ID:LANGUAGE` or `n:LANGUAGE`.
    pub(super) fn data(&self) -> String {
        match self {
            Self::Fact(id, language) => format!("f:{id}:{language}"),
            Self::Topic(id, language) => format!("t:{id}:{language}"),
            Self::None(language) => format!("n:{language}"),
        }
    }

    /// Reads what a button carried; nothing where no button of this bot carries that.
    pub(super) fn parse(data: &str) -> Option<Self> {
        let (verb, rest) = data.split_once(':')?;
        let named = |rest: &str| {
            let (id, language) = rest.split_once(':')?;
            Some((id.to_owned(), language.parse().ok()?))
        };
        match verb {
            "f" => named(rest).map(|(id, language)| Self::Fact(id, language)),
            "t" => named(rest).map(|(id, language)| Self::Topic(id, language)),
            "n" => rest.parse().ok().map(Self::None),
            _ => None,
        }
    }
}

/// The button of a fact, with its title.
pub(super) fn fact_button(fact: &Fact, language: Language) -> Button {
    Button {
        label: fact.text(language).title.clone(),
        tap: Tap::Fact(fact.id.clone(), language),
    }
}

/// The button of a topic, with its heading.
pub(super) fn topic_button(topic: &Topic, language: Language) -> Button {
    Button {
        label: topic.title(language).to_owned(),
        tap: Tap::Topic(topic.id.clone(), language),
    }
}

/// Says what is wrong with the buttons of a fact and of its topic, if anything is.
pub(super) fn check(knowledge: &Knowledge, fact: &Fact, language: Language) -> Result<(), String> {
    let topic = knowledge.topics.iter().find(|topic| topic.id == fact.topic);
    let buttons = topic
        .map(|topic| topic_button(topic, language))
        .into_iter()
        .chain([fact_button(fact, language)]);
    for button in buttons {
        let bytes = button.tap.data().len();
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
        for tap in [
            Tap::Fact("convictions".to_owned(), Language::Kk),
            Tap::Topic("trials".to_owned(), Language::Ru),
            Tap::None(Language::En),
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
            "x:1:en",
            "жоқ",
        ] {
            assert_eq!(Tap::parse(data), None, "{data}");
        }
    }
}
