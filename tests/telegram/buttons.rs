//! Where there is no single answer: buttons, and what becomes of a tap.

use insta::assert_snapshot;

use crate::tester::{Tester, screen, text};

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
    I found nothing in the article that answers this.

    The article speaks about these topics:
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
    [Workers | f:workers:en]
    [Workers from Alfa | f:workers_alfa:en]
    [Workers from Beta | f:workers_beta:en]
    ");
}

#[tokio::test]
async fn none_of_these_asks_for_other_words() {
    let mut people = Tester::start().await;
    people.tap(CHAT, "n:en");
    assert_eq!(people.next_call().await.method, "answerCallbackQuery");
    assert_snapshot!(people.next_screen().await, @r"
    All right. Try other words, or choose from all the facts: /facts
    [Money | t:money:en] [The bridge | t:bridge:en]
    ");
}

#[tokio::test]
async fn a_forged_or_outdated_button_is_answered_in_words() {
    let mut people = Tester::start().await;
    for data in [
        "f:deleted:en",
        "f:bridge_length:de",
        "t:deleted:en",
        "l:deleted:en",
        "c:deleted:en",
        "p:deleted:en",
        "p:bridge_length:en",
        "<b>",
        "\u{0}",
        "",
    ] {
        people.tap(GROUP, data);
        let answer = people.next_call().await;
        assert_eq!(answer.method, "answerCallbackQuery", "{data}");
        let words = answer.body["text"].as_str().unwrap_or_default();
        assert!(
            words.starts_with("This button is out of date"),
            "{data}: {words}"
        );
    }
    people.assert_silence(GROUP).await;
}

#[tokio::test]
async fn under_an_answer_stand_its_neighbours_context_languages_and_sharing() {
    let mut people = Tester::start().await;
    for (question, buttons) in [
        (
            "how many workers were there?",
            "[Workers from Alfa | f:workers_alfa:en] [Workers from Beta | f:workers_beta:en]
[Length | f:bridge_length:en]
[Context | c:workers:en] [Chart | p:workers:en]
[РУ | l:workers:ru] [ҚАЗ | l:workers:kk] [Share | share workers en]",
        ),
        (
            "какая длина моста?",
            "[Стоимость | f:bridge_cost:ru]
[Контекст | c:bridge_length:ru]
[EN | l:bridge_length:en] [ҚАЗ | l:bridge_length:kk] [Поделиться | share length ru]",
        ),
        (
            "көпірдің ұзындығы қандай?",
            "[Құны | f:bridge_cost:kk]
[Контекст | c:bridge_length:kk]
[EN | l:bridge_length:en] [РУ | l:bridge_length:ru] [Бөлісу | share length kk]",
        ),
    ] {
        people.say(CHAT, question);
        let screen = people.next_screen().await;
        assert!(screen.ends_with(&format!("\n{buttons}")), "{screen}");
    }
}

#[tokio::test]
async fn a_language_button_turns_the_message_into_that_language() {
    let mut people = Tester::start().await;
    for chat in [CHAT, GROUP] {
        for (language, start, share) in [
            (
                "ru",
                "<b>640</b> – метров,",
                "[Поделиться | share length ru]",
            ),
            ("kk", "<b>640</b> – метр,", "[Бөлісу | share length kk]"),
            ("en", "<b>640</b> – metres,", "[Share | share length en]"),
        ] {
            people.tap(chat, &format!("l:bridge_length:{language}"));
            assert_eq!(people.next_call().await.method, "answerCallbackQuery");
            let call = people.next_call().await;
            assert_eq!(call.method, "editMessageText");
            assert_eq!(call.body["chat_id"], chat);
            let screen = screen(&call);
            assert!(
                screen.starts_with(start) && screen.ends_with(share),
                "{screen}"
            );
        }
    }
}

#[tokio::test]
async fn context_shows_the_sentences_before_and_after() {
    let mut people = Tester::start().await;
    people.tap(CHAT, "c:bridge_length:ru");
    assert_eq!(people.next_call().await.method, "answerCallbackQuery");
    assert_snapshot!(people.next_screen().await, @r"
    <b>640</b> – метров, длина моста

    <blockquote>It is <b>640</b> metres long.</blockquote>
    Перевод:
    <blockquote>Его длина – <b>640</b> метров.</blockquote>

    В статье не указано, кто это сказал. Слушания прошли 3 марта 2023 года.
    Источник: Town &amp; Country, 4 марта 2023 года.

    В статье:
    <blockquote expandable>“The bridge cost 12.5 billion tenge &amp; the town paid &lt;all&gt; of it,” said mayor Anna Berg. <b>It is 640 metres long.</b> It was built by Alfa and Beta.</blockquote>
    [Стоимость | f:bridge_cost:ru]
    [EN | l:bridge_length:en] [ҚАЗ | l:bridge_length:kk] [Поделиться | share length ru]
    ");
}

#[tokio::test]
async fn a_chart_is_a_picture_with_the_same_figures_in_words() {
    let mut people = Tester::start().await;
    for (language, words) in [
        (
            "en",
            "120 – Workers\n90 – Workers from Alfa\n30 – Workers from Beta\n\nThe article attributes this sentence to no speaker. The hearing was on 3 March 2023.\nSource: Town & Country, 4 March 2023.",
        ),
        (
            "ru",
            "120 – Рабочие\n90 – Рабочие из «Альфы»\n30 – Рабочие из «Беты»\n\nВ статье не указано, кто это сказал. Слушания прошли 3 марта 2023 года.\nИсточник: Town & Country, 4 марта 2023 года.",
        ),
        (
            "kk",
            "120 – Жұмысшылар\n90 – «Альфа» жұмысшылары\n30 – «Бета» жұмысшылары\n\nМақалада мұны кімнің айтқаны көрсетілмеген. Тыңдау күні: 2023 жылғы 3 наурыз.\nДереккөз: Town & Country, 2023 жылғы 4 наурыз.",
        ),
    ] {
        // A second time it comes as it was drawn.
        for chat in [CHAT, GROUP] {
            people.tap_under(
                chat,
                &serde_json::json!({ "text": "x", "message_thread_id": 3, "is_topic_message": chat < 0 }),
                &format!("p:workers:{language}"),
            );
            assert_eq!(people.next_call().await.method, "answerCallbackQuery");
            let call = people.next_call().await;
            assert_eq!(call.method, "sendPhoto");
            assert_eq!(
                (
                    &call.body["chat_id"],
                    call.body["message_thread_id"].is_i64()
                ),
                (&chat.into(), chat < 0)
            );
            assert_eq!(call.body["caption"], words);
            assert!(call.body["reply_parameters"]["message_id"].is_i64());
            let file = call
                .body
                .as_object()
                .and_then(|body| body.values().find(|value| value["length"].is_u64()));
            let file = file.expect("a file is sent");
            assert_eq!(file["start"], serde_json::json!(b"\x89PNG"));
            assert!(
                file["length"]
                    .as_u64()
                    .is_some_and(|length| (5_000..300_000).contains(&length)),
                "{file}"
            );
        }
    }
}
