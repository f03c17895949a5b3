//! Makes the calls of a reply at Telegram's pace: each once, and again where Telegram wanted a short pause or was not reached at
//! all. What fails is logged, never shown. Knows nothing of why a call is made.

use std::time::Duration;

use super::api::Api;
use super::call::Call;
use super::pace::Pace;
use super::problem::Problem;

/// How often a call is tried where it surely did not arrive.
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
        for _ in 0..TRIES {
            if !self.turn(call).await {
                return false;
            }
            result = self.attempt(call).await;
            match (&result, call.chat()) {
                (Err(Problem::TooFast(pause)), Some(chat)) => self.pace.hush(chat, *pause),
                (Err(Problem::NoConnection), _) => tokio::time::sleep(RECONNECT).await,
                _ => break,
            }
        }
        if let Err(problem) = result {
            let level = match problem {
                // People block bots, leave groups and tap on old buttons: none of it is a fault.
                Problem::ShutOut | Problem::Harmless => log::Level::Debug,
                Problem::NoConnection | Problem::Unreachable(_) | Problem::TooFast(_) => {
                    log::Level::Warn
                }
                _ => log::Level::Error,
            };
            log::log!(level, "{} failed: {problem}", call.method());
            return !matches!(call, Call::SendMessage(_));
        }
        true
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
            Call::SendMessage(payload) => api.call(payload.clone()).await.map(drop),
            Call::SendPhoto(photo) => api.upload(photo.payload()).await.map(drop),
            Call::EditMessageText(payload) => api.call(payload.clone()).await.map(drop),
            Call::EditInlineMessage(payload) => api.call(payload.clone()).await.map(drop),
            Call::AnswerCallbackQuery(payload) => api.call(payload.clone()).await.map(drop),
            Call::AnswerInlineQuery(payload) => api.call(payload.clone()).await.map(drop),
        }
    }
}
