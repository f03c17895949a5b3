//! From an update to the calls that answer it: a pure function, without network, clock or memory. Any transport can carry
//! updates in and calls out.

use teloxide::types::{
    CallbackQuery, MaybeInaccessibleMessage, Me, Message, Update, UpdateKind, User,
};

use super::button::Tap;
use super::call::{Call, Place, Reply};
use super::command::{Command, Written};
use super::heard::heard;
use super::{pages, render};
use crate::answer::{answer, cite};
use crate::expert::Expert;
use crate::language::Language;
use crate::locale;

/// The calls that answer an update, in the order in which they are to be made; none where silence is right.
///
/// `now` is in seconds since 1970.
pub(super) fn respond(update: &Update, expert: &Expert, me: &Me, now: i64) -> Vec<Call> {
    match &update.kind {
        UpdateKind::Message(message) => to_message(message, expert, me, now),
        UpdateKind::CallbackQuery(query) => to_tap(query, expert),
        _ => Vec::new(),
    }
}

fn to_message(message: &Message, expert: &Expert, me: &Me, now: i64) -> Vec<Call> {
    let Some(heard) = heard(message, me, now) else {
        return Vec::new();
    };
    let sender = message.from.as_ref().and_then(language_of);
    let replies = match Written::read(&heard.text) {
        Some(written) => to_command(&written, message, expert, me, sender),
        None if !heard.to_us => Vec::new(),
        None if heard.text.is_empty() => vec![pages::help(
            &expert.knowledge,
            sender.unwrap_or(Language::En),
        )],
        None => vec![to_question(&heard.text, expert, sender)],
    };
    let thread = message.thread_id.filter(|_| message.is_topic_message);
    let place = Place {
        chat: message.chat.id,
        thread,
        reply_to: Some(message.id),
    };
    replies
        .into_iter()
        .map(|reply| Call::say(place, reply))
        .collect()
}

fn to_command(
    written: &Written<'_>,
    message: &Message,
    expert: &Expert,
    me: &Me,
    sender: Option<Language>,
) -> Vec<Reply> {
    let is_us = |name: &str| {
        me.user
            .username
            .as_deref()
            .is_some_and(|own| own.eq_ignore_ascii_case(name))
    };
    if !written.addressee.is_none_or(is_us) {
        return Vec::new();
    }
    let knowledge = &expert.knowledge;
    let language = sender.unwrap_or(Language::En);
    match written.understand(knowledge) {
        Some(Command::Start) => vec![pages::start(knowledge, language)],
        Some(Command::Help) => vec![pages::help(knowledge, language)],
        Some(Command::Facts) => pages::facts(knowledge, language),
        Some(Command::Source) => vec![pages::source(knowledge, language)],
        Some(Command::Privacy) => vec![pages::privacy(language)],
        Some(Command::Ask("")) => vec![pages::ask_usage(language)],
        Some(Command::Ask(question)) => vec![to_question(question, expert, sender)],
        Some(Command::Fact(fact, named)) => {
            let language = named.unwrap_or(language);
            vec![render::fact(&cite(knowledge, fact, language), language).into()]
        }
        // In a group it may be the command of another bot.
        None if message.chat.is_private() || written.addressee.is_some() => {
            vec![pages::unknown_command(written.nearest(knowledge), language)]
        }
        None => Vec::new(),
    }
}

fn to_question(question: &str, expert: &Expert, sender: Option<Language>) -> Reply {
    let verdict = expert.matcher.ask(question, sender);
    render::answer(&answer(&expert.knowledge, &verdict), verdict.language)
}

/// Every tap is answered, or the button would seem to hang; what it asks for comes as a message of its own.
fn to_tap(query: &CallbackQuery, expert: &Expert) -> Vec<Call> {
    let reply = query
        .data
        .as_deref()
        .and_then(Tap::parse)
        .and_then(|tap| asked_by(&tap, expert));
    let place = query.message.as_ref().map(place_of_tap);
    if let (Some(reply), Some(place)) = (reply, place) {
        return vec![Call::tapped(&query.id, None), Call::say(place, reply)];
    }
    let language = language_of(&query.from).unwrap_or(Language::En);
    vec![Call::tapped(
        &query.id,
        Some(locale::text(language, "old-button", &[])),
    )]
}

/// What a tap asks for; nothing where the knowledge no longer has it, or never had.
fn asked_by(tap: &Tap, expert: &Expert) -> Option<Reply> {
    let knowledge = &expert.knowledge;
    match tap {
        Tap::Fact(id, language) => {
            let cited = cite(knowledge, knowledge.fact(id)?, *language);
            Some(render::fact(&cited, *language).into())
        }
        Tap::Topic(id, language) => {
            let topic = knowledge.topics.iter().find(|topic| topic.id == *id)?;
            Some(pages::topic(knowledge, topic, *language))
        }
        Tap::None(language) => Some(pages::rephrase(*language)),
    }
}

/// Where the answer to a tap is said: in the topic of the button, and in a group below its message.
fn place_of_tap(message: &MaybeInaccessibleMessage) -> Place {
    let chat = message.chat();
    let known = message.regular_message();
    Place {
        chat: chat.id,
        thread: known
            .filter(|message| message.is_topic_message)
            .and_then(|message| message.thread_id),
        reply_to: known
            .filter(|_| !chat.is_private())
            .map(|message| message.id),
    }
}

fn language_of(user: &User) -> Option<Language> {
    user.language_code.as_deref().map(Language::of_tag)
}

#[cfg(test)]
mod tests;
