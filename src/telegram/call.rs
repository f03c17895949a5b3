//! What the bot wants Telegram to do: calls of the Bot API as values. They can be compared, sent by any transport, or written
//! as JSON with the method beside the parameters, as the response to a webhook has them. Sends nothing.

use std::sync::Arc;

use serde::Serialize;
use teloxide::payloads::{
    AnswerCallbackQuery, AnswerInlineQuery, EditMessageText, SendMessage, SendPhoto,
};
use teloxide::requests::Payload;
use teloxide::types::{
    CallbackQueryId, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultsButton,
    InlineQueryResultsButtonKind, InputFile, LinkPreviewOptions, MessageId, ParseMode, Recipient,
    ReplyMarkup, ReplyParameters, ThreadId, True,
};

use super::button::{Button, Does};
use super::html::Html;

/// One call of the Bot API.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "method", rename_all = "camelCase")]
pub(super) enum Call {
    /// Says something in a chat.
    SendMessage(SendMessage),
    /// Shows a picture in a chat.
    SendPhoto(Photo),
    /// Changes a message of the bot.
    EditMessageText(EditMessageText),
    /// Changes a message that somebody sent by way of the bot.
    #[serde(rename = "editMessageText")]
    EditInlineMessage(EditInlineMessage),
    /// Ends the waiting of whoever tapped a button.
    AnswerCallbackQuery(AnswerCallbackQuery),
    /// Offers what can be sent from any chat.
    AnswerInlineQuery(AnswerInlineQuery),
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

/// A message that the bot can change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// One of its own, in a chat.
    Own(ChatId, MessageId),
    /// One that somebody sent by way of the bot, in a chat that the bot does not know.
    Inline(String),
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

/// `sendPhoto` with a picture that has to be uploaded, and so cannot stand in the response to a webhook.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Photo {
    chat_id: ChatId,
    message_thread_id: Option<ThreadId>,
    caption: String,
    reply_parameters: Option<ReplyParameters>,
    #[serde(skip)]
    png: Arc<[u8]>,
}

impl Photo {
    /// The call as the library makes it.
    pub(super) fn payload(&self) -> SendPhoto {
        let file = InputFile::memory(self.png.to_vec()).file_name("chart.png");
        let mut payload = SendPhoto::new(self.chat_id, file);
        payload.message_thread_id = self.message_thread_id;
        payload.caption = Some(self.caption.clone());
        payload.reply_parameters.clone_from(&self.reply_parameters);
        payload
    }
}

/// `editMessageText` of a message that was sent by way of the bot. The library's own payload knows only an older name of the
/// preview's setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct EditInlineMessage {
    inline_message_id: String,
    text: String,
    parse_mode: ParseMode,
    link_preview_options: LinkPreviewOptions,
    reply_markup: InlineKeyboardMarkup,
}

impl Payload for EditInlineMessage {
    type Output = True;
    const NAME: &'static str = "EditMessageText";
}

impl Call {
    /// The call that says something at a place.
    pub(super) fn say(place: Place, reply: Reply) -> Self {
        let mut message = SendMessage::new(place.chat, reply.html.into_markup());
        message.parse_mode = Some(ParseMode::Html);
        message.link_preview_options = Some(no_preview());
        message.message_thread_id = place.thread;
        message.reply_parameters = reply_to(place);
        if !reply.keyboard.is_empty() {
            message.reply_markup = Some(ReplyMarkup::InlineKeyboard(keyboard(&reply.keyboard)));
        }
        Self::SendMessage(message)
    }

    /// The call that shows a picture at a place, with its figures in words.
    pub(super) fn show(place: Place, png: Arc<[u8]>, caption: String) -> Self {
        Self::SendPhoto(Photo {
            chat_id: place.chat,
            message_thread_id: place.thread,
            caption,
            reply_parameters: reply_to(place),
            png,
        })
    }

    /// The call that puts something else into a message.
    pub(super) fn edit(target: Target, reply: Reply) -> Self {
        let reply_markup = keyboard(&reply.keyboard);
        let text = reply.html.into_markup();
        match target {
            Target::Own(chat, id) => {
                let mut edit = EditMessageText::new(Recipient::Id(chat), id, text);
                edit.parse_mode = Some(ParseMode::Html);
                edit.link_preview_options = Some(no_preview());
                edit.reply_markup = Some(reply_markup);
                Self::EditMessageText(edit)
            }
            Target::Inline(inline_message_id) => Self::EditInlineMessage(EditInlineMessage {
                inline_message_id,
                text,
                parse_mode: ParseMode::Html,
                link_preview_options: no_preview(),
                reply_markup,
            }),
        }
    }

