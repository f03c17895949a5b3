//! What can go wrong with a call, in kinds that matter to the bot and in words that may be logged: no token, no text and no
//! number of a person. Decides nothing.

use std::fmt;
use std::time::Duration;

use teloxide::types::ChatId;
use teloxide::{ApiError, RequestError};

/// The most characters of Telegram's words that are shown: it uses fewer, and what stands in between may not be Telegram.
const LONGEST_WORDS: usize = 200;

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// Telegram does not know the token.
    WrongToken,
    /// Another instance fetches updates with the same token.
    OtherInstance,
    /// Telegram sends updates to a webhook instead.
    WebhookSet,
    /// The bot may not write there any more: it was blocked or removed.
    ShutOut,
    /// It comes too late, or changes nothing: nothing is lost.
    Harmless,
    /// The group has another number now.
    Moved(ChatId),
    /// Telegram wants a pause.
    TooFast(Duration),
    /// Telegram was not reached, so the call was surely not made.
    NoConnection,
    /// No answer came, or none that a Bot API server would give.
    Unreachable(&'static str),
    /// Telegram says that it could not do what it was asked for, whatever that was.
    Fault,
    /// Telegram refused the call, in its own words.
    Refused(String),
}

impl From<RequestError> for Problem {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Api(error) => of_api(&error),
            RequestError::MigrateToChatId(chat) => Self::Moved(chat),
            RequestError::RetryAfter(seconds) => Self::TooFast(seconds.duration()),
            RequestError::Network(error) if error.is_timeout() => {
                Self::Unreachable("it does not answer in time")
            }
            RequestError::Network(error) if error.is_connect() => Self::NoConnection,
            RequestError::Network(_) | RequestError::Io(_) => {
                Self::Unreachable("the connection broke")
            }
            // What it did answer may hold messages.
            RequestError::InvalidJson { .. } => {
                Self::Unreachable("the answer is not one of the Bot API")
            }
        }
    }
}

/// What Telegram says of taps and edits that come too late or change nothing.
const HARMLESS: [&str; 4] = [
    "query is too old",
    "message is not modified",
    "message to edit not found",
    "MESSAGE_ID_INVALID",
];

/// How Telegram's words begin where the fault is its own: the library does not keep the number of the status, 500 and above.
const FAULTS: [&str; 4] = [
    "Internal Server Error",
    "Bad Gateway",
    "Service Unavailable",
    "Gateway Time",
];

/// Telegram's words are more than the library knows by name, and they change; their beginnings do not.
fn of_api(error: &ApiError) -> Problem {
    let words = match error {
        ApiError::InvalidToken => return Problem::WrongToken,
        ApiError::Unknown(words) => words.clone(),
        known => known.to_string(),
    };
    if words.starts_with("Conflict") && words.contains("ebhook") {
        Problem::WebhookSet
    } else if words.starts_with("Conflict") {
        Problem::OtherInstance
    } else if words.starts_with("Forbidden") || words.starts_with("Unauthorized") {
        Problem::ShutOut
    } else if HARMLESS.iter().any(|part| words.contains(part)) {
        Problem::Harmless
    } else if FAULTS.iter().any(|start| words.starts_with(start)) {
        Problem::Fault
    } else {
        let line = words.lines().next().unwrap_or_default();
        Problem::Refused(line.chars().take(LONGEST_WORDS).collect())
    }
}

impl Problem {
    /// Its kind, for metrics.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::WrongToken => "wrong_token",
            Self::OtherInstance | Self::WebhookSet => "conflict",
            Self::ShutOut => "shut_out",
            Self::Harmless => "harmless",
            Self::Moved(_) => "moved",
            Self::TooFast(_) => "too_fast",
            Self::NoConnection | Self::Unreachable(_) => "unreachable",
            Self::Fault => "fault",
            Self::Refused(_) => "refused",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongToken => f.write_str("Telegram does not know this token"),
            Self::OtherInstance => f.write_str("another instance of this bot is running"),
            Self::WebhookSet => f.write_str("the bot has a webhook"),
            Self::ShutOut => f.write_str("the bot was blocked or removed"),
            Self::Harmless => f.write_str("it was too late or not needed"),
            Self::Moved(_) => f.write_str("the group has another number now"),
            Self::TooFast(pause) => write!(f, "Telegram wants a pause of {} s", pause.as_secs()),
            Self::NoConnection => f.write_str("no connection"),
            Self::Unreachable(why) => f.write_str(why),
            Self::Fault => f.write_str("Telegram has a fault"),
            Self::Refused(words) => write!(f, "Telegram refused it: {words}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telegrams_words_are_told_apart_by_their_beginnings() {
        for (words, problem) in [
            ("Unauthorized", Problem::WrongToken),
            ("Not Found", Problem::WrongToken),
            (
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                Problem::OtherInstance,
            ),
            (
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
                Problem::WebhookSet,
            ),
            (
                "Conflict: terminated by setWebhook request",
                Problem::WebhookSet,
            ),
            ("Forbidden: bot was blocked by the user", Problem::ShutOut),
            (
                "Forbidden: bot was kicked from the supergroup chat",
                Problem::ShutOut,
            ),
            ("Forbidden: something new", Problem::ShutOut),
            (
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
                Problem::Harmless,
            ),
            ("Internal Server Error: restart", Problem::Fault),
            ("Bad Gateway", Problem::Fault),
            (
                "Bad Request: two\nlines",
                Problem::Refused("Bad Request: two".to_owned()),
            ),
            (
                "Bad Request: something new",
                Problem::Refused("Bad Request: something new".to_owned()),
            ),
        ] {
            let error: ApiError =
                serde_json::from_value(words.into()).unwrap_or(ApiError::Unknown(words.to_owned()));
            assert_eq!(of_api(&error), problem, "{words}");
        }
    }

    #[test]
    fn an_answer_that_cannot_be_read_is_not_shown() {
        let source = serde_json::from_str::<u8>("secret").expect_err("it is no number");
        let error = RequestError::InvalidJson {
            source: source.into(),
            raw: "secret".into(),
        };
        assert!(!Problem::from(error).to_string().contains("secret"));
    }
}
