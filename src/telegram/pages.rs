//! What the bot says about itself and lists of what it knows: `/start`, `/help`, `/facts` and the like, as messages. Knows no
//! chat and answers no question.

use std::collections::BTreeMap;

use url::Url;

use super::button::{Button, Does, Tap, fact_button};
use super::call::Reply;
use super::command::Nearest;
use super::html::{Html, LONGEST_MESSAGE};
use super::render::{Can, fact_rows, topic_rows};
use crate::knowledge::{Fact, Knowledge, SourceInfo, Topic};
use crate::language::Language;
use crate::locale;
use crate::small_talk::Talk;

/// How many examples `/start` and `/help` offer.
const EXAMPLES: usize = 4;

fn text(language: Language, id: &str) -> Html {
    locale::text(language, id, &[]).into()
}

/// What this bot is. `group` is a link by which it can be added to one.
pub(super) fn start(knowledge: &Knowledge, language: Language, group: Option<Url>) -> Reply {
    let hearing = knowledge.hearing.title.get(language);
    let what = locale::text(language, "start", &[("hearing", hearing)]);
    let lines = [
        what.into(),
        text(language, "help-ask"),
        text(language, "examples"),
    ];
    let mut keyboard = examples(knowledge, language);
    keyboard.extend(group.map(|url| {
        vec![Button {
            label: locale::text(language, "button-group", &[]),
            does: Does::Open(url),
        }]
    }));
    Reply {
        html: Html::join(lines, "\n\n"),
        keyboard,
    }
}

/// What the bot says once it is in a group: what it is, and how to ask.
pub(super) fn greeting(knowledge: &Knowledge, language: Language) -> Reply {
    let hearing = knowledge.hearing.title.get(language);
    let what = locale::text(language, "greet", &[("hearing", hearing)]);
    Html::join([what.into(), text(language, "greet-how")], "\n").into()
}

/// What the bot says to small talk.
pub(super) fn small_talk(knowledge: &Knowledge, talk: Talk, language: Language) -> Reply {
    match talk {
        Talk::Hello => {
            let hearing = knowledge.hearing.title.get(language);
            Reply {
                html: locale::text(language, "talk-hello", &[("hearing", hearing)]).into(),
                keyboard: examples(knowledge, language),
            }
        }
        Talk::Thanks => text(language, "talk-thanks").into(),
        Talk::Who => about_source("talk-who", knowledge, language).into(),
        Talk::Doubt => about_source("talk-doubt", knowledge, language).into(),
    }
}

/// That the bot reads text only.
pub(super) fn only_text(language: Language) -> Reply {
    text(language, "only-text").into()
}

/// That messages were left unanswered in an outage.
pub(super) fn late(language: Language) -> Reply {
    text(language, "late").into()
}

/// How to ask.
pub(super) fn help(knowledge: &Knowledge, language: Language, can: Can) -> Reply {
    let editors = can.editors.then_some("wrong-usage");
    let lines = ["help-ask", "help-group", "help-commands"]
        .into_iter()
        .chain(editors)
        .map(|id| text(language, id));
    let html = Html::join(
        [Html::join(lines, "\n"), text(language, "examples")],
        "\n\n",
    );
    Reply {
        html,
        keyboard: examples(knowledge, language),
    }
}

/// Every fact by topic, as commands; in several messages where one is too short.
pub(super) fn facts(knowledge: &Knowledge, language: Language) -> Vec<Reply> {
    let mut messages = vec![text(language, "facts")];
    for topic in &knowledge.topics {
        add(&mut messages, "\n\n", Html::bold(topic.title(language)));
        for fact in knowledge.facts_of(topic) {
            let line = format!("/{} – {}", fact.command, fact.text(language).title);
            add(&mut messages, "\n", Html::text(&line));
        }
    }
    messages.into_iter().map(Reply::from).collect()
}

/// Puts a line into the last message, or into a new one where that is full.
fn add(messages: &mut Vec<Html>, between: &str, line: Html) {
    match messages.last_mut() {
        Some(last) if last.length() + between.len() + line.length() <= LONGEST_MESSAGE => {
            last.push(&Html::text(between));
            last.push(&line);
        }
        _ => messages.push(line),
    }
}

/// The facts of a topic, as buttons.
pub(super) fn topic(knowledge: &Knowledge, topic: &Topic, language: Language) -> Reply {
    let facts: Vec<&Fact> = knowledge.facts_of(topic).collect();
    Reply {
        html: Html::bold(topic.title(language)),
        keyboard: fact_rows(&facts, language),
    }
}

/// Where the facts come from, and which version of the bot speaks.
pub(super) fn source(knowledge: &Knowledge, language: Language) -> Reply {
    let version = locale::text(
        language,
        "version",
        &[("version", env!("CARGO_PKG_VERSION"))],
    );
    Html::join([sources(knowledge, language), version.into()], "\n\n").into()
}

