//! Makes the calls of a reply at Telegram's pace: each once, and again where it surely was not done: Telegram wanted a short
//! pause, had a fault, or was not reached at all. What fails is logged, never shown. Knows nothing of why a call is made.

use std::borrow::Cow;
use std::time::Duration;

use teloxide::types::ChatId;
use tokio::sync::OwnedSemaphorePermit;

use super::api::Api;
use super::call::Call;
use super::pace::Pace;
use super::problem::Problem;

/// How often a call is tried where it surely was not done.
const TRIES: u32 = 3;
/// The pause after a connection that failed.
const RECONNECT: Duration = Duration::from_secs(1);

/// Where calls are made.
pub(super) struct Outbox {
    api: Api,
    pace: Pace,
}

impl Outbox {
    /// Calls this API at this pace.
    pub(super) fn new(api: Api, pace: Pace) -> Self {
        Self { api, pace }
    }

    /// Makes a call, and says whether what comes after it still makes sense: not where a message did not get through.
    pub(super) async fn send(&self, call: &Call) -> bool {
        let mut result = Ok(());
        let mut call = Cow::Borrowed(call);
        for _ in 0..TRIES {
            if !self.turn(&call).await {
                return false;
            }
            result = self.attempt(&call).await;
            match (&result, call.chat()) {
                (Err(Problem::TooFast(pause)), Some(chat)) => self.pace.hush(chat, *pause),
                (Err(Problem::NoConnection), _) => tokio::time::sleep(RECONNECT).await,
                // The library has paused.
                (Err(Problem::Fault), Some(_)) => (),
                (Err(Problem::Moved(to)), _) => match call.moved(*to) {
                    Some(moved) => call = Cow::Owned(moved),
                    None => break,
                },
                _ => break,
            }
        }
        if let Err(problem) = result {
            let level = match problem {
                // People block bots, leave groups and tap on old buttons: none of it is a fault.
                Problem::ShutOut | Problem::Harmless | Problem::Moved(_) => log::Level::Debug,
                Problem::NoConnection
                | Problem::Unreachable(_)
                | Problem::Fault
                | Problem::TooFast(_) => log::Level::Warn,
                _ => log::Level::Error,
            };
            log::log!(level, "{} failed: {problem}", call.method());
            return !matches!(*call, Call::SendMessage(_));
        }
        true
    }

    /// Leave for the messages among the calls of a reply to wait for their chat, to be kept as long as they do. Where there is none
    /// they are left out.
    pub(super) fn admit(
        &self,
        chat: ChatId,
        calls: &mut Vec<Call>,
    ) -> Option<OwnedSemaphorePermit> {
        let messages = calls.iter().filter(|call| call.chat().is_some()).count();
        let needs = u32::try_from(messages).unwrap_or(u32::MAX);
        let patience = self.pace.patience(chat, needs);
        if patience.is_none() && messages > 0 {
            log::warn!("a reply was left out: Telegram wants a long pause in that chat");
            calls.retain(|call| call.chat().is_none());
        }
        patience
    }

    /// When a reply may begin, if Telegram wants a long pause first.
    pub(super) fn later(&self, calls: &[Call]) -> Option<Duration> {
        self.pace.long_pause(calls.first()?.chat()?)
    }

    /// Waits until a call may travel in the response to a webhook, and says whether it still should.
    pub(super) async fn respond(&self, call: &Call) -> bool {
        let go = self.turn(call).await;
        if go {
            self.api.responded(call.method());
        }
        go
    }

    async fn turn(&self, call: &Call) -> bool {
        let go = match call.chat() {
            Some(chat) => self.pace.turn(chat).await,
            None => true,
        };
        if !go {
            log::warn!(
                "{} was left out: Telegram wants a long pause in that chat",
                call.method()
            );
        }
        go
    }

    async fn attempt(&self, call: &Call) -> Result<(), Problem> {
        let api = &self.api;
        match call {
            Call::SendMessage(payload) => api.tell(payload.clone()).await,
            Call::SendPhoto(photo) => api.upload(photo.payload()).await,
            Call::EditMessageText(payload) => api.tell(payload.clone()).await,
            Call::EditInlineMessage(payload) => api.tell(payload.clone()).await,
            Call::AnswerCallbackQuery(payload) => api.tell(payload.clone()).await,
            Call::AnswerInlineQuery(payload) => api.tell(payload.clone()).await,
        }
    }
}
