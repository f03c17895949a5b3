//! Which messages are for the bot, and what is said in them. Reads messages only; answers nothing.

use teloxide::types::{Me, MediaKind, Message, MessageKind};

/// A message older than this is not answered, in seconds: whoever wrote it before an outage has gone on.
pub(super) const OLDEST: i64 = 10 * 60;

/// What the bot hears.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Words.
    Said(Said),
    /// Something without words, in a private chat: a voice message, a sticker, a photo.
    Wordless,
    /// Something in a private chat that is too old to be answered.
    Late,
}

/// Words that the bot hears.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// The text, without mentions of the bot.
    pub(super) text: String,
    /// Whether its name stands in it.
    pub(super) by_name: bool,
    /// Whether it is said to the bot: in a private chat, as a reply to it, or with its name. Of other talk only commands
    /// concern it.
    pub(super) to_us: bool,
}

/// What a message says; nothing where it is not for the bot at all.
pub(super) fn heard(message: &Message, me: &Me, now: i64) -> Option<Heard> {
    let private = message.chat.is_private();
    if message.chat.is_channel() || !is_from_a_person(message, me) {
        return None;
    }
    if is_late(message, now) {
        return (private && is_content(message)).then_some(Heard::Late);
    }
    let Some(text) = message.text().or_else(|| message.caption()) else {
        // The photos of an album come one by one; its text stands at one of them.
        let alone = message.media_group_id().is_none();
        return (private && alone && is_content(message)).then_some(Heard::Wordless);
    };
    let (text, by_name) = without_mentions(text, name(me));
    let replied = message
        .reply_to_message()
        .and_then(|message| message.from.as_ref());
    let replied = replied.is_some_and(|author| author.id == me.user.id);
    Some(Heard::Said(Said {
        text,
        by_name,
        to_us: private || by_name || replied,
    }))
}

/// Whether a message, or its last edit, is too old to be answered.
pub(super) fn is_late(message: &Message, now: i64) -> bool {
    let written = message.edit_date().unwrap_or(&message.date);
    now - written.timestamp() > OLDEST
}

/// The words of somebody that a message points at by being a reply: "@bot" or "/ask" below a question of another.
pub(super) fn pointed_at(message: &Message, me: &Me) -> Option<String> {
    let other = message.reply_to_message()?;
    if other.from.as_ref().is_some_and(|author| author.is_bot) {
        return None;
    }
    let text = other.text().or_else(|| other.caption())?;
    let (text, _) = without_mentions(text, name(me));
    (!text.is_empty()).then_some(text)
}

fn name(me: &Me) -> &str {
    me.user.username.as_deref().unwrap_or_default()
}

/// Whether somebody says or shows something with a message; others tell what happened in the chat. What the library cannot read,
/// such as a voice message without its type, is taken for something shown.
fn is_content(message: &Message) -> bool {
    match &message.kind {
        MessageKind::Common(common) => !matches!(common.media_kind, MediaKind::Migration(_)),
        MessageKind::Dice(_) | MessageKind::Empty {} => true,
        _ => false,
    }
}

/// Whether somebody wrote this for others to read: not a bot, not the bot's own words sent by a person, and no copy of a
/// channel's post. People who write as a group or as a channel have a bot as their sender, and the chat beside it.
fn is_from_a_person(message: &Message, me: &Me) -> bool {
    let bot =
        message.from.as_ref().is_some_and(|user| user.is_bot) && message.sender_chat.is_none();
    let own = message
        .via_bot
        .as_ref()
        .is_some_and(|bot| bot.id == me.user.id);
    !bot && !own && !message.is_automatic_forward()
}

