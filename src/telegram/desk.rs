//! From an update to the calls that are to be made, whichever way updates come: counts it, answers it, and holds back who
//! floods. Sends nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::SystemTime;

use teloxide::types::{Me, Update, UpdateKind, UserId};
use tokio::sync::watch;

use super::call::Call;
use super::flood::{Flood, Judgment};
use super::respond;
use crate::expert::Expert;
use crate::language::Language;
use crate::locale;
use crate::serving::Metrics;

/// What updates are answered from.
pub(super) struct Desk {
    expert: watch::Receiver<Arc<Expert>>,
    me: Me,
    flood: Flood,
    metrics: Arc<Metrics>,
}

impl Desk {
    /// A desk for the bot `me`, with the knowledge that is in use at the time of each update.
    pub(super) fn new(expert: watch::Receiver<Arc<Expert>>, me: Me, metrics: Arc<Metrics>) -> Self {
        Self {
            expert,
            me,
            flood: Flood::new(),
            metrics,
        }
    }

    /// The calls that answer an update, in the order in which they are to be made.
    pub(super) fn calls(&self, update: &Update) -> Vec<Call> {
        self.metrics.update(kind_of(update));
        let expert = Arc::clone(&self.expert.borrow());
        let answered = catch_unwind(AssertUnwindSafe(|| {
            respond::respond(update, &expert, &self.me, now())
        }));
        let Ok(calls) = answered else {
            log::error!("an update was left unanswered after a panic");
            return Vec::new();
        };
        let messages = calls.iter().filter(|call| call.chat().is_some()).count();
        match self
            .flood
            .judge(person(update), update.chat().map(|chat| chat.id), messages)
        {
            Judgment::Answer => calls,
            Judgment::Warn => warn(calls, language(update)),
            // A button that was tapped must not seem to hang.
            Judgment::Silence => calls
                .into_iter()
                .filter(|call| call.chat().is_none())
                .collect(),
        }
    }
}

/// One polite line in place of a reply: over the chat where a button was tapped, else as a message.
fn warn(mut calls: Vec<Call>, language: Language) -> Vec<Call> {
    let words = locale::text(language, "too-fast", &[]);
    calls.truncate(1);
    for call in &mut calls {
        call.say_instead(&words);
    }
    calls
}

/// Who caused an update, where that is one person: anonymous admins of all groups share an account.
fn person(update: &Update) -> Option<UserId> {
    match &update.kind {
        UpdateKind::Message(message) if message.sender_chat.is_some() => None,
        _ => update.from().map(|user| user.id),
    }
}

fn language(update: &Update) -> Language {
    let tag = update.from().and_then(|user| user.language_code.as_deref());
    tag.map_or(Language::En, Language::of_tag)
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

/// Seconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
