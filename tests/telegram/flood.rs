//! Who asks too fast, and Telegram's limits.

use std::time::{Duration, Instant};

use crate::fake_api::Call;
use crate::tester::{Tester, text};

const QUESTION: &str = "how long is the bridge?";
const POLITE: &str = "That was a lot at once";

fn said_in(people: &Tester, chat: i64) -> Vec<Call> {
    let calls = people.api.calls().into_iter();
    calls
        .filter(|call| call.method == "sendMessage" && call.body["chat_id"] == chat)
        .collect()
}

#[tokio::test]
async fn a_flood_gets_one_polite_line_and_delays_nobody() {
    let mut people = Tester::start().await;
    people.assert_silence(1).await;
    for _ in 0..200 {
        people.say(7, QUESTION);
    }
    people.say(8, QUESTION);
    let begun = Instant::now();
    let other = |call: &Call| call.body["chat_id"] == 8;
    people
        .api
        .wait_for(0, other, Duration::from_secs(10))
        .await
        .expect("the other is answered");
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    let polite = |call: &Call| call.method == "sendMessage" && text(call).starts_with(POLITE);
    people
        .api
        .wait_for(0, polite, Duration::from_secs(20))
        .await
        .expect("it is said");
    people.say(7, QUESTION);
    people.say(9, QUESTION);
    people
        .api
        .wait_for(0, |call| call.body["chat_id"] == 9, Duration::from_secs(10))
        .await
        .expect("it is answered");
    let said = said_in(&people, 7);
    assert_eq!(said.iter().filter(|call| polite(call)).count(), 1);
    assert!(
        (7..=12).contains(&said.len()),
        "{} messages to who floods",
        said.len()
    );
}

#[tokio::test]
async fn a_tap_too_many_is_told_over_the_chat_and_every_tap_is_answered() {
    let mut people = Tester::start().await;
    people.assert_silence(1).await;
    for _ in 0..30 {
        people.tap(7, "n:en");
    }
    let taps = || {
        people
            .api
            .calls()
            .into_iter()
            .filter(|call| call.method == "answerCallbackQuery")
            .collect::<Vec<_>>()
    };
    let begun = Instant::now();
    while taps().len() < 30 {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{} taps are answered",
            taps().len()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let told = taps()
        .iter()
        .filter(|call| {
            call.body["text"]
                .as_str()
                .is_some_and(|words| words.starts_with(POLITE))
        })
        .count();
    assert_eq!(told, 1);
}

#[tokio::test]
async fn who_types_too_much_is_told_above_the_results_and_delays_nobody() {
    let mut people = Tester::start().await;
    people.assert_silence(1).await;
    let query = |people: &Tester, person: i64| {
        let query = serde_json::json!({
            "id": person.to_string(), "from": people.person(person), "query": "length", "offset": "",
        });
        people.api.update("inline_query", &query);
    };
    for _ in 0..200 {
        query(&people, 7);
    }
    query(&people, 8);
    let other = |call: &Call| call.body["inline_query_id"] == "8";
    people
        .api
        .wait_for(0, other, Duration::from_secs(10))
        .await
        .expect("the other is answered");
    // What is written to the bot itself is another matter.
    people.say(7, QUESTION);
    people
        .api
        .wait_for(0, |call| call.body["chat_id"] == 7, Duration::from_secs(10))
        .await
        .expect("the message is answered");
    let calls = people.api.calls();
    let answers: Vec<_> = calls
        .iter()
        .filter(|call| call.body["inline_query_id"] == "7")
        .collect();
    let told: Vec<_> = answers
        .iter()
        .filter(|call| {
            let words = call.body["button"]["text"].as_str();
            words.is_some_and(|words| words.starts_with(POLITE))
        })
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].body["results"], serde_json::json!([]));
    assert_eq!(told[0].body["cache_time"], 0);
    assert!(
        (31..=80).contains(&answers.len()),
        "{} answers to who floods",
        answers.len()
    );
}