/// The text without `@name`, and whether that stood in it. Telegram finds mentions of bots by the text, too.
pub(super) fn without_mentions(text: &str, name: &str) -> (String, bool) {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    let mut mentioned = false;
    while let Some(at) = rest.find('@') {
        let (before, after) = rest.split_at(at);
        let after = after.get(1..).unwrap_or_default();
        let end = after
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(after.len());
        let (word, behind) = after.split_at(end);
        kept.push_str(before);
        // In `/help@name` and `somebody@name` it is a part of something else.
        let is_part = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if word.eq_ignore_ascii_case(name) && !name.is_empty() && !is_part {
            mentioned = true;
        } else {
            kept.push('@');
            kept.push_str(word);
        }
        rest = behind;
    }
    kept.push_str(rest);
    (kept.trim().to_owned(), mentioned)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{NOW, me, message, message_json};
    use super::*;

    /// What the bot hears of a message of a group with these fields.
    fn in_group(fields: &Value) -> Option<Heard> {
        heard(&message(-100, fields), &me(), NOW)
    }

    fn said(text: &str, by_name: bool, to_us: bool) -> Heard {
        Heard::Said(Said {
            text: text.to_owned(),
            by_name,
            to_us,
        })
    }

    #[test]
    fn mentions_are_found_anywhere_and_taken_out() {
        for (text, rest, mentioned) in [
            ("@Bridge_Bot how long?", "how long?", true),
            ("how long is it, @bridge_bot?", "how long is it, ?", true),
            ("қанша тұрды @bridge_bot", "қанша тұрды", true),
            ("@bridge_bot", "", true),
            ("@bridge_bot /cost", "/cost", true),
            ("@bridge_bots how long?", "@bridge_bots how long?", false),
            ("@other @bridge_bot hm", "@other  hm", true),
            ("me@bridge_bot", "me@bridge_bot", false),
            ("/help@bridge_bot", "/help@bridge_bot", false),
            ("a @ b", "a @ b", false),
        ] {
            assert_eq!(
                without_mentions(text, "bridge_bot"),
                (rest.to_owned(), mentioned),
                "{text}"
            );
        }
        assert_eq!(without_mentions("@ you", ""), ("@ you".to_owned(), false));
    }

    #[test]
    fn in_private_everything_is_said_to_the_bot() {
        assert_eq!(
            heard(&message(5, &json!({ "text": "how long?" })), &me(), NOW),
            Some(said("how long?", false, true))
        );
    }

    #[test]
    fn what_is_shown_without_words_is_heard_in_private_only() {
        let sticker = json!({ "sticker": {
            "file_id": "s", "file_unique_id": "s", "file_size": 1, "width": 1, "height": 1, "type": "regular",
            "is_animated": false, "is_video": false,
        } });
        let photo = json!([{ "file_id": "p", "file_unique_id": "p", "width": 1, "height": 1, "file_size": 1 }]);
        let album = json!({ "photo": photo, "media_group_id": "9" });
        // Every field that the Bot API lets out is left out.
        let voice = json!({ "voice": { "file_id": "v", "file_unique_id": "v", "duration": 3 } });
        let service = json!({ "pinned_message": message_json(5, &json!({ "text": "x" })) });
        for (fields, private) in [
            (&sticker, Some(Heard::Wordless)),
            (&json!({ "photo": photo }), Some(Heard::Wordless)),
            (&voice, Some(Heard::Wordless)),
            (&album, None),
            (&service, None),
        ] {
            assert_eq!(heard(&message(5, fields), &me(), NOW), private, "{fields}");
            assert_eq!(in_group(fields), None, "{fields}");
        }
    }

    #[test]
    fn what_is_old_gets_no_answer_but_in_private_a_line() {
        let old = json!({ "text": "how long?", "date": NOW - 601 });
        assert_eq!(heard(&message(5, &old), &me(), NOW), Some(Heard::Late));
        assert_eq!(in_group(&old), None);
        let edited = json!({ "text": "how long?", "date": NOW - 601, "edit_date": NOW });
        assert_eq!(
            heard(&message(5, &edited), &me(), NOW),
            Some(said("how long?", false, true))
        );
    }

    #[test]
    fn a_reply_points_at_what_a_person_wrote() {
        let person = message_json(-100, &json!({ "text": "how long is it, @bridge_bot?" }));
        let bot = json!({ "id": 9, "is_bot": true, "first_name": "Other" });
        let bot = message_json(-100, &json!({ "text": "how long?", "from": bot }));
        for (other, words) in [(person, Some("how long is it, ?".to_owned())), (bot, None)] {
            let reply = message(-100, &json!({ "text": "/ask", "reply_to_message": other }));
            assert_eq!(pointed_at(&reply, &me()), words);
        }
    }

    #[test]
    fn in_a_group_it_takes_a_mention_or_a_reply() {
        let photo = json!([{ "file_id": "p", "file_unique_id": "p", "width": 1, "height": 1, "file_size": 1 }]);
        let reply = |author: &Value| {
            let id = author["id"].clone();
            let message = json!({ "message_id": 2, "date": NOW, "chat": { "id": -100, "type": "group", "title": "G" },
                "from": author, "text": "x" });
            (
                id,
                json!({ "text": "and how long?", "reply_to_message": message }),
            )
        };
        let (_, to_bot) =
            reply(&json!({ "id": 1, "is_bot": true, "first_name": "B", "username": "bridge_bot" }));
        let (_, to_other) = reply(&json!({ "id": 3, "is_bot": false, "first_name": "C" }));
        assert_eq!(
            in_group(&json!({ "text": "how long?" })),
            Some(said("how long?", false, false))
        );
        assert_eq!(
            in_group(&json!({ "text": "@bridge_bot how long?" })),
            Some(said("how long?", true, true))
        );
        assert_eq!(
            in_group(&json!({ "photo": photo, "caption": "@bridge_bot how long?" })),
            Some(said("how long?", true, true))
        );
        assert_eq!(in_group(&to_bot), Some(said("and how long?", false, true)));
        assert_eq!(
            in_group(&to_other),
            Some(said("and how long?", false, false))
        );
    }

    #[test]
    fn bots_channels_and_old_messages_are_not_heard() {
        let group = json!({ "id": -100, "type": "group", "title": "G" });
        let channel = json!({ "id": -1_001_000_000_009_i64, "type": "channel", "title": "C" });
        let bot = json!({ "id": 9, "is_bot": true, "first_name": "Other" });
        let me_as_bot =
            json!({ "id": 1, "is_bot": true, "first_name": "B", "username": "bridge_bot" });
        let anonymous = json!({ "id": 1_087_968_824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot" });
        for (what, fields, is_heard) in [
            ("a bot", json!({ "from": bot }), false),
            ("via this bot", json!({ "via_bot": me_as_bot }), false),
            ("via another bot", json!({ "via_bot": bot }), true),
            (
                "an anonymous admin",
                json!({ "from": anonymous, "sender_chat": group }),
                true,
            ),
            (
                "a linked channel",
                json!({ "sender_chat": channel, "is_automatic_forward": true }),
                false,
            ),
            ("a channel post", json!({ "chat": channel }), false),
            ("ten minutes old", json!({ "date": NOW - 600 }), true),
            ("older", json!({ "date": NOW - 601 }), false),
            ("a sticker", json!({ "text": null }), false),
        ] {
            let mut message = json!({ "text": "@bridge_bot how long?" });
            for (key, value) in fields.as_object().expect("it is an object") {
                message[key] = value.clone();
            }
            assert_eq!(in_group(&message).is_some(), is_heard, "{what}");
        }
    }
}
