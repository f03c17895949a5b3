//! The tables of faults: what Telegram does, what becomes of the message that it met, and the words of the one line in the log;
//! none where there is no line.

use serde_json::{Value, json};

use super::{Fate, MOVED, POOR};
use crate::fake_api::FakeApi;

/// What happens, how it is brought about, what becomes of the message, what stands in the log.
pub(super) type Row = (&'static str, fn(&FakeApi, &'static str), Fate, &'static str);

fn refused(api: &FakeApi, method: &'static str, words: &str) {
    api.fail(method, 1, 400, &format!("Bad Request: {words}"));
}

fn forbidden(api: &FakeApi, method: &'static str, words: &str) {
    api.fail(method, 1, 403, &format!("Forbidden: {words}"));
}

/// Faults of `sendMessage`.
#[rustfmt::skip]
pub(super) fn of_messages() -> Vec<Row> {
    use Fate::{Hushed, Lost, Said};
    vec![
        // First, because it lasts longest.
        ("429 for 60 s", |api, m| api.slow_down(m, 60), Said, "a message waits: Telegram wants a pause of 60 s"),
        ("429 for 600 s", |api, m| api.slow_down(m, 600), Hushed, "left out: Telegram wants a long pause"),
        ("429 for 1 s", |api, m| api.slow_down(m, 1), Said, ""),
        ("500", |api, m| api.fail(m, 1, 500, "Internal Server Error: restart"), Said, ""),
        ("502", |api, m| api.fail(m, 1, 502, "Bad Gateway"), Said, ""),
        ("503", |api, m| api.fail(m, 1, 503, "Service Unavailable"), Said, ""),
        ("500 that lasts", |api, m| api.fail(m, 3, 500, "Internal Server Error"), Lost, "Telegram has a fault"),
        ("502 as a page", |api, m| api.answer_with(m, 1, 502, "<html>canary</html>"), Lost, "not one of the Bot API"),
        ("a reset", FakeApi::cut, Lost, "the connection broke"),
        ("a body without end", FakeApi::never_end, Lost, "does not answer in time"),
        ("30 s", FakeApi::dawdle, Lost, "does not answer in time"),
        ("no JSON", |api, m| api.answer_with(m, 1, 200, "canary"), Lost, "not one of the Bot API"),
        ("JSON of another kind", |api, m| api.answer_with(m, 1, 200, "[\"canary\"]"), Lost, "not one of the Bot API"),
        // It was said, so that nothing is to be told.
        ("an unreadable echo", |api, m| api.answer_with(m, 1, 200, r#"{"ok":true,"result":{"canary":1}}"#), Lost, ""),
        ("400: no chat", |api, m| refused(api, m, "chat not found"), Lost, "chat not found"),
        ("400: deleted", |api, m| refused(api, m, "message to be replied not found"), Lost, "to be replied not found"),
        ("400: topic closed", |api, m| refused(api, m, "TOPIC_CLOSED"), Lost, "TOPIC_CLOSED"),
        ("400: topic deleted", |api, m| refused(api, m, "message thread not found"), Lost, "message thread not found"),
        ("400: no rights", |api, m| refused(api, m, "not enough rights to send text messages"), Lost, "not enough rights"),
        ("400: something new", |api, m| refused(api, m, &format!("it\nis {}", "long ".repeat(9000))), Lost, "refused it"),
        ("400: a supergroup now", |api, m| api.move_to(m, MOVED), Said, ""),
        ("403: blocked", |api, m| forbidden(api, m, "bot was blocked by the user"), Lost, ""),
        ("403: kicked", |api, m| forbidden(api, m, "bot was kicked from the supergroup chat"), Lost, ""),
        ("401: the token was revoked", |api, m| api.fail(m, 1, 401, "Unauthorized"), Lost, "does not know this token"),
    ]
}

/// Faults of a call that tells a person nothing by itself: the message beside it comes all the same.
#[rustfmt::skip]
pub(super) fn of_taps() -> Vec<Row> {
    use Fate::Said;
    const OLD: &str = "query is too old and response timeout expired or query ID is invalid";
    vec![
        ("400: too old", |api, m| refused(api, m, OLD), Said, ""),
        ("400: something new", |api, m| refused(api, m, "something new"), Said, "something new"),
        ("429 for 60 s", |api, m| api.slow_down(m, 60), Said, "a pause of 60 s"),
        ("500", |api, m| api.fail(m, 1, 500, "Internal Server Error"), Said, "Telegram has a fault"),
        ("a reset", FakeApi::cut, Said, "the connection broke"),
        ("a body without end", FakeApi::never_end, Said, "does not answer in time"),
        ("30 s", FakeApi::dawdle, Said, "does not answer in time"),
        ("no JSON", |api, m| api.answer_with(m, 1, 200, "canary"), Said, "not one of the Bot API"),
    ]
}

/// Faults of an edit under a button.
#[rustfmt::skip]
pub(super) fn of_edits() -> Vec<Row> {
    use Fate::Lost;
    vec![
        ("400: not modified", |api, m| refused(api, m, "message is not modified: specified new message content"), Lost, ""),
        ("400: gone", |api, m| refused(api, m, "message to edit not found"), Lost, ""),
        ("400: something new", |api, m| refused(api, m, "something new"), Lost, "something new"),
    ]
}

/// Faults of a call without which nothing comes.
#[rustfmt::skip]
pub(super) fn of_link() -> Vec<Row> {
    use Fate::Said;
    vec![
        ("429 for 1 s", |api, m| api.slow_down(m, 1), Said, "a pause of 1 s"),
        ("500", |api, m| api.fail(m, 1, 500, "Internal Server Error"), Said, "Telegram has a fault"),
        ("502", |api, m| api.fail(m, 1, 502, "Bad Gateway"), Said, "Telegram has a fault"),
        ("503 as a page", |api, m| api.answer_with(m, 1, 503, "<html>canary</html>"), Said, "not one of the Bot API"),
        ("a reset", FakeApi::cut, Said, "the connection broke"),
        ("a body without end", FakeApi::never_end, Said, "does not answer in time"),
        ("30 s", FakeApi::dawdle, Said, "does not answer in time"),
        ("no JSON", |api, m| api.answer_with(m, 2, 200, "canary"), Said, "not one of the Bot API"),
    ]
}

/// Updates that hold no question, whatever else they hold.
#[rustfmt::skip]
pub(super) fn strange_updates() -> Vec<(&'static str, Value)> {
    let chat = json!({ "id": POOR, "type": "private", "first_name": "canary" });
    let channel = json!({ "id": -100, "type": "channel", "title": "canary" });
    let other = json!({ "id": 1, "type": "canary" });
    let from = json!({ "id": POOR, "is_bot": false, "first_name": "canary" });
    vec![
        ("an unknown kind", json!({ "canary_kind": { "canary": "canary" } })),
        ("nothing at all", json!({})),
        ("null", json!({ "message": null })),
        ("an empty message", json!({ "message": {} })),
        ("a message of the wrong form", json!({ "message": ["canary"] })),
        ("a number that is too large", json!({ "message": { "message_id": 1e300, "date": 0, "chat": chat, "text": "canary" } })),
        ("a year that is none", json!({ "message": { "message_id": 1, "date": i64::MAX, "chat": chat, "from": from, "text": "canary" } })),
        ("a kind of chat that is none", json!({ "message": { "message_id": 1, "date": 1, "chat": other } })),
        ("two kinds at once", json!({ "canary": {}, "poll_answer": { "canary": 1 } })),
        ("a tap without a message", json!({ "callback_query": { "id": "q", "from": from, "chat_instance": "c" } })),
        ("a kind that was not asked for", json!({ "channel_post": { "message_id": 1, "date": 1, "chat": channel, "text": "canary" } })),
    ]
}
