//! How the bot lasts and how it stops: failing calls, other instances, signals.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::fake_api::{Call, FakeApi};
use crate::tester::Tester;

const SOON: Duration = Duration::from_secs(10);
const CHAT: i64 = 7;
const QUESTION: &str = "how long is the bridge?";

fn is_poll(call: &Call) -> bool {
    call.method == "getUpdates"
}

#[tokio::test]
async fn every_poll_asks_for_the_same_kinds_of_update() {
    let mut people = Tester::start().await;
    people.say(CHAT, QUESTION);
    people.next_call().await;
    people.say(CHAT, QUESTION);
    people.next_call().await;
    let calls = people.api.calls();
    assert!(calls.iter().filter(|call| is_poll(call)).count() >= 2);
    for call in calls.iter().filter(|call| is_poll(call)) {
        assert_eq!(
            call.body["allowed_updates"],
            json!([
                "message",
                "edited_message",
                "callback_query",
                "inline_query",
                "my_chat_member"
            ])
        );
    }
}

#[tokio::test]
async fn failing_polls_are_told_once_and_outlived() {
    for (status, body, words) in [
        (
            200,
            "<html>an error page</html>",
            "the answer is not one of the Bot API",
        ),
        (
            409,
            r#"{"ok":false,"description":"Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}"#,
            "another instance of this bot is running",
        ),
        (
            400,
            r#"{"ok":false,"description":"Bad Request: something new"}"#,
            "Telegram refused it",
        ),
        (
            429,
            r#"{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":1}}"#,
            "a pause of 1 s",
        ),
    ] {
        let api = FakeApi::start().await;
        api.answer_with("getUpdates", 2, status, body);
        let mut people = Tester::with(api, |_| ());
        people.say(CHAT, QUESTION);
        assert!(people.next_text().await.starts_with("<b>640</b>"), "{body}");
        let log = people.program().log();
        assert_eq!(
            (
                log.matches(words).count(),
                log.matches("Telegram is back").count()
            ),
            (1, 1),
            "{log}"
        );
    }
}

#[tokio::test]
async fn a_server_error_is_outlived() {
    let api = FakeApi::start().await;
    api.fail("getUpdates", 1, 502, "Bad Gateway");
    let mut people = Tester::with(api, |_| ());
    people.say(CHAT, QUESTION);
    // The library waits ten seconds after such an answer.
    let answered = |call: &Call| call.method == "sendMessage";
    assert!(
        people
            .api
            .wait_for(0, answered, Duration::from_secs(20))
            .await
            .is_some()
    );
}

#[tokio::test]
async fn a_webhook_that_is_in_the_way_is_removed() {
    let api = FakeApi::start().await;
    let words = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
    api.fail("getUpdates", 1, 409, words);
    let mut people = Tester::with(api, |_| ());
    people.say(CHAT, QUESTION);
    people.next_call().await;
    assert_eq!(
        people
            .api
            .calls()
            .iter()
            .filter(|call| call.method == "deleteWebhook")
            .count(),
        2
    );
}

#[tokio::test]
async fn a_pause_is_kept_and_one_of_minutes_is_not_waited_for() {
    let api = FakeApi::start().await;
    api.slow_down("sendMessage", 1);
    let mut people = Tester::with(api.clone(), |_| ());
    let begun = Instant::now();
    people.say(CHAT, QUESTION);
    assert!(people.next_text().await.starts_with("<b>640</b>"));
    assert!(begun.elapsed() >= Duration::from_secs(1));

    api.slow_down("sendMessage", 600);
    people.say(CHAT, QUESTION);
    let refused = |call: &Call| call.failed && call.method == "sendMessage";
    let (first, _) = api.wait_for(0, refused, SOON).await.expect("it is sent");
    api.wait_for(first + 1, refused, SOON)
        .await
        .expect("it is sent");
    people.assert_silence(CHAT + 1).await;
    // The chat is left alone until the pause is over.
    people.say(CHAT, QUESTION);
    people.assert_silence(CHAT + 2).await;
}

