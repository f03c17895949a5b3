//! Commands as people write them: `/convictions kk`, `/ask@this_bot how many?`. The one place that reads them; it decides
//! nothing about who is answered.

use crate::knowledge::{Fact, Knowledge};
use crate::language::Language;

/// The commands of the bot itself. A fact of the same name is not reached by command: these come first.
pub(super) const BUILT_IN: [&str; 7] = [
    "start", "help", "facts", "source", "privacy", "ask", "wrong",
];

/// A command as it is written, before anybody knows whether it exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written<'a> {
    /// Its name in lower case, without the slash.
    pub(super) name: String,
    /// The bot that it names with `@`, as written.
    pub(super) addressee: Option<&'a str>,
    /// What follows, without blanks around it.
    pub(super) rest: &'a str,
}

/// A command that is understood.
#[derive(Debug, Clone, Copy)]
pub(super) enum Command<'a> {
    /// Say what this bot is.
    Start,
    /// Say how to ask.
    Help,
    /// List every fact.
    Facts,
    /// Say where the facts come from.
    Source,
    /// Say what happens to questions.
    Privacy,
    /// Answer this question; it may be empty.
    Ask(&'a str),
    /// Report the answer that this is a reply to, with these words; they may be empty.
    Wrong(&'a str),
    /// Answer with a fact, in a language if one is named.
    Fact(&'a Fact, Option<Language>),
}

impl<'a> Written<'a> {
    /// Reads a text that starts with a command; nothing where it does not.
    ///
    /// A name is of the characters that Telegram takes for one; `/сколько` is no command, and neither is a lone slash.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let text = text.trim_start().strip_prefix('/')?;
        let (name, rest) = split_name(text);
        if name.is_empty() || rest.starts_with(char::is_alphanumeric) {
            return None;
        }
        let (addressee, rest) = match rest.strip_prefix('@').map(split_name) {
            Some((addressee, rest)) if !addressee.is_empty() => (Some(addressee), rest),
            _ => (None, rest),
        };
        Some(Self {
            name: name.to_lowercase(),
            addressee,
            rest: rest.trim(),
        })
    }

    /// What it means to this bot; nothing where it does not exist.
    pub(super) fn understand(&self, knowledge: &'a Knowledge) -> Option<Command<'a>> {
        Some(match self.name.as_str() {
            // A link to the bot can name a fact; it arrives behind this command.
            "start" => match named_by_link(knowledge, self.rest) {
                Some(fact) => Command::Fact(fact, None),
                None => Command::Start,
            },
            "help" => Command::Help,
            "facts" => Command::Facts,
            "source" => Command::Source,
            "privacy" => Command::Privacy,
            "ask" => Command::Ask(self.rest),
            "wrong" => Command::Wrong(self.rest),
            name => Command::Fact(with_command(knowledge, name)?, language_of(self.rest)),
        })
    }

    /// Whether it is the very name of a command. Other bots may have everyday words as commands, such as the aliases are.
    pub(super) fn is_exact(&self, knowledge: &Knowledge) -> bool {
        let own = |fact: &Fact| fact.command == self.name;
        BUILT_IN.contains(&self.name.as_str()) || knowledge.facts.iter().any(own)
    }

    /// The command that may have been meant, if one is near.
    pub(super) fn nearest(&self, knowledge: &'a Knowledge) -> Option<Nearest<'a>> {
        let built_in = BUILT_IN.into_iter().map(|name| {
            let command = name;
            (
                name,
                Nearest {
                    command,
                    fact: None,
                },
            )
        });
        let facts = knowledge.facts.iter().flat_map(|fact| {
            let command = fact.command.as_str();
            names(fact).map(move |name| {
                let fact = Some(fact);
                (name, Nearest { command, fact })
            })
        });
        // A third of the letters may be wrong; of a command of two letters none.
        let most = self.name.len() / 3;
        built_in
            .chain(facts)
            .map(|(name, nearest)| (strsim::damerau_levenshtein(&self.name, name), name, nearest))
            .filter(|(distance, _, _)| *distance <= most)
            .min_by_key(|(distance, name, _)| (*distance, *name))
            .map(|(_, _, nearest)| nearest)
    }
}

/// A command that may have been meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nearest<'a> {
    /// Its name, without the slash.
    pub(super) command: &'a str,
    /// The fact it asks for, where it asks for one.
    pub(super) fact: Option<&'a Fact>,
}

/// Every name that asks for a fact.
pub(super) fn names(fact: &Fact) -> impl Iterator<Item = &str> {
    std::iter::once(&fact.command)
        .chain(&fact.aliases)
        .map(String::as_str)
}

/// Splits a text behind the characters that names of commands and bots are made of.
fn split_name(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    text.split_at(end)
}

fn with_command<'a>(knowledge: &'a Knowledge, command: &str) -> Option<&'a Fact> {
    let has = |fact: &&Fact| names(fact).any(|name| name == command);
    knowledge.facts.iter().find(has)
}

