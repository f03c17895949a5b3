//! What goes to the editors, and only with the consent of whoever wrote it: the text that the button stands under or answers,
//! and nothing about the person. Stores nothing: Telegram hands the texts over with the tap.

use teloxide::types::{CallbackQuery, ChatId, Me, Message, MessageEntityKind};

use super::button::{Button, Tap};
use super::call::{Call, Place, Reply};
use super::command::Written;
use super::heard::without_mentions;
use super::html::Html;
use super::render;
use super::respond::Known;
use super::taps::target_of;
use crate::language::Language;
use crate::locale;

/// The most characters of a text that go to the editors; both parts of a report fit into one message.
const LONGEST: usize = 1500;

/// Shows what a report would hold, with a button that sends it; or how a report is written.
pub(super) fn preview(message: &Message, words: &str, me: &Me, language: Language) -> Reply {
    let ours = |answer: &&Message| {
        let author = answer.from.as_ref().into_iter().chain(&answer.via_bot);
        author.into_iter().any(|author| author.id == me.user.id)
    };
    let answer = message.reply_to_message().filter(ours);
    let Some(answer) = answer.and_then(|answer| answer.text().or_else(|| answer.caption())) else {
        return Html::from(locale::text(language, "wrong-usage", &[])).into();
    };
    let label = locale::text(language, "button-send", &[]);
    let preview = locale::text(language, "wrong-preview", &[("button", &label)]);
    let texts = [answer, words].into_iter().filter(|text| !text.is_empty());
    let quotes = texts.map(|text| Html::text(shortened(text)).quoted());
    Reply {
        html: Html::join(std::iter::once(preview.into()).chain(quotes), "\n"),
        keyboard: vec![vec![Button::tap(label, Tap::Report(language))]],
    }
}

/// Passes the question on that a message of the bot answers, and then says so in that message.
pub(super) fn pass(query: &CallbackQuery, language: Language, known: &Known) -> Option<Vec<Call>> {
    let curators = known.curators?;
    let answer = query.message.as_ref()?.regular_message();
    let question = answer.and_then(Message::reply_to_message);
    let Some(text) = question.and_then(|question| question_of(question, &known.me)) else {
        return Some(refused(query, language, "editors-gone"));
    };
    if !question.is_some_and(|question| wrote(query, question)) {
        return Some(refused(query, language, "editors-not-yours"));
    }
    let quote = Html::text(shortened(&text)).quoted();
    let topics = &known.expert.knowledge.topics;
    Some(vec![
        Call::tapped(&query.id, None),
        Call::say(to(curators), headed("to-editors-question", quote, language)),
        Call::edit(target_of(query)?, render::passed(topics, language)),
    ])
}

/// Passes on what a preview shows.
pub(super) fn report(
    query: &CallbackQuery,
    language: Language,
    known: &Known,
) -> Option<Vec<Call>> {
    let curators = known.curators?;
    let Some(preview) = query.message.as_ref()?.regular_message() else {
        return Some(refused(query, language, "editors-gone"));
    };
    let mine = match preview.reply_to_message() {
        Some(command) => wrote(query, command),
        None => preview.chat.is_private(),
    };
    if !mine {
        return Some(refused(query, language, "editors-not-yours"));
    }
    let entities = preview.parse_entities().unwrap_or_default();
    let quotes: Vec<Html> = entities
        .iter()
        .filter(|entity| *entity.kind() == MessageEntityKind::Blockquote)
        .map(|entity| Html::text(entity.text()).quoted())
        .collect();
    if quotes.is_empty() {
        return None;
    }
    let sent = Html::from(locale::text(language, "editors-sent", &[]));
    let quotes = Html::join(quotes, "\n");
    Some(vec![
        Call::tapped(&query.id, None),
        Call::say(to(curators), headed("to-editors-wrong", quotes, language)),
        Call::edit(target_of(query)?, sent.into()),
    ])
}

fn refused(query: &CallbackQuery, language: Language, id: &str) -> Vec<Call> {
    vec![Call::tapped(
        &query.id,
        Some(locale::text(language, id, &[])),
    )]
}

/// Whether whoever taps wrote a message. In a group anyone may tap, but only the writer can consent.
fn wrote(query: &CallbackQuery, message: &Message) -> bool {
    message.from.as_ref().map(|author| author.id) == Some(query.from.id)
}

/// The question in a message, without the bot's name and without `/ask`.
fn question_of(message: &Message, me: &Me) -> Option<String> {
    let text = message.text().or_else(|| message.caption())?;
    let name = me.user.username.as_deref().unwrap_or_default();
    let (text, _) = without_mentions(text, name);
    let question = match Written::read(&text) {
        Some(written) => written.rest.to_owned(),
        None => text,
    };
    (!question.is_empty()).then_some(question)
}

fn headed(id: &str, quotes: Html, language: Language) -> Reply {
    let head = locale::text(language, id, &[("language", language.code())]);
    Html::join([head.into(), quotes], "\n").into()
}

fn to(curators: ChatId) -> Place {
    Place {
        chat: curators,
        thread: None,
        reply_to: None,
    }
}

fn shortened(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}
