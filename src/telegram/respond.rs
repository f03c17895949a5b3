//! From an update to the calls that answer it: a pure function, without network, clock or memory. Any transport can carry
//! updates in and calls out.

use std::sync::Arc;

use teloxide::types::{ChatId, ChatMemberUpdated, Me, Message, Update, UpdateKind, User};
use url::Url;

use super::call::{Call, Place, Reply};
use super::command::{Command, Written};
use super::heard::{Heard, Said, heard, pointed_at};
use super::render::Can;
use super::{editors, inline, pages, render, taps};
use crate::answer::{Cited, answer, cite};
use crate::expert::Expert;
use crate::knowledge::Fact;
use crate::language::Language;
use crate::matching::{Outcome, Verdict};
use crate::serving::{Metrics, Question};
use crate::small_talk;

/// What the bot knows while it answers; the same for every update.
pub(super) struct Known {
    /// The hearing.
    pub(super) expert: Arc<Expert>,
    /// Its own account.
    pub(super) me: Arc<Me>,
    /// The chat that questions go to where people wish it.
    pub(super) curators: Option<ChatId>,
    /// Where questions and facts are counted.
    pub(super) metrics: Arc<Metrics>,
}

impl Known {
    /// What a question comes to, counted.
    pub(super) fn judge(
        &self,
        question: &str,
        sender: Option<Language>,
        surface: &'static str,
    ) -> Verdict {
        let verdict = self.expert.matcher.ask(question, sender);
        let outcome = match &verdict.outcome {
            Outcome::Answer(_) => "answer",
            Outcome::Clarify(_) => "clarify",
            Outcome::Gap(_) => "gap",
            Outcome::None => "none",
        };
        self.metrics.question(&Question {
            surface,
            outcome,
            language: verdict.language.code(),
        });
        if let Outcome::Answer(fact) = verdict.outcome
            && let Some(fact) = self.expert.knowledge.facts.get(fact)
        {
            self.metrics.fact(&fact.id);
        }
        verdict
    }

    /// A fact that was asked for by its name, counted.
    pub(super) fn named<'a>(&'a self, fact: &'a Fact, language: Language) -> Cited<'a> {
        self.metrics.fact(&fact.id);
        cite(&self.expert.knowledge, fact, language)
    }

    /// What buttons can lead to in a chat that the bot is in.
    pub(super) fn here(&self) -> Can {
        Can {
            share: self.me.supports_inline_queries,
            send: true,
            editors: self.curators.is_some(),
        }
    }

    /// The same under a message that somebody sends by way of the bot.
    pub(super) fn inline(&self) -> Can {
        Can {
            send: false,
            editors: false,
            ..self.here()
        }
    }
}

/// The calls that answer an update, in the order in which they are to be made; none where silence is right.
///
/// `now` is in seconds since 1970.
pub(super) fn respond(update: &Update, known: &Known, now: i64) -> Vec<Call> {
    match &update.kind {
        UpdateKind::Message(message) => {
            let Some(heard) = heard(message, &known.me, now) else {
                return Vec::new();
            };
            to_message(message, &heard, known)
        }
        // Nobody can tell which answer belongs to an edited question without remembering it, so that there is a new one. In a
        // group it would be noise: many messages are edited there, and each has been answered.
        UpdateKind::EditedMessage(message) if message.chat.is_private() => {
            match heard(message, &known.me, now) {
                Some(heard @ Heard::Said(_)) => to_message(message, &heard, known),
                _ => Vec::new(),
            }
        }
        UpdateKind::CallbackQuery(query) => taps::respond(query, known),
        UpdateKind::InlineQuery(query) => vec![inline::respond(query, known)],
        UpdateKind::MyChatMember(change) => to_membership(change, known, now),
        _ => Vec::new(),
    }
}

