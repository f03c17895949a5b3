//! Inline mode: what can be sent from any chat.

use insta::assert_snapshot;
use serde_json::Value;

use crate::tester::{Tester, screen};

/// The results as people see them in the list: id, title and description.
fn list(answer: &Value) -> String {
    let results = answer["results"].as_array().expect("they are a list");
    let word = |result: &Value, key: &str| result[key].as_str().unwrap_or_default().to_owned();
    let line = |result: &Value| {
        let (id, title) = (word(result, "id"), word(result, "title"));
        format!("{id} | {title} | {}", word(result, "description"))
    };
    results.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_query_offers_the_fact_and_its_neighbours_as_full_replies() {
    let mut people = Tester::start().await;
    let answer = people.inline("how long is the bridge").await;
    assert_eq!(answer["cache_time"], 60);
    assert_eq!(answer["is_personal"], true);
    assert_snapshot!(list(&answer), @r"
    f:bridge_length:en | Length | 640 – metres, the length of the bridge
    f:bridge_cost:en | Cost | 12.5 billion tenge – what the bridge cost
    ");
    assert_snapshot!(answer["results"][0]["input_message_content"]["message_text"].as_str().unwrap_or_default(), @r"
    <b>640</b> – metres, the length of the bridge

    <blockquote>It is <b>640</b> metres long.</blockquote>

    The article attributes this sentence to no speaker. The hearing was on 3 March 2023.
    Source: Town &amp; Country, 4 March 2023.
    ");
    for (query, first) in [
        ("какая длинна моста", "f:bridge_length:ru"),
        ("көпірдің ұзындығы қандай", "f:bridge_length:kk"),
        ("lenght of the bridge", "f:bridge_length:en"),
        ("length", "f:bridge_length:en"),
        ("length kk", "f:bridge_length:kk"),
        ("/LENGTH ru", "f:bridge_length:ru"),
        ("dlina ru", "f:bridge_length:ru"),
        ("when was the bridge opened", "f:opened:en"),
        ("how many people died", "g:deaths:en"),
        ("leng", "f:bridge_length:en"),
        ("lenhgt", "f:bridge_length:en"),
        ("ұзынд", "f:bridge_length:kk"),
        ("строит", "f:builders:ru"),
    ] {
        let answer = people.inline(query).await;
        assert_eq!(answer["results"][0]["id"], first, "{query}");
        assert!(answer["button"].is_null(), "{query}");
    }
}

#[tokio::test]
async fn without_words_the_topics_are_offered_in_the_persons_language() {
    for (language, lines) in [
        ("en", "t:money:en | Money | Cost"),
        ("ru-RU", "t:money:ru | Деньги | Стоимость"),
        ("kk", "t:money:kk | Ақша | Құны"),
        ("de", "t:money:en | Money | Cost"),
    ] {
        let mut people = Tester::start().await.in_language(language);
        let answer = people.inline(" ").await;
        let list = list(&answer);
        assert_eq!(list.lines().next(), Some(lines));
        assert_eq!(list.lines().count(), 2);
    }
}

#[tokio::test]
async fn where_nothing_is_found_a_button_leads_to_the_private_chat() {
    for (language, words) in [
        ("en", "Nothing found: ask in the private chat"),
        ("ru", "Ничего не найдено: спросить в личном чате"),
        ("kk", "Ештеңе табылмады: жеке чатта сұрау"),
    ] {
        let mut people = Tester::start().await.in_language(language);
        let answer = people.inline("what is the weather").await;
        assert_eq!(answer["results"], serde_json::json!([]));
        assert_eq!(answer["button"]["text"], words);
        people.say(
            7,
            &format!(
                "/start {}",
                answer["button"]["start_parameter"]
                    .as_str()
                    .expect("it is a word")
            ),
        );
        let start = people.next_text().await;
        assert!(!start.starts_with("<b>"), "{start}");
    }
}

#[tokio::test]
async fn a_second_page_is_empty() {
    let mut people = Tester::start().await;
    let query = serde_json::json!({ "id": "i", "from": people.person(7), "query": "length", "offset": "50" });
    people.api.update("inline_query", &query);
    let call = people.next_call().await;
    assert_eq!(call.body["results"], serde_json::json!([]));
    assert!(call.body["button"].is_null());
}

#[tokio::test]
async fn buttons_under_a_message_sent_so_change_that_message() {
    let mut people = Tester::start().await;
    for (data, start) in [
        ("l:bridge_length:kk", "<b>640</b> – метр,"),
        ("f:bridge_cost:ru", "<b>12,5 млрд тенге</b> – "),
        ("t:bridge:en", "<b>The bridge</b>"),
        ("n:en", "All right."),
    ] {
        people.tap_inline(data);
        assert_eq!(people.next_call().await.method, "answerCallbackQuery");
        let call = people.next_call().await;
        assert_eq!(call.method, "editMessageText", "{data}");
        assert_eq!(call.body["inline_message_id"], "i1");
        assert!(
            screen(&call).starts_with(start),
            "{data}: {}",
            screen(&call)
        );
    }
    // The bot cannot send a picture, nor anything else, to a chat that it is not in.
    people.tap_inline("p:workers:en");
    let answer = people.next_call().await;
    assert_eq!(answer.method, "answerCallbackQuery");
    assert!(answer.body["text"].is_string());
    let answer = people.inline("workers en").await;
    let buttons = answer["results"][0]["reply_markup"].to_string();
    assert!(
        buttons.contains("c:workers:en") && !buttons.contains("p:workers:en"),
        "{buttons}"
    );
}

#[tokio::test]
async fn strange_queries_are_answered_too() {
    let mut people = Tester::start().await;
    for query in [
        "<b>&",
        "\u{202e}\u{200b}\u{0}",
        "😀",
        "/",
        "@bridge_bot",
        &"ы".repeat(256),
    ] {
        let answer = people.inline(query).await;
        assert!(answer["results"].is_array(), "{query}");
    }
}
