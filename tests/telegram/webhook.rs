//! The webhook: who may use it, what travels in its response, how it starts and stops.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::fake_api::{Call, FakeApi};
use crate::hook::{Hook, free_port, update};
use crate::tester::Tester;

const SOON: Duration = Duration::from_secs(10);
const QUESTION: &str = "how long is the bridge?";

/// Settings for a webhook on this port.
fn hooked(port: u16) -> impl FnOnce(&mut Command) {
    move |command| {
        command
            .env(
                "HEARING_WEBHOOK_URL",
                format!("http://127.0.0.1:{port}/hook"),
            )
            .env("HEARING_LISTEN", format!("127.0.0.1:{port}"));
    }
}

async fn start() -> (Tester, Hook) {
    let people = Tester::with(FakeApi::start().await, hooked(free_port()));
    let hook = Hook::of(&people.api).await;
    (people, hook)
}

fn calls(people: &Tester, method: &str) -> Vec<Call> {
    let all = people.api.calls().into_iter();
    all.filter(|call| call.method == method).collect()
}

#[tokio::test]
async fn an_answer_travels_in_the_response() {
    let (mut people, hook) = start().await;
    let question = people.message(5, &json!({ "text": QUESTION }));
    let answer = hook
        .deliver(&update(1, &question))
        .await
        .expect("it is answered");
    assert_eq!(
        (&answer["method"], &answer["chat_id"]),
        (&json!("sendMessage"), &json!(5))
    );
    assert!(
        answer["text"]
            .as_str()
            .is_some_and(|text| text.starts_with("<b>640</b>")),
        "{answer}"
    );
    let silent = people.message(-6, &json!({ "text": "just talk" }));
    assert_eq!(hook.deliver(&update(2, &silent)).await, None);
    for method in ["sendMessage", "getUpdates", "deleteWebhook"] {
        assert!(calls(&people, method).is_empty(), "{method} was called");
    }
}

#[tokio::test]
async fn the_webhook_is_set_with_a_secret_and_the_kinds_of_update() {
    let (people, hook) = start().await;
    let set = &calls(&people, "setWebhook")[0].body;
    assert_eq!(hook.secret.len(), 64);
    assert!(
        set["allowed_updates"]
            .as_array()
            .is_some_and(|kinds| kinds.contains(&json!("callback_query"))),
        "{set}"
    );
    assert!(set["drop_pending_updates"].is_null());
}

#[tokio::test]
async fn of_several_calls_the_last_travels_in_the_response() {
    let (mut people, hook) = start().await;
    let message = people.message(
        5,
        &json!({ "text": "buttons", "from": crate::fake_api::me() }),
    );
    let query = json!({
        "id": "q1", "from": { "id": 5, "is_bot": false, "first_name": "A" }, "chat_instance": "c", "message": message,
        "data": "n:en",
    });
    let answer = hook
        .deliver(&json!({ "update_id": 1, "callback_query": query }))
        .await
        .expect("it is answered");
    assert_eq!(answer["method"], "sendMessage");
    assert_eq!(calls(&people, "answerCallbackQuery").len(), 1);
    assert!(calls(&people, "sendMessage").is_empty());
}

#[tokio::test]
async fn strangers_and_rubbish_are_turned_away_and_not_logged() {
    let (mut people, hook) = start().await;
    let question = people.message(5, &json!({ "text": QUESTION }));
    let good = update(1, &question).to_string();
    let other = "canary".repeat(10) + "wxyz";
    let elsewhere = hook.url.replace("/hook", "/canary");
    let huge = format!("\"{}\"", "canary".repeat(200_000));
    for (url, secret, body, status) in [
        (&hook.url, None, good.clone(), 401),
        (&hook.url, Some(""), good.clone(), 401),
        (&hook.url, Some(other.as_str()), good.clone(), 401),
        (&hook.url, Some(&hook.secret[1..]), good.clone(), 401),
        (&elsewhere, Some(hook.secret.as_str()), good.clone(), 404),
        (&hook.url, Some(hook.secret.as_str()), huge, 413),
        (
            &hook.url,
            Some(hook.secret.as_str()),
            "canary {".to_owned(),
            400,
        ),
        (&hook.url, Some(hook.secret.as_str()), String::new(), 400),
        (
            &hook.url,
            Some(hook.secret.as_str()),
            json!({ "canary": "canary" }).to_string(),
            200,
        ),
        (
            &hook.url,
            Some(hook.secret.as_str()),
            json!({ "update_id": 1, "canary": {} }).to_string(),
            200,
        ),
    ] {
        let (got, text) = hook
            .post(url, secret, body.clone())
            .await
            .expect("the bot responds");
        let body: String = body.chars().take(40).collect();
        assert_eq!((got, text.as_str()), (status, ""), "{url} {body}");
    }
    assert!(hook.deliver(&update(2, &question)).await.is_some());
    let log = people.program().log();
    assert!(
        !log.contains("canary") && !log.contains(&hook.secret),
        "{log}"
    );
    assert!(log.contains("something that is no JSON"), "{log}");
}

