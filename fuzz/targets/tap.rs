//! What a button carries and what a link starts with, to calls.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let person = json!({ "id": 7, "is_bot": false, "first_name": "A", "language_code": "ru" });
    let chat = json!({ "id": 7, "type": "private", "first_name": "A" });
    // Far in the future, so that it is never too late to answer it.
    let date = 4_000_000_000_u32;
    let message = |text: &str| json!({ "message_id": 1, "date": date, "chat": chat, "from": person, "text": text });
    let tap = json!({ "id": "q", "from": person, "chat_instance": "c", "message": message("buttons"), "data": text });
    let inline = json!({ "id": "q", "from": person, "chat_instance": "c", "inline_message_id": "i", "data": text });
    for update in [
        json!({ "update_id": 1, "callback_query": tap }),
        json!({ "update_id": 1, "callback_query": inline }),
        json!({ "update_id": 1, "message": message(&format!("/start {text}")) }),
        json!({ "update_id": 1, "inline_query": { "id": "i", "from": person, "query": text, "offset": "" } }),
    ] {
        hearing_bot_fuzz::answer(update.to_string().as_bytes());
    }
});
