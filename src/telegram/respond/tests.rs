//! Tables of updates and what the bot does with them.

use serde_json::{Value, json};

use super::super::testing::{NOW, known, message_json};
use super::*;

/// What the bot does with an update, as the Bot API gets it.
fn calls(update: &Value) -> Vec<Value> {
    // The library reads updates from text only; those from a `Value` come out as errors.
    let update = serde_json::from_str(&update.to_string()).expect("it is an update");
    let calls = respond(&update, &known(), NOW);
    calls
        .iter()
        .map(|call| serde_json::to_value(call).expect("it is plain data"))
        .collect()
}

fn said(chat: i64, fields: &Value) -> Vec<Value> {
    calls(&json!({ "update_id": 1, "message": message_json(chat, fields) }))
}

/// The first words of each message that the bot sends to a text.
fn words(chat: i64, text: &str) -> Vec<String> {
    let first = |call: &Value| {
        let text = call["text"]
            .as_str()
            .expect("it is a message")
            .replace("<b>", "")
            .replace("</b>", "");
        text.split_whitespace()
            .take(3)
            .collect::<Vec<_>>()
            .join(" ")
    };
    said(chat, &json!({ "text": text }))
        .iter()
        .map(first)
        .collect()
}

fn tapped(data: &Value, message: Option<Value>) -> Vec<Value> {
    let person = json!({ "id": 7, "is_bot": false, "first_name": "A", "language_code": "kk" });
    let mut query = json!({ "id": "4", "from": person, "chat_instance": "c", "data": data });
    if let Some(message) = message {
        query["message"] = message;
    }
    calls(&json!({ "update_id": 1, "callback_query": query }))
}

#[test]
fn in_private_everything_gets_an_answer() {
    for (text, answer) in [
        ("how long is the bridge?", "640 – metres,"),
        ("/length", "640 – метров,"),
        ("/length en", "640 – metres,"),
        ("/start length", "640 – метров,"),
        ("/ask how long is the bridge?", "640 – metres,"),
        ("/ask", "Напишите вопрос после"),
        ("@bridge_bot how long is the bridge?", "640 – metres,"),
        ("@bridge_bot", "Напишите вопрос по-русски,"),
        ("/lenght", "Вы имеете в"),
        ("/settings", "Я не знаю"),
        ("/settings@bridge_bot", "Я не знаю"),
        ("/сколько стоил мост?", "12,5 млрд тенге"),
        ("<b>how long</b> is the bridge? &lt;", "640 – metres,"),
        ("what is the weather?", "I found nothing"),
    ] {
        assert_eq!(words(7, text), [answer], "{text}");
    }
}

#[test]
fn in_a_group_only_what_is_meant_for_the_bot_gets_one() {
    for (text, answer) in [
        ("/length", Some("640 – метров,")),
        ("/length@bridge_bot kk", Some("640 – метр,")),
        ("/LENGTH@Bridge_Bot", Some("640 – метров,")),
        ("/ask how long is the bridge?", Some("640 – metres,")),
        (
            "tell me @bridge_bot how long is the bridge?",
            Some("640 – metres,"),
        ),
        ("@bridge_bot /length", Some("640 – метров,")),
        ("@bridge_bot", Some("Напишите вопрос по-русски,")),
        ("/lenght@bridge_bot", Some("Вы имеете в")),
        ("@bridge_bot /settings", Some("Я не знаю")),
        ("/dlina@bridge_bot", Some("640 – метров,")),
        ("/dlina", None),
        ("/length@other_bot", None),
        ("/lenght", None),
        ("/settings", None),
        ("how long is the bridge?", None),
        ("@other_bot how long is the bridge?", None),
        ("", None),
    ] {
        assert_eq!(words(-100, text), Vec::from_iter(answer), "{text}");
    }
}

#[test]
fn a_message_for_another_bot_is_not_answered_in_private_either() {
    assert_eq!(words(7, "/length@other_bot"), Vec::<String>::new());
}

#[test]
fn replies_stay_in_the_topic() {
    let call = |fields: Value| said(-100, &fields).remove(0);
    let in_topic =
        call(json!({ "text": "/length", "message_thread_id": 3, "is_topic_message": true }));
    assert_eq!(in_topic["message_thread_id"], 3);
    assert_eq!(
        in_topic["reply_parameters"],
        json!({ "message_id": 10, "allow_sending_without_reply": true })
    );
    // A thread of replies in a group without topics has a number, too; it is none to send to.
    let in_thread = call(json!({ "text": "/length", "message_thread_id": 3 }));
    assert_eq!(in_thread["message_thread_id"], Value::Null);
}

