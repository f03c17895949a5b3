//! What the unit tests of this room share: a small hearing about a bridge, the bot's own account, and messages.

use std::sync::Arc;

use serde_json::{Value, json};
use teloxide::types::{Me, Message};

use super::respond::Known;
use crate::expert::Expert;
use crate::knowledge::Folder;
use crate::serving::Metrics;

/// The time of every test, in seconds since 1970.
pub(super) const NOW: i64 = 1_700_000_000;

/// The small hearing that the end-to-end tests ask about, too.
pub(super) fn expert() -> Expert {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/telegram/knowledge");
    let folder = Folder::read(dir.as_ref()).expect("the folder can be read");
    Expert::new(&folder).unwrap_or_else(|faults| panic!("the fixture has faults: {faults:#?}"))
}

/// The bot: number 1, `@bridge_bot`.
pub(super) fn me() -> Me {
    let me = json!({
        "id": 1, "is_bot": true, "first_name": "Bridge", "username": "bridge_bot", "can_join_groups": true,
        "can_read_all_group_messages": false, "supports_inline_queries": true, "has_main_web_app": false,
    });
    serde_json::from_value(me).expect("it is the bot's account")
}

/// What the bot knows, without editors.
pub(super) fn known() -> Known {
    Known {
        expert: Arc::new(expert()),
        me: Arc::new(me()),
        curators: None,
        metrics: Arc::new(Metrics::new()),
    }
}

/// A message of user 7, who has Telegram in Russian, in a chat: a group where the number is negative. `fields` are added.
pub(super) fn message(chat: i64, fields: &Value) -> Message {
    serde_json::from_value(message_json(chat, fields)).expect("it is a message")
}

/// The same as Telegram writes it.
pub(super) fn message_json(chat: i64, fields: &Value) -> Value {
    let place = if chat > 0 {
        json!({ "id": chat, "type": "private", "first_name": "A" })
    } else {
        json!({ "id": chat, "type": "supergroup", "title": "G" })
    };
    let person = json!({ "id": 7, "is_bot": false, "first_name": "A", "language_code": "ru" });
    let mut message = json!({ "message_id": 10, "date": NOW, "chat": place, "from": person });
    for (key, value) in fields.as_object().expect("they are an object") {
        message[key] = value.clone();
    }
    message
}
