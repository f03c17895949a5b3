//! From an update to the calls that are to be made, whichever way updates come: counts it, answers it, and holds back who
//! floods. Sends nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use teloxide::types::{ChatId, Me, Update, UpdateKind, UserId};
use tokio::sync::watch;

use super::call::Call;
use super::flood::{Flood, Judgment};
use super::respond::{self, Known};
use crate::expert::Expert;
use crate::language::Language;
use crate::locale;
use crate::serving::Metrics;

/// What updates are answered from.
pub(super) struct Desk {
    expert: watch::Receiver<Arc<Expert>>,
    me: Arc<Me>,
    curators: Option<ChatId>,
    flood: Flood,
    metrics: Arc<Metrics>,
}

impl Desk {
    /// A desk for the bot `me`, with the knowledge that is in use at the time of each update.
    pub(super) fn new(
        expert: watch::Receiver<Arc<Expert>>,
        me: Me,
        curators: Option<ChatId>,
        metrics: Arc<Metrics>,
    ) -> Self {
        Self {
            expert,
            me: Arc::new(me),
            curators,
            flood: Flood::new(),
            metrics,
        }
    }

    /// The calls that answer an update, in the order in which they are to be made.
    pub(super) fn calls(&self, update: &Update) -> Vec<Call> {
        self.metrics.update(kind_of(update));
        let known = Known {
            expert: Arc::clone(&self.expert.borrow()),
            me: Arc::clone(&self.me),
            curators: self.curators,
            metrics: Arc::clone(&self.metrics),
        };
        let answer = || respond::respond(update, &known, super::now());
        let answered = catch_unwind(AssertUnwindSafe(answer));
        let Ok(calls) = answered else {
            log::error!("an update was left unanswered after a panic");
            return Vec::new();
        };
        let messages = calls.iter().filter(|call| call.chat().is_some()).count();
        let chat = update.chat().map(|chat| chat.id);
        let judgment = match &update.kind {
            UpdateKind::InlineQuery(query) => self.flood.judge_query(query.from.id),
            _ => self.flood.judge(person(update), chat, messages),
        };
        match judgment {
            Judgment::Answer => calls,
            Judgment::Warn => warn(calls, chat, language(update)),
            // A button that was tapped must not seem to hang; nobody waits for the answer to a query.
            Judgment::Silence => calls
                .into_iter()
                .filter(|call| matches!(call, Call::AnswerCallbackQuery(_)))
                .collect(),
        }
    }
}

/// One polite line in place of a reply: over the chat where a button was tapped, above the results where somebody types, else as a
/// message where somebody wrote.
fn warn(calls: Vec<Call>, chat: Option<ChatId>, language: Language) -> Vec<Call> {
    let words = locale::text(language, "too-fast", &[]);
    let (mut others, messages): (Vec<_>, Vec<_>) =
        calls.into_iter().partition(|call| call.chat().is_none());
    // What goes to another chat, such as that of the editors, is not the place for it.
    let here = messages.into_iter().find(|call| call.chat() == chat);
    let line = others
        .pop()
        .or(here)
        .and_then(|call| call.with_words(&words));
    line.into_iter().collect()
}

/// Who caused an update, where that is one person: anonymous admins of all groups share an account.
fn person(update: &Update) -> Option<UserId> {
    match &update.kind {
        UpdateKind::Message(message) if message.sender_chat.is_some() => None,
        _ => update.from().map(|user| user.id),
    }
}

fn language(update: &Update) -> Language {
    let known = update.from().and_then(respond::language_of);
    known.unwrap_or(Language::En)
}

/// The kind of an update, as the Bot API names it.
fn kind_of(update: &Update) -> &'static str {
    match update.kind {
        UpdateKind::Message(_) => "message",
        UpdateKind::EditedMessage(_) => "edited_message",
        UpdateKind::InlineQuery(_) => "inline_query",
        UpdateKind::ChosenInlineResult(_) => "chosen_inline_result",
        UpdateKind::CallbackQuery(_) => "callback_query",
        UpdateKind::MyChatMember(_) => "my_chat_member",
        _ => "other",
    }
}
