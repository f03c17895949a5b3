//! What every call of the bot must keep, whatever it answers: Telegram's limits, and markup that Telegram can read.

use serde_json::Value;

use crate::fake_api::Call;

/// Fails the test where Telegram would refuse the call.
pub(crate) fn check(call: &Call) {
    match call.method.as_str() {
        "sendMessage" => check_message(&call.body),
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

fn check_message(body: &Value) {
    assert_eq!(body["parse_mode"], "HTML");
    assert_eq!(body["link_preview_options"]["is_disabled"], true);
    let length = plain(body["text"].as_str().expect("it has a text"))
        .chars()
        .count();
    assert!((1..=4096).contains(&length), "{length} characters");
    for button in body["reply_markup"]["inline_keyboard"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|row| row.as_array().expect("it is a row"))
    {
        let data = button["callback_data"]
            .as_str()
            .expect("every button carries data");
        assert!((1..=64).contains(&data.len()), "{data}");
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
                None => open.push(&tag[..end]),
            }
            assert!(
                ["b", "blockquote"].contains(&tag[..end].trim_start_matches('/')),
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
