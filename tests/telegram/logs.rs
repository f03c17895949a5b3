//! What must never stand in the log, at any level and under any fault.

use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::fake_api::{FakeApi, TOKEN};
use crate::hook::{Hook, free_port};
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

/// An update in which every field that people fill holds the canary.
fn canary_everywhere(number: i64) -> Value {
    let person = json!({
        "id": 7_700_700_700_i64, "is_bot": false, "first_name": "canary_name", "last_name": "canary_surname",
        "username": "canary_user", "language_code": "canary",
    });
    let chat = json!({ "id": 7_700_700_700_i64, "type": "private", "first_name": "canary", "username": "canary_user" });
    json!({ "update_id": number, "message": {
        "message_id": 7, "date": 0, "from": person, "chat": chat, "caption": "canary_caption", "text": "canary /canary",
        "entities": [{ "type": "bot_command", "offset": 7, "length": 7 }],
        "forward_origin": { "type": "hidden_user", "sender_user_name": "canary", "date": 0 },
        "contact": { "phone_number": "7700700700", "first_name": "canary" },
    } })
}

#[tokio::test]
async fn a_webhook_logs_nothing_of_people_either() {
    let port = free_port();
    let mut people = Tester::with(FakeApi::start().await, |command: &mut Command| {
        command
            .env(
                "HEARING_WEBHOOK_URL",
                format!("http://127.0.0.1:{port}/hook"),
            )
            .env("HEARING_LISTEN", format!("127.0.0.1:{port}"))
            .env("RUST_LOG", "trace")
            .args(["--log-format", "json"]);
    });
    let hook = Hook::of(&people.api).await;
    let whole = canary_everywhere(1).to_string();
    let broken = &whole[..whole.len() / 2];
    let secret = Some(hook.secret.as_str());
    for body in [
        &whole,
        broken,
        "canary",
        "[\"canary\"]",
        r#"{"update_id":"canary"}"#,
        r#"{"update_id":1,"message":{"text":"canary"}}"#,
    ] {
        hook.post(&hook.url, secret, body.to_owned())
            .await
            .expect("the bot responds");
        hook.post(&hook.url, Some("canary"), body.to_owned())
            .await
            .expect("the bot responds");
    }
    people.program().signal("TERM");
    people.program().exit_code(Duration::from_secs(5)).await;
    let log = people.program().log();
    assert!(log.contains("something that is no"), "the log is on: {log}");
    for secret in [TOKEN, "canary", "7700700700", &hook.secret] {
        assert!(!log.contains(secret), "{secret} stands in the log:\n{log}");
    }
}
