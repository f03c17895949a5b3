//! What every call of the bot must keep, whatever it answers: Telegram's limits, and markup that Telegram can read.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::fake_api::Call;

/// Fails the test where Telegram would refuse the call.
pub(crate) fn check(call: &Call) {
    match call.method.as_str() {
        "sendMessage" => check_message(&call.body, "text"),
        "editMessageText" => {
            let own = call.body["chat_id"].is_i64() && call.body["message_id"].is_i64();
            assert!(own != call.body["inline_message_id"].is_string());
            check_message(&call.body, "text");
        }
        "sendPhoto" => {
            let caption = call.body["caption"].as_str().expect("it has words");
            let length = caption.chars().count();
            assert!((1..=1024).contains(&length), "{length} characters");
        }
        "answerInlineQuery" => check_results(&call.body),
        "answerCallbackQuery" => {
            let words = call.body["text"].as_str().unwrap_or_default();
            assert!(
                words.chars().count() <= 200,
                "more than 200 characters: {words}"
            );
        }
        other => panic!("an unexpected call: {other}"),
    }
}

fn check_results(body: &Value) {
    let results = body["results"].as_array().expect("they are a list");
    assert!(results.len() <= 50);
    let mut ids = BTreeSet::new();
    for result in results {
        assert_eq!(result["type"], "article");
        let id = result["id"].as_str().expect("it has an id");
        assert!((1..=64).contains(&id.len()) && ids.insert(id), "{id}");
        assert!(!result["title"].as_str().expect("it has a title").is_empty());
        check_message(&result["input_message_content"], "message_text");
        check_buttons(result);
    }
    if let Some(button) = body["button"].as_object() {
        assert!(
            button["text"]
                .as_str()
                .is_some_and(|text| text.chars().count() <= 60)
        );
        assert!(button["start_parameter"].is_string());
    }
}

fn check_message(body: &Value, field: &str) {
    assert_eq!(body["parse_mode"], "HTML");
    assert_eq!(body["link_preview_options"]["is_disabled"], true);
    let length = plain(body[field].as_str().expect("it has a text"))
        .chars()
        .count();
    assert!((1..=4096).contains(&length), "{length} characters");
    check_buttons(body);
}

fn check_buttons(body: &Value) {
    for button in body["reply_markup"]["inline_keyboard"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|row| row.as_array().expect("it is a row"))
    {
        let kinds = ["callback_data", "switch_inline_query", "url"];
        let does: Vec<&str> = kinds
            .iter()
            .filter_map(|kind| button[kind].as_str())
            .collect();
        let [does] = does[..] else {
            panic!("a button does one thing: {button}")
        };
        assert!((1..=64).contains(&does.len()), "{does}");
        assert!(!button["text"].as_str().expect("it has a text").is_empty());
    }
}

/// The text that is left of HTML; fails where the markup is none of Telegram's or is not closed in order.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>', '&']) {
        let (before, mark) = rest.split_at(at);
        text.push_str(before);
        let (end, piece) = if let Some(tag) = mark.strip_prefix('<') {
            let end = tag
                .find('>')
                .unwrap_or_else(|| panic!("a tag is not closed: {html}"));
            match tag[..end].strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop(), Some(closed), "{html}"),
                None => open.push(tag[..end].trim_end_matches(" expandable")),
            }
            assert!(
                ["b", "blockquote", "blockquote expandable"]
                    .contains(&tag[..end].trim_start_matches('/')),
                "{html}"
            );
            (end + 2, "")
        } else {
            let entities = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")];
            let found = entities
                .into_iter()
                .find(|(entity, _)| mark.starts_with(entity));
            let (entity, character) = found.unwrap_or_else(|| panic!("not escaped: {html}"));
            (entity.len(), character)
        };
        text.push_str(piece);
        rest = &mark[end..];
    }
    assert!(open.is_empty(), "{open:?} is not closed: {html}");
    text + rest
}

#[test]
fn the_check_itself_sees_what_is_wrong() {
    assert_eq!(
        plain("<blockquote>a <b>5</b> &lt; &amp;</blockquote>b"),
        "a 5 < &b"
    );
    for wrong in [
        "<b>a",
        "a</b>",
        "<b><blockquote>a</b></blockquote>",
        "a & b",
        "<i>a</i>",
        "a > b",
        "<b",
    ] {
        assert!(
            std::panic::catch_unwind(|| plain(wrong)).is_err(),
            "{wrong}"
        );
    }
}
