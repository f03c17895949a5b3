//! Makes calls: each once, and once more where Telegram wants a short pause. What fails is logged, never shown. Knows nothing
//! of why a call is made.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use teloxide::requests::{JsonRequest, MultipartRequest, Payload, Request};
use teloxide::{Bot, RequestError};

use super::call::Call;
use super::problem::Problem;

/// The longest pause that is worth waiting for; after a longer one nobody waits for the reply any more.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Makes a call, and says whether what comes after it still makes sense: not where a message did not get through.
pub(super) async fn send(bot: &Bot, call: &Call) -> bool {
    let mut result = attempt(bot, call).await;
    if let Err(Problem::TooFast(pause)) = result
        && pause <= LONGEST_WAIT
    {
        tokio::time::sleep(pause).await;
        result = attempt(bot, call).await;
    }
    if let Err(problem) = result {
        let level = match problem {
            // People block bots, leave groups and tap on old buttons: none of it is a fault.
            Problem::ShutOut | Problem::Harmless => log::Level::Debug,
            Problem::Unreachable(_) | Problem::TooFast(_) => log::Level::Warn,
            _ => log::Level::Error,
        };
        log::log!(level, "{} failed: {problem}", call.method());
        return !matches!(call, Call::SendMessage(_));
    }
    true
}

async fn attempt(bot: &Bot, call: &Call) -> Result<(), Problem> {
    match call {
        Call::SendMessage(payload) => json(bot, payload).await,
        Call::SendPhoto(photo) => MultipartRequest::new(bot.clone(), photo.payload())
            .send()
            .await
            .map(drop),
        Call::EditMessageText(payload) => json(bot, payload).await,
        Call::EditInlineMessage(payload) => json(bot, payload).await,
        Call::AnswerCallbackQuery(payload) => json(bot, payload).await,
        Call::AnswerInlineQuery(payload) => json(bot, payload).await,
    }
    .map_err(Problem::from)
}

async fn json<P>(bot: &Bot, payload: &P) -> Result<(), RequestError>
where
    P: Payload + Serialize + Clone + Send + Sync + 'static,
    P::Output: DeserializeOwned,
{
    JsonRequest::new(bot.clone(), payload.clone())
        .send()
        .await
        .map(drop)
}