#[tokio::test]
async fn what_waits_for_a_long_pause_lets_nothing_else_come_again() {
    let api = FakeApi::start().await;
    api.only_in(CHAT);
    api.slow_down("sendMessage", 60);
    let start = || {
        Tester::with(api.clone(), |command| {
            command.env("HEARING_STOP_WITHIN", "1");
        })
    };
    let mut people = start();
    people.say(CHAT, QUESTION);
    people.program().wait_for_log("a message waits").await;
    people.say(CHAT + 1, QUESTION);
    people.next_call().await;
    people.program().signal("TERM");
    assert_eq!(people.program().exit_code(SOON).await, 0);
    // What was answered does not come again; nor does what waited, which Telegram was told of before.
    let mut again = start();
    again.say(CHAT + 2, QUESTION);
    let last = |call: &Call| call.method == "sendMessage" && call.body["chat_id"] == CHAT + 2;
    api.wait_for(0, last, SOON).await.expect("it is answered");
    let said = api.calls().into_iter();
    let said = said.filter(|call| call.method == "sendMessage" && !call.failed);
    let chats: Vec<_> = said.map(|call| call.body["chat_id"].clone()).collect();
    assert_eq!(chats, [CHAT + 1, CHAT + 2]);
}

#[tokio::test]
async fn a_blocked_bot_makes_no_noise() {
    let api = FakeApi::start().await;
    api.fail(
        "sendMessage",
        1,
        403,
        "Forbidden: bot was blocked by the user",
    );
    let mut people = Tester::with(api, |_| ());
    people.say(CHAT, QUESTION);
    people.assert_silence(CHAT).await;
    let log = people.program().log();
    assert!(!log.contains("sendMessage"), "{log}");
}

#[tokio::test]
async fn an_update_that_cannot_be_read_is_passed_over() {
    let mut people = Tester::start().await;
    people
        .api
        .update("message", &json!({ "message_id": "not a number" }));
    people.api.update("something_new", &json!({ "a": 1 }));
    people.assert_silence(CHAT).await;
}

#[tokio::test]
async fn many_questions_at_once_are_each_answered_once_and_in_order() {
    let mut people = Tester::start().await;
    let mut asked = Vec::new();
    for _ in 0..3 {
        for chat in 1..=100 {
            asked.push((chat, people.say(chat, QUESTION)));
        }
    }
    let mut answered = Vec::new();
    for _ in 0..asked.len() {
        let body = people.next_call().await.body;
        answered.push((
            body["chat_id"].as_i64().unwrap_or(0),
            body["reply_parameters"]["message_id"].as_i64().unwrap_or(0),
        ));
    }
    for chat in 1..=100 {
        let of = |list: &[(i64, i64)]| {
            list.iter()
                .filter(|(of, _)| *of == chat)
                .copied()
                .collect::<Vec<_>>()
        };
        assert_eq!(of(&answered), of(&asked), "chat {chat}");
    }
}

#[tokio::test]
async fn a_signal_stops_an_idle_bot_at_once() {
    for name in ["TERM", "INT"] {
        let mut people = Tester::start().await;
        people.say(CHAT, QUESTION);
        people.next_call().await;
        people.program().signal(name);
        let begun = Instant::now();
        assert_eq!(people.program().exit_code(Duration::from_secs(5)).await, 0);
        assert!(
            begun.elapsed() < Duration::from_secs(2),
            "{:?}",
            begun.elapsed()
        );
    }
}

#[tokio::test]
async fn what_was_taken_is_finished_and_confirmed_before_the_end() {
    let api = FakeApi::start().await;
    // The answer takes a second: the signal comes in between.
    api.slow_down("sendMessage", 1);
    let mut people = Tester::with(api, |_| ());
    people.say(CHAT, QUESTION);
    let refused = |call: &Call| call.method == "sendMessage" && call.failed;
    let (at, _) = people
        .api
        .wait_for(0, refused, Duration::from_secs(10))
        .await
        .expect("the bot answers");
    people.program().signal("TERM");
    assert_eq!(people.program().exit_code(Duration::from_secs(5)).await, 0);
    assert!(people.next_text().await.starts_with("<b>640</b>"));
    let calls = people.api.calls();
    let last = calls
        .iter()
        .skip(at)
        .rfind(|call| is_poll(call))
        .expect("the offset is confirmed");
    assert_eq!(
        (
            &last.body["offset"],
            &last.body["limit"],
            &last.body["timeout"]
        ),
        (&json!(2), &json!(1), &json!(0))
    );
}