/// Where everything comes from: one article, or several sources.
fn sources(knowledge: &Knowledge, language: Language) -> Html {
    if knowledge.sources.is_empty() {
        return about_source("source", knowledge, language);
    }
    let further = knowledge.sources.values().map(|(source, _)| source);
    let items = std::iter::once(&knowledge.source)
        .chain(further)
        .map(|source| naming("source-item", source, language));
    let lines = std::iter::once(text(language, "sources")).chain(items);
    Html::join(lines, "\n\n")
}

/// A text that names the article.
fn about_source(id: &str, knowledge: &Knowledge, language: Language) -> Html {
    naming(id, &knowledge.source, language)
}

fn naming(id: &str, source: &SourceInfo, language: Language) -> Html {
    let date = locale::date(language, source.date);
    let values = [
        ("headline", source.headline.as_str()),
        ("publisher", source.publisher.get(language)),
        ("date", &date),
    ];
    locale::text(language, id, &values).into()
}

/// What happens to questions, and where there are editors, what may go to them.
pub(super) fn privacy(language: Language, editors: bool) -> Reply {
    let editors = editors.then(|| text(language, "privacy-editors"));
    let lines = [text(language, "privacy")].into_iter().chain(editors);
    Html::join(lines, "\n\n").into()
}

/// How `/ask` is used.
pub(super) fn ask_usage(language: Language) -> Reply {
    text(language, "ask-usage").into()
}

/// That a command does not exist, or which one may have been meant.
pub(super) fn unknown_command(nearest: Option<Nearest<'_>>, language: Language) -> Reply {
    let Some(nearest) = nearest else {
        return text(language, "unknown-command").into();
    };
    let command = format!("/{}", nearest.command);
    let words = locale::text(language, "did-you-mean", &[("command", &command)]);
    let fact = nearest.fact.map(|fact| vec![fact_button(fact, language)]);
    Reply {
        html: words.into(),
        keyboard: fact.into_iter().collect(),
    }
}

/// What to do where nothing of what was offered is meant.
pub(super) fn rephrase(knowledge: &Knowledge, language: Language) -> Reply {
    Reply {
        html: text(language, "rephrase"),
        keyboard: topic_rows(&knowledge.topics, language),
    }
}

/// Questions to tap: of the facts that others refer to most, one a topic.
fn examples(knowledge: &Knowledge, language: Language) -> Vec<Vec<Button>> {
    let mut referred: BTreeMap<&str, usize> = BTreeMap::new();
    for id in knowledge.facts.iter().flat_map(|fact| &fact.related) {
        *referred.entry(id).or_default() += 1;
    }
    let weight = |fact: &Fact| referred.get(fact.id.as_str()).copied().unwrap_or_default();
    let asked = |fact: &&Fact| !fact.text(language).examples.is_empty();
    let topics = knowledge.topics.iter();
    let mut best: Vec<&Fact> = topics
        .filter_map(|topic| {
            knowledge
                .facts_of(topic)
                .filter(asked)
                .max_by_key(|fact| weight(fact))
        })
        .collect();
    best.sort_by_key(|fact| std::cmp::Reverse(weight(fact)));
    let button = |fact: &Fact| {
        let label = fact.text(language).examples.first()?.clone();
        Some(vec![Button::tap(
            label,
            Tap::Fact(fact.id.clone(), language),
        )])
    };
    best.into_iter().take(EXAMPLES).filter_map(button).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::expert;
    use super::*;

    #[test]
    fn a_long_list_of_facts_is_cut_between_lines() {
        let mut knowledge = expert().knowledge;
        for fact in &mut knowledge.facts {
            fact.kk.title = "қ".repeat(1500);
        }
        let lines: usize = knowledge
            .topics
            .iter()
            .map(|topic| 1 + knowledge.facts_of(topic).count())
            .sum();
        let messages = facts(&knowledge, Language::Kk);
        assert!(messages.len() > 1);
        assert!(
            messages
                .iter()
                .all(|reply| reply.html.length() <= LONGEST_MESSAGE)
        );
        let text: Vec<String> = messages
            .into_iter()
            .map(|reply| reply.html.into_markup())
            .collect();
        let found = text
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| !line.is_empty())
            .count();
        assert_eq!(found, 1 + lines);
    }

    #[test]
    fn examples_are_questions_of_different_topics() {
        let expert = expert();
        for language in Language::ALL {
            let buttons: Vec<Button> = examples(&expert.knowledge, language)
                .into_iter()
                .flatten()
                .collect();
            assert!((2..=EXAMPLES).contains(&buttons.len()), "{buttons:?}");
            for button in buttons {
                let Does::Tap(Tap::Fact(id, of)) = button.does else {
                    panic!("an example leads to a fact")
                };
                let fact = expert.knowledge.fact(&id).expect("it exists");
                assert_eq!(
                    (of, fact.text(language).examples.contains(&button.label)),
                    (language, true)
                );
            }
        }
    }
}
