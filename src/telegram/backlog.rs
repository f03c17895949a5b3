//! Which updates of one fetch need no answer of their own: after an outage a private chat gets one line, however much was
//! written there. Answers nothing.

use std::collections::BTreeMap;

use teloxide::types::{ChatId, Update, UpdateId, UpdateKind};

use super::heard::is_late;

/// The updates that others of the same fetch make needless: every old message of a private chat but its last.
pub(super) fn needless(updates: &[Update], now: i64) -> Vec<UpdateId> {
    let mut last: BTreeMap<ChatId, UpdateId> = BTreeMap::new();
    let mut needless = Vec::new();
    for update in updates {
        if let UpdateKind::Message(message) = &update.kind
            && message.chat.is_private()
            && is_late(message, now)
            && let Some(earlier) = last.insert(message.chat.id, update.id)
        {
            needless.push(earlier);
        }
    }
    needless
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{NOW, message_json};
    use super::*;

    #[test]
    fn of_old_messages_the_last_of_each_private_chat_is_kept() {
        let update = |id: u32, chat: i64, age: i64| {
            let message = message_json(chat, &json!({ "text": "x", "date": NOW - age }));
            let update = json!({ "update_id": id, "message": message });
            serde_json::from_str::<Update>(&update.to_string()).expect("it is an update")
        };
        let updates = [
            update(1, 5, 3600),
            update(2, 6, 3600),
            update(3, 5, 3500),
            update(4, 5, 10),
            update(5, -100, 3600),
            update(6, -100, 3600),
            update(7, 5, 3400),
        ];
        assert_eq!(needless(&updates, NOW), [UpdateId(1), UpdateId(3)]);
    }
}
