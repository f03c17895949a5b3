//! What the targets share: the small hearing of the tests, and what must hold of every call.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use hearing_bot::expert::Expert;
use hearing_bot::knowledge::Folder;
use hearing_bot::telegram::fuzzing;
use serde_json::Value;

/// The files of the small hearing.
pub static FOLDER: LazyLock<Folder> = LazyLock::new(|| {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/telegram/knowledge");
    Folder::read(Path::new(dir)).unwrap_or_else(|(path, error)| panic!("{path}: {error}"))
});

/// The small hearing.
pub static EXPERT: LazyLock<Arc<Expert>> = LazyLock::new(|| {
    let expert = Expert::new(&FOLDER);
    Arc::new(expert.unwrap_or_else(|faults| panic!("{faults:#?}")))
});

/// Answers an update, and fails where Telegram would refuse a call.
pub fn answer(update: &[u8]) {
    for call in fuzzing::calls(&EXPERT, update) {
        let longest = match call["method"].as_str() {
            Some("sendMessage" | "editMessageText") => 4096,
            Some("answerCallbackQuery") => 200,
            _ => continue,
        };
        let Some(text) = call["text"].as_str() else {
            continue;
        };
        let text = strip(text);
        assert!((1..=longest).contains(&text.chars().count()), "{call}");
        for data in call["reply_markup"]["inline_keyboard"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_array)
            .flatten()
        {
            let bytes = data["callback_data"].as_str().unwrap_or("-").len();
            assert!((1..=64).contains(&bytes), "{call}");
        }
    }
}

/// Text without tags, which are `b` and `blockquote` and are closed in order.
fn strip(markup: &str) -> String {
    let (mut text, mut open, mut rest) = (String::new(), Vec::new(), markup);
    while let Some((before, behind)) = rest.split_once('<') {
        let (tag, after) = behind.split_once('>').expect("a tag is closed");
        text.push_str(before);
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{markup}"),
            None => open.push(tag.trim_end_matches(" expandable")),
        }
        rest = after;
    }
    assert!(open.is_empty(), "{markup}");
    text.push_str(rest);
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