    /// The call that answers a tap, with a few words or none.
    pub(super) fn tapped(query: &CallbackQueryId, words: Option<String>) -> Self {
        let mut answer = AnswerCallbackQuery::new(query.clone());
        answer.text = words;
        Self::AnswerCallbackQuery(answer)
    }

    /// The chat that it puts something into.
    pub(super) fn chat(&self) -> Option<ChatId> {
        match self {
            Self::SendMessage(SendMessage {
                chat_id: Recipient::Id(chat),
                ..
            })
            | Self::EditMessageText(EditMessageText {
                chat_id: Recipient::Id(chat),
                ..
            })
            | Self::SendPhoto(Photo { chat_id: chat, .. }) => Some(*chat),
            _ => None,
        }
    }

    /// The same for a group that has another number now, where messages have other numbers, too; nothing where it puts nothing
    /// new into a chat.
    pub(super) fn moved(&self, to: ChatId) -> Option<Self> {
        match self.clone() {
            Self::SendMessage(mut message) => {
                message.chat_id = to.into();
                message.reply_parameters = None;
                Some(Self::SendMessage(message))
            }
            Self::SendPhoto(mut photo) => {
                photo.chat_id = to;
                photo.reply_parameters = None;
                Some(Self::SendPhoto(photo))
            }
            _ => None,
        }
    }

    /// Whether it can travel in the response to a webhook: not where there is a file to upload.
    pub(super) fn fits_response(&self) -> bool {
        !matches!(self, Self::SendPhoto(_))
    }

    /// The same place, with only these words; nothing where no words are put anywhere.
    pub(super) fn with_words(self, words: &str) -> Option<Self> {
        match self {
            Self::SendMessage(mut message) => {
                message.text = Html::text(words).into_markup();
                message.reply_markup = None;
                Some(Self::SendMessage(message))
            }
            Self::AnswerCallbackQuery(mut answer) => {
                answer.text = Some(words.to_owned());
                Some(Self::AnswerCallbackQuery(answer))
            }
            Self::AnswerInlineQuery(mut answer) => {
                answer.results.clear();
                answer.button = Some(inline_button(words.to_owned()));
                // The same words are to find something again soon.
                answer.cache_time = Some(0);
                Some(Self::AnswerInlineQuery(answer))
            }
            _ => None,
        }
    }

    /// The name of its method, for logs.
    pub(super) fn method(&self) -> &'static str {
        match self {
            Self::SendMessage(_) => "sendMessage",
            Self::SendPhoto(_) => "sendPhoto",
            Self::EditMessageText(_) | Self::EditInlineMessage(_) => "editMessageText",
            Self::AnswerCallbackQuery(_) => "answerCallbackQuery",
            Self::AnswerInlineQuery(_) => "answerInlineQuery",
        }
    }
}

/// The button above the results of an inline query; it leads to the private chat.
pub(super) fn inline_button(text: String) -> InlineQueryResultsButton {
    InlineQueryResultsButton {
        text,
        kind: InlineQueryResultsButtonKind::StartParameter("inline".to_owned()),
    }
}

/// No picture of a page that a text names: the sentence is what matters.
pub(super) fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

/// A question that was deleted in the meantime still gets its answer.
fn reply_to(place: Place) -> Option<ReplyParameters> {
    let id = place.reply_to?;
    Some(ReplyParameters::new(id).allow_sending_without_reply())
}

/// Buttons as Telegram has them.
pub(super) fn keyboard(rows: &[Vec<Button>]) -> InlineKeyboardMarkup {
    let button = |button: &Button| {
        let label = button.label.clone();
        match &button.does {
            Does::Tap(tap) => InlineKeyboardButton::callback(label, tap.data()),
            Does::Share(query) => InlineKeyboardButton::switch_inline_query(label, query),
            Does::Open(url) => InlineKeyboardButton::url(label, url.clone()),
        }
    };
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
        let none = Button::tap("None", Tap::None(Language::Kk));
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