fn to_message(message: &Message, heard: &Heard, known: &Known) -> Vec<Call> {
    let sender = message.from.as_ref().and_then(language_of);
    let language = sender.unwrap_or(Language::En);
    let replies = match heard {
        Heard::Wordless => vec![pages::only_text(language)],
        Heard::Late => vec![pages::late(language)],
        Heard::Said(said) => match Written::read(&said.text) {
            Some(written) => to_command(&written, message, said, known, sender),
            None if !said.to_us => Vec::new(),
            None if said.text.is_empty() => match pointed_at(message, &known.me) {
                Some(question) => vec![to_question(&question, message, known, sender)],
                None => vec![pages::help(&known.expert.knowledge, language, known.here())],
            },
            None => vec![to_question(&said.text, message, known, sender)],
        },
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
    said: &Said,
    known: &Known,
    sender: Option<Language>,
) -> Vec<Reply> {
    let own_name = known.me.user.username.as_deref().unwrap_or_default();
    let is_us = |name: &str| own_name.eq_ignore_ascii_case(name);
    if !written.addressee.is_none_or(is_us) {
        return Vec::new();
    }
    let knowledge = &known.expert.knowledge;
    let language = sender.unwrap_or(Language::En);
    let private = message.chat.is_private();
    let addressed = private || written.addressee.is_some() || said.by_name;
    // In a group it may be the command of another bot.
    if !addressed && !written.is_exact(knowledge) {
        return Vec::new();
    }
    match written.understand(knowledge) {
        // Whoever adds the bot by a link sends this command with it, beside the greeting that the group gets.
        Some(Command::Start) if !private && !written.rest.is_empty() => Vec::new(),
        Some(Command::Start) => {
            let link = format!("https://t.me/{own_name}?startgroup=hello");
            let group = Url::parse(&link).ok().filter(|_| private);
            vec![pages::start(knowledge, language, group)]
        }
        Some(Command::Help) => vec![pages::help(knowledge, language, known.here())],
        Some(Command::Facts) => pages::facts(knowledge, language),
        Some(Command::Source) => vec![pages::source(knowledge, language)],
        Some(Command::Privacy) => vec![pages::privacy(language, known.curators.is_some())],
        Some(Command::Ask("")) => match pointed_at(message, &known.me) {
            Some(question) => vec![to_question(&question, message, known, sender)],
            None => vec![pages::ask_usage(language)],
        },
        Some(Command::Ask(question)) => vec![to_question(question, message, known, sender)],
        // Of other talk in a group this word is no concern of the bot: other bots have it, too.
        Some(Command::Wrong(_)) if !addressed && !said.to_us => Vec::new(),
        Some(Command::Wrong(words)) if known.curators.is_some() => {
            vec![editors::preview(message, words, &known.me, language)]
        }
        Some(Command::Fact(fact, named)) => {
            let language = named.unwrap_or(language);
            let cited = known.named(fact, language);
            vec![render::fact_reply(
                knowledge,
                &cited,
                language,
                known.here(),
            )]
        }
        Some(Command::Wrong(_)) => vec![pages::unknown_command(None, language)],
        None => {
            let nearest = written.nearest(knowledge);
            let nearest = nearest.filter(|near| near.command != "wrong" || known.here().editors);
            vec![pages::unknown_command(nearest, language)]
        }
    }
}

fn to_question(
    question: &str,
    message: &Message,
    known: &Known,
    sender: Option<Language>,
) -> Reply {
    let knowledge = &known.expert.knowledge;
    if let Some((talk, language)) = small_talk::heard(question, sender) {
        return pages::small_talk(knowledge, talk, language);
    }
    let private = message.chat.is_private();
    let surface = if private { "private" } else { "group" };
    let verdict = known.judge(question, sender, surface);
    let answer = answer(knowledge, &verdict);
    render::answer(knowledge, &answer, verdict.language, known.here())
}

/// A greeting where the bot comes into a group; nothing where it leaves or only gets other rights.
fn to_membership(change: &ChatMemberUpdated, known: &Known, now: i64) -> Vec<Call> {
    let group = change.chat.is_group() || change.chat.is_supergroup();
    let came = change.new_chat_member.is_present() && !change.old_chat_member.is_present();
    if !group || !came || now - change.date.timestamp() > super::heard::OLDEST {
        return Vec::new();
    }
    let language = language_of(&change.from).unwrap_or(Language::En);
    let place = Place {
        chat: change.chat.id,
        thread: None,
        reply_to: None,
    };
    vec![Call::say(
        place,
        pages::greeting(&known.expert.knowledge, language),
    )]
}

/// The language that somebody has Telegram in.
pub(super) fn language_of(user: &User) -> Option<Language> {
    user.language_code.as_deref().map(Language::of_tag)
}

#[cfg(test)]
mod tests;
