//! Where there is no single answer: buttons, and what becomes of a tap.

use insta::assert_snapshot;

use crate::tester::{Tester, text};

const CHAT: i64 = 7;
const GROUP: i64 = -1_001_234_567_890;

#[tokio::test]
async fn a_near_tie_offers_the_facts_and_none_of_them() {
    let mut people = Tester::start().await;
    people.say(CHAT, "when was the bridge opened?");
    assert_snapshot!(people.next_screen().await, @r"
    Which of these do you mean?
    [Opened | f:opened:en]
    [Planned opening | f:opening_planned:en]
    [None of these | n:en]
    ");
    people.say(CHAT, "көпір қашан ашылды?");
    assert_snapshot!(people.next_screen().await, @r"
    Осының қайсысын сұрап тұрсыз?
    [Ашылуы | f:opened:kk]
    [Жоспардағы ашылуы | f:opening_planned:kk]
    [Ешқайсысы емес | n:kk]
    ");
}

#[tokio::test]
async fn what_the_source_does_not_say_is_said_with_the_nearest_facts() {
    let mut people = Tester::start().await;
    people.say(CHAT, "how many people died?");
    assert_snapshot!(people.next_screen().await, @r"
    The source does not say whether anybody died while the bridge was built.

    What it does say nearby:
    [Builders | f:builders:en]
    [Length | f:bridge_length:en]
    ");
    people.say(CHAT, "when will the bridge be repaired?");
    assert_snapshot!(people.next_screen().await, @r"
    The source says nothing about repairs &amp; upkeep.
    ");
}

#[tokio::test]
async fn where_nothing_is_found_the_topics_are_offered() {
    let mut people = Tester::start().await;
    people.say(CHAT, "what is the weather?");
    assert_snapshot!(people.next_screen().await, @r"
    I found nothing in the article that answers this. It speaks about these topics:
    [Money | t:money:en] [The bridge | t:bridge:en]
    ");
}

#[tokio::test]
async fn a_tap_on_a_fact_sends_it() {
    let mut people = Tester::start().await;
    people.tap(CHAT, "f:bridge_length:ru");
    let answer = people.next_call().await;
    assert_eq!(
        (answer.method.as_str(), &answer.body["text"]),
        ("answerCallbackQuery", &serde_json::Value::Null)
    );
    assert!(people.next_text().await.starts_with("<b>640</b> – метров,"));

    people.tap(GROUP, "f:bridge_length:ru");
    assert_eq!(people.next_call().await.method, "answerCallbackQuery");
    let call = people.next_call().await;
    assert!(text(&call).starts_with("<b>640</b> – метров,"));
    assert_eq!(call.body["chat_id"], GROUP);
    assert!(call.body["reply_parameters"]["message_id"].is_i64());
}

#[tokio::test]
async fn a_tap_on_a_topic_lists_its_facts() {
    let mut people = Tester::start().await;
    people.tap(CHAT, "t:bridge:en");
    assert_eq!(people.next_call().await.method, "answerCallbackQuery");
    assert_snapshot!(people.next_screen().await, @r"
    <b>The bridge</b>
    [Length | f:bridge_length:en]
    [Builders | f:builders:en]
    [Opened | f:opened:en]
    [Planned opening | f:opening_planned:en]
    ");
}

#[tokio::test]
async fn none_of_these_asks_for_other_words() {
    let mut people = Tester::start().await;
    people.tap(CHAT, "n:en");
    assert_eq!(people.next_call().await.method, "answerCallbackQuery");
    assert_snapshot!(people.next_screen().await, @r"
    All right. Try other words, or choose from all the facts: /facts
    ");
}

#[tokio::test]
async fn a_forged_or_outdated_button_is_answered_in_words() {
    let mut people = Tester::start().await;
    for data in [
        "f:deleted:en",
        "f:bridge_length:de",
        "t:deleted:en",
        "<b>",
        "\u{0}",
        "",
    ] {
        people.tap(GROUP, data);
        let answer = people.next_call().await;
        assert_eq!(answer.method, "answerCallbackQuery", "{data}");
        let words = answer.body["text"].as_str().unwrap_or_default();
        assert!(
            words.starts_with("This button no longer works."),
            "{data}: {words}"
        );
    }
    people.assert_silence(GROUP).await;
}
