//! What must never stand in the log, at any level and under any fault.

use std::time::Duration;

use serde_json::json;

use crate::fake_api::{FakeApi, TOKEN};
use crate::tester::Tester;

#[tokio::test]
async fn neither_the_token_nor_anything_of_people_is_logged() {
    let api = FakeApi::start().await;
    api.answer_with(
        "getUpdates",
        1,
        200,
        r#"{"ok":true,"result":"canary_answer"}"#,
    );
    api.fail(
        "sendMessage",
        1,
        403,
        "Forbidden: bot was blocked by the user",
    );
    let mut people = Tester::with(api.clone(), |command| {
        command.env("RUST_LOG", "trace");
    });
    let chat = 7_700_700_700;
    let person = json!({
        "id": 7_700_700_700_i64, "is_bot": false, "first_name": "canary_name", "last_name": "canary_surname",
        "username": "canary_user", "language_code": "en",
    });
    let place = json!({ "id": chat, "type": "private", "first_name": "canary_name", "username": "canary_user" });
    people.post(
        chat,
        &json!({ "text": "canary_text how long is the bridge?", "from": person, "chat": place }),
    );
    people.tap(chat, "canary_data");
    people.next_call().await;
    api.fail("sendMessage", 1, 400, "Bad Request: chat not found");
    people.say(chat, "canary_text /length");
    people
        .api
        .update("canary_kind", &json!({ "canary": "canary" }));
    people.assert_silence(chat).await;
    people.program().signal("TERM");
    people.program().exit_code(Duration::from_secs(5)).await;
    let log = people.program().log();
    assert!(log.contains("sendMessage failed"), "the log is on: {log}");
    for secret in [TOKEN, "canary", "7700700700"] {
        assert!(!log.contains(secret), "{secret} stands in the log:\n{log}");
    }
}