/// The fact of an id, a command or an alias: links and inline queries name facts so.
pub(super) fn named_by_link<'a>(knowledge: &'a Knowledge, payload: &str) -> Option<&'a Fact> {
    knowledge
        .fact(payload)
        .or_else(|| with_command(knowledge, payload))
}

/// The language that the first word behind a command names, if it does.
pub(super) fn language_of(rest: &str) -> Option<Language> {
    rest.split_whitespace().next()?.to_lowercase().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::testing::expert;
    use super::*;

    #[test]
    fn commands_are_read_as_people_write_them() {
        for (text, name, addressee, rest) in [
            ("/start", "start", None, ""),
            ("/Start", "start", None, ""),
            ("  /start", "start", None, ""),
            ("/start\nconvictions", "start", None, "convictions"),
            ("/start   convictions ", "start", None, "convictions"),
            ("/help@FactBot", "help", Some("FactBot"), ""),
            ("/help@FactBot, please", "help", Some("FactBot"), ", please"),
            (
                "/ask@FactBot\n how many?",
                "ask",
                Some("FactBot"),
                "how many?",
            ),
            ("/convictions kk", "convictions", None, "kk"),
            ("/help@", "help", None, "@"),
            ("/damage_usd!", "damage_usd", None, "!"),
        ] {
            let written = Written {
                name: name.to_owned(),
                addressee,
                rest,
            };
            assert_eq!(Written::read(text), Some(written), "{text}");
        }
    }

    #[test]
    fn what_is_no_command_is_not_read_as_one() {
        for text in [
            "",
            "/",
            "/ start",
            "start",
            "how many /start",
            "/сколько осудили?",
            "/helpпомощь",
            "@FactBot /start",
        ] {
            assert_eq!(Written::read(text), None, "{text}");
        }
    }

    #[test]
    fn each_command_is_understood() {
        let expert = expert();
        let means = |text: &str| -> String {
            let written = Written::read(text).expect("it is a command");
            match written.understand(&expert.knowledge) {
                None => "nothing".to_owned(),
                Some(Command::Fact(fact, language)) => format!("{} {language:?}", fact.id),
                Some(Command::Ask(question)) => format!("ask {question}"),
                Some(other) => format!("{other:?}").to_lowercase(),
            }
        };
        for (text, meaning) in [
            ("/start", "start"),
            ("/start nonsense", "start"),
            ("/start bridge_cost", "bridge_cost None"),
            ("/start length", "bridge_length None"),
            ("/help me", "help"),
            ("/facts", "facts"),
            ("/source", "source"),
            ("/privacy", "privacy"),
            ("/ask", "ask "),
            ("/ask what did it cost?", "ask what did it cost?"),
            ("/cost", "bridge_cost None"),
            ("/COST Kk", "bridge_cost Some(Kk)"),
            ("/cost ru please", "bridge_cost Some(Ru)"),
            ("/cost of it", "bridge_cost None"),
            ("/costs", "nothing"),
        ] {
            assert_eq!(means(text), meaning, "{text}");
        }
    }

    #[test]
    fn a_near_command_is_found_and_a_far_one_is_not() {
        let expert = expert();
        for (text, nearest) in [
            ("/fcats", Some("facts")),
            ("/lenght", Some("length")),
            ("/costs", Some("cost")),
            ("/hlp", Some("help")),
            ("/xy", None),
            ("/settings", None),
        ] {
            let written = Written::read(text).expect("it is a command");
            let found = written.nearest(&expert.knowledge);
            assert_eq!(found.map(|found| found.command), nearest, "{text}");
        }
    }
}