#[tokio::test]
async fn an_idle_bot_that_has_confirmed_everything_ends_without_another_call() {
    let api = FakeApi::start().await;
    let mut people = Tester::with(api.clone(), |_| ());
    people.say(CHAT, QUESTION);
    people.next_call().await;
    let confirms = |call: &Call| is_poll(call) && call.body["offset"] == 2;
    api.wait_for(0, confirms, SOON).await.expect("it polls on");
    tokio::time::sleep(Duration::from_millis(1500)).await;
    people.program().signal("TERM");
    assert_eq!(people.program().exit_code(SOON).await, 0);
    let last = api.calls().into_iter().rfind(is_poll);
    let last = last.expect("it has polled");
    // Telegram would hold it back for seconds, because the number is the same.
    assert_ne!(last.body["timeout"], 0);
    // Nothing comes again at the next start.
    let mut again = Tester::with(api.clone(), |_| ());
    again.say(CHAT + 1, QUESTION);
    let other = |call: &Call| call.body["chat_id"] == CHAT + 1;
    api.wait_for(0, other, SOON).await.expect("it is answered");
    let said = |call: &&Call| call.method == "sendMessage";
    assert_eq!(api.calls().iter().filter(said).count(), 2);
}

#[tokio::test]
async fn with_300_updates_in_flight_each_is_answered_once_over_stop_and_start() {
    let api = FakeApi::start().await;
    let mut people = Tester::with(api.clone(), |_| ());
    for chat in 1..=300 {
        people.say(chat, QUESTION);
    }
    let answers = || {
        let calls = api.calls().into_iter();
        calls
            .filter(|call| call.method == "sendMessage")
            .collect::<Vec<_>>()
    };
    let answered = async |enough: usize| {
        let until = Instant::now() + Duration::from_mins(1);
        while answers().len() < enough {
            assert!(
                Instant::now() < until,
                "{} are answered, not {enough}",
                answers().len()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    answered(40).await;
    people.program().signal("TERM");
    assert_eq!(people.program().exit_code(SOON).await, 0);
    let before = answers().len();
    assert!((40..300).contains(&before), "{before} were answered");
    assert!(
        people
            .program()
            .log()
            .contains("everything that was taken is done")
    );
    let mut again = Tester::with(api.clone(), |_| ());
    answered(300).await;
    // Whatever came twice would have come before this.
    again.say(1000, "/privacy");
    answered(301).await;
    let mut chats: Vec<i64> = answers()
        .iter()
        .filter_map(|call| call.body["chat_id"].as_i64())
        .collect();
    chats.sort_unstable();
    chats.pop();
    assert_eq!(chats, (1..=300).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_call_that_hangs_holds_up_the_end_only_so_long() {
    let api = FakeApi::start().await;
    api.hang("sendMessage");
    let mut people = Tester::with(api, |_| ());
    people.say(CHAT, QUESTION);
    let hanging = |call: &Call| call.method == "sendMessage";
    people
        .api
        .wait_for(0, hanging, Duration::from_secs(10))
        .await
        .expect("the bot answers");
    people.program().signal("TERM");
    let begun = Instant::now();
    assert_eq!(people.program().exit_code(Duration::from_secs(12)).await, 0);
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    let log = people.program().log();
    assert!(log.contains("stopped with work left undone"), "{log}");
}

#[tokio::test]
async fn one_chat_that_hangs_delays_no_other() {
    let api = FakeApi::start().await;
    api.hang("sendMessage");
    let mut people = Tester::with(api, |_| ());
    people.say(CHAT, QUESTION);
    let hanging = |call: &Call| call.method == "sendMessage";
    people
        .api
        .wait_for(0, hanging, Duration::from_secs(10))
        .await
        .expect("the bot answers");
    people.say(CHAT, QUESTION);
    people.say(CHAT + 1, QUESTION);
    assert_eq!(people.next_call().await.body["chat_id"], CHAT + 1);
}

#[tokio::test]
async fn a_second_signal_ends_the_bot_at_once() {
    let api = FakeApi::start().await;
    api.slow_down("sendMessage", 5);
    let mut people = Tester::with(api, |_| ());
    people.say(CHAT, QUESTION);
    let refused = |call: &Call| call.method == "sendMessage";
    people
        .api
        .wait_for(0, refused, Duration::from_secs(10))
        .await
        .expect("the bot answers");
    people.program().signal("INT");
    people.program().wait_for_log("stopping").await;
    people.program().signal("TERM");
    assert_eq!(
        people.program().exit_code(Duration::from_secs(2)).await,
        143
    );
}