#[tokio::test]
async fn what_is_in_flight_is_answered_before_the_end_and_the_webhook_stays() {
    let (mut people, hook) = start().await;
    let questions: Vec<_> = (1..=4)
        .map(|number| update(number, &people.message(5, &json!({ "text": QUESTION }))))
        .collect();
    let mut waiting = tokio::task::JoinSet::new();
    for question in questions {
        let hook = hook.clone();
        waiting.spawn(async move { hook.deliver(&question).await });
    }
    // One message a second in a chat: three of them wait.
    waiting.join_next().await;
    let all = r#"hearing_updates_total{kind="message"} 4"#;
    people.program().wait_for_metric(all).await;
    people.program().signal("TERM");
    let mut answered = 0;
    while let Some(answer) = waiting.join_next().await {
        answered += usize::from(answer.expect("it is delivered").is_some());
    }
    assert_eq!(answered, 3);
    assert_eq!(people.program().exit_code(Duration::from_secs(10)).await, 0);
    assert!(calls(&people, "deleteWebhook").is_empty());
}

#[tokio::test]
async fn an_idle_webhook_stops_at_once() {
    let (mut people, hook) = start().await;
    let question = people.message(5, &json!({ "text": QUESTION }));
    hook.deliver(&update(1, &question)).await;
    people.program().signal("TERM");
    let begun = std::time::Instant::now();
    assert_eq!(people.program().exit_code(SOON).await, 0);
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_port_that_is_taken_is_one_line_and_telegram_is_not_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = taken.local_addr().expect("it has one").port();
    let mut people = Tester::with(FakeApi::start().await, hooked(port));
    assert_eq!(people.program().exit_code(SOON).await, 1);
    let log = people.program().log();
    assert!(
        log.contains("set HEARING_LISTEN to a free address") && log.lines().count() == 1,
        "{log}"
    );
    assert!(calls(&people, "setWebhook").is_empty());
}

#[tokio::test]
async fn a_webhook_that_telegram_refuses_ends_the_bot_and_one_that_fails_is_tried_again() {
    let api = FakeApi::start().await;
    api.slow_down("setWebhook", 1);
    let mut people = Tester::with(api.clone(), hooked(free_port()));
    Hook::of(&people.api).await;
    people.program().signal("TERM");
    assert_eq!(people.program().exit_code(SOON).await, 0);
    api.fail(
        "setWebhook",
        1,
        400,
        "Bad Request: bad webhook: IP address 127.0.0.1 is reserved",
    );
    let mut people = Tester::with(api, hooked(free_port()));
    assert_eq!(people.program().exit_code(SOON).await, 1);
    let log = people.program().log();
    assert!(
        log.contains("the webhook was not set") && log.contains("is reserved"),
        "{log}"
    );
}

#[tokio::test]
async fn what_meets_a_long_pause_is_left_at_telegram_until_it_is_over() {
    let (mut people, hook) = start().await;
    let pause = Duration::from_secs(7);
    people.api.slow_down("sendPhoto", pause.as_secs());
    let buttons = people.message(5, &json!({ "text": "x", "from": crate::fake_api::me() }));
    let tap = json!({
        "id": "q", "from": people.person(5), "chat_instance": "c", "message": buttons, "data": "p:workers:en",
    });
    let begun = Instant::now();
    let nothing = hook
        .deliver(&json!({ "update_id": 1, "callback_query": tap }))
        .await;
    assert_eq!(nothing, None);
    let message = people.message(5, &json!({ "text": QUESTION }));
    let question = update(2, &message);
    let seconds = hook.put_off(&question).await;
    assert!((5..=7).contains(&seconds), "{seconds}");
    let other = people.message(6, &json!({ "text": QUESTION }));
    assert!(hook.deliver(&update(3, &other)).await.is_some());
    assert!(begun.elapsed() < pause, "another chat does not wait");
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    assert!(hook.deliver(&question).await.is_some());
}