#[test]
fn a_tap_is_answered_and_then_the_fact_is_sent() {
    let in_group = json!({ "message_thread_id": 3, "is_topic_message": true });
    let calls = tapped(
        &json!("f:bridge_length:ru"),
        Some(message_json(-100, &in_group)),
    );
    assert_eq!(calls.len(), 2);
    assert_eq!(
        calls[0],
        json!({ "method": "answerCallbackQuery", "callback_query_id": "4" })
    );
    assert!(
        calls[1]["text"]
            .as_str()
            .is_some_and(|text| text.starts_with("<b>640</b> – метров"))
    );
    assert_eq!(
        (&calls[1]["chat_id"], &calls[1]["message_thread_id"]),
        (&json!(-100), &json!(3))
    );
    assert_eq!(calls[1]["reply_parameters"]["message_id"], 10);

    let calls = tapped(
        &json!("f:bridge_length:ru"),
        Some(message_json(7, &json!({}))),
    );
    assert_eq!(
        (&calls[1]["chat_id"], &calls[1]["reply_parameters"]),
        (&json!(7), &Value::Null)
    );
}

#[test]
fn a_button_on_a_message_that_is_gone_still_works() {
    let gone = json!({ "chat": { "id": -100, "type": "supergroup", "title": "G" }, "message_id": 3, "date": 0 });
    let calls = tapped(&json!("f:bridge_length:ru"), Some(gone));
    assert_eq!(
        (&calls[1]["chat_id"], &calls[1]["reply_parameters"]),
        (&json!(-100), &Value::Null)
    );
}

#[test]
fn a_tap_on_a_topic_lists_its_facts_and_none_of_these_asks_for_other_words() {
    let topic = tapped(&json!("t:bridge:en"), Some(message_json(7, &json!({}))));
    assert_eq!(topic[1]["text"], "<b>The bridge</b>");
    assert_eq!(
        topic[1]["reply_markup"]["inline_keyboard"][0],
        json!([{ "text": "Length", "callback_data": "f:bridge_length:en" }])
    );
    let none = tapped(&json!("n:en"), Some(message_json(7, &json!({}))));
    assert!(
        none[1]["text"]
            .as_str()
            .is_some_and(|text| text.starts_with("All right."))
    );
}

#[test]
fn a_forged_or_outdated_button_is_answered_in_words() {
    let message = message_json(7, &json!({}));
    for (data, message) in [
        (json!("f:deleted_fact:en"), Some(message.clone())),
        (json!("t:deleted_topic:en"), Some(message.clone())),
        (json!("<script>"), Some(message.clone())),
        (json!("f:bridge_length:xx"), Some(message.clone())),
        (Value::Null, Some(message)),
        (json!("f:bridge_length:en"), None),
    ] {
        let calls = tapped(&data, message);
        assert_eq!(calls.len(), 1, "{data}");
        assert_eq!(calls[0]["method"], "answerCallbackQuery");
        let words = calls[0]["text"].as_str().expect("it says why");
        assert!(
            [
                "Бұл түйме ескірген",
                "This button is out of date",
                "Эта кнопка устарела"
            ]
            .iter()
            .any(|start| words.starts_with(start))
                && words.chars().count() <= 200,
            "{words}"
        );
    }
}

#[test]
fn other_updates_are_left_alone() {
    let text = message_json(
        -100,
        &json!({ "text": "@bridge_bot how long is the bridge?" }),
    );
    for kind in ["edited_message", "channel_post", "something_new"] {
        assert_eq!(
            calls(&json!({ "update_id": 1, kind: text })),
            Vec::<Value>::new(),
            "{kind}"
        );
    }
}

#[test]
fn without_inline_mode_nothing_can_be_shared() {
    let update =
        json!({ "update_id": 1, "message": message_json(7, &json!({ "text": "/length" })) });
    let update = serde_json::from_str(&update.to_string()).expect("it is an update");
    let mut known = known();
    for (inline, shared) in [(true, true), (false, false)] {
        Arc::make_mut(&mut known.me).supports_inline_queries = inline;
        let calls =
            serde_json::to_string(&respond(&update, &known, NOW)).expect("it is plain data");
        assert_eq!(calls.contains("switch_inline_query"), shared);
    }
}
