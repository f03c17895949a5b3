//! What the bot wants Telegram to do: calls of the Bot API as values. They can be compared, sent by any transport, or written
//! as JSON with the method beside the parameters, as the response to a webhook has them. Sends nothing.

use serde::Serialize;
use teloxide::payloads::{AnswerCallbackQuery, SendMessage};
use teloxide::types::{
    CallbackQueryId, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions,
    MessageId, ParseMode, Recipient, ReplyMarkup, ReplyParameters, ThreadId,
};

use super::button::Button;
use super::html::Html;

/// One call of the Bot API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "method", rename_all = "camelCase")]
pub(super) enum Call {
    /// Says something in a chat.
    SendMessage(SendMessage),
    /// Ends the waiting of whoever tapped a button.
    AnswerCallbackQuery(AnswerCallbackQuery),
}

/// Where something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The chat.
    pub(super) chat: ChatId,
    /// The topic, in chats that have topics.
    pub(super) thread: Option<ThreadId>,
    /// The message that it is a reply to.
    pub(super) reply_to: Option<MessageId>,
}

/// Something to say: text, and rows of buttons under it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reply {
    /// The text.
    pub(super) html: Html,
    /// The buttons, row by row.
    pub(super) keyboard: Vec<Vec<Button>>,
}

impl From<Html> for Reply {
    fn from(html: Html) -> Self {
        Self {
            html,
            keyboard: Vec::new(),
        }
    }
}

impl Call {
    /// The call that says something at a place.
    pub(super) fn say(place: Place, reply: Reply) -> Self {
        let mut message = SendMessage::new(place.chat, reply.html.into_markup());
        message.parse_mode = Some(ParseMode::Html);
        message.link_preview_options = Some(LinkPreviewOptions {
            is_disabled: true,
            url: None,
            prefer_small_media: false,
            prefer_large_media: false,
            show_above_text: false,
        });
        message.message_thread_id = place.thread;
        // A question that was deleted in the meantime still gets its answer.
        message.reply_parameters = place
            .reply_to
            .map(|id| ReplyParameters::new(id).allow_sending_without_reply());
        if !reply.keyboard.is_empty() {
            message.reply_markup = Some(ReplyMarkup::InlineKeyboard(keyboard(&reply.keyboard)));
        }
        Self::SendMessage(message)
    }

    /// The call that answers a tap, with a few words or none.
    pub(super) fn tapped(query: &CallbackQueryId, words: Option<String>) -> Self {
        let mut answer = AnswerCallbackQuery::new(query.clone());
        answer.text = words;
        Self::AnswerCallbackQuery(answer)
    }

    /// The chat that it says something in.
    pub(super) fn chat(&self) -> Option<ChatId> {
        match self {
            Self::SendMessage(SendMessage {
                chat_id: Recipient::Id(chat),
                ..
            }) => Some(*chat),
            _ => None,
        }
    }

    /// Says only these words, at the same place.
    pub(super) fn say_instead(&mut self, words: &str) {
        match self {
            Self::SendMessage(message) => {
                message.text = Html::text(words).into_markup();
                message.reply_markup = None;
            }
            Self::AnswerCallbackQuery(answer) => answer.text = Some(words.to_owned()),
        }
    }

    /// The name of its method, for logs.
    pub(super) fn method(&self) -> &'static str {
        match self {
            Self::SendMessage(_) => "sendMessage",
            Self::AnswerCallbackQuery(_) => "answerCallbackQuery",
        }
    }
}

fn keyboard(rows: &[Vec<Button>]) -> InlineKeyboardMarkup {
    let button =
        |button: &Button| InlineKeyboardButton::callback(button.label.clone(), button.tap.data());
    InlineKeyboardMarkup::new(
        rows.iter()
            .map(|row| row.iter().map(button).collect::<Vec<_>>()),
    )
}

#[cfg(test)]
mod tests {
    use super::super::button::Tap;
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_call_is_written_as_a_webhook_response_has_it() {
        let place = Place {
            chat: ChatId(-5),
            thread: Some(ThreadId(MessageId(7))),
            reply_to: Some(MessageId(11)),
        };
        let none = Button {
            label: "None".to_owned(),
            tap: Tap::None(Language::Kk),
        };
        let reply = Reply {
            html: Html::bold("599"),
            keyboard: vec![vec![none]],
        };
        assert_eq!(
            serde_json::to_value(Call::say(place, reply)).expect("it is plain data"),
            serde_json::json!({
                "method": "sendMessage",
                "chat_id": -5,
                "text": "<b>599</b>",
                "message_thread_id": 7,
                "parse_mode": "HTML",
                "link_preview_options": { "is_disabled": true },
                "reply_parameters": { "message_id": 11, "allow_sending_without_reply": true },
                "reply_markup": { "inline_keyboard": [[{ "text": "None", "callback_data": "n:kk" }]] },
            })
        );
        assert_eq!(
            serde_json::to_value(Call::tapped(&CallbackQueryId("8".to_owned()), None))
                .expect("it is plain data"),
            serde_json::json!({ "method": "answerCallbackQuery", "callback_query_id": "8" })
        );
    }
}
