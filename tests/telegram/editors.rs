//! Editors: what goes to them, and only with consent.

use std::time::Duration;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::fake_api::{FakeApi, me};
use crate::tester::{Program, Tester, text};

const CHAT: i64 = 7;
const GROUP: i64 = -1_001_234_567_890;
const CURATORS: i64 = -1_009_876_543_210;

async fn with_editors() -> Tester {
    Tester::with(FakeApi::start().await, |command| {
        command.env("HEARING_CURATORS", CURATORS.to_string());
    })
}

/// The bot's answer below a question of user 7.
fn below(people: &mut Tester, chat: i64, question: &str) -> Value {
    json!({ "text": "I found nothing", "reply_to_message": people.message(chat, &json!({ "text": question })) })
}

#[tokio::test]
async fn without_editors_nothing_is_offered() {
    let mut people = Tester::start().await;
    people.say(CHAT, "what is the weather?");
    assert!(!people.next_screen().await.contains("q:en"));
    people.say(CHAT, "/wrong");
    assert!(
        people
            .next_text()
            .await
            .starts_with("I do not know this command")
    );
    for data in ["q:en", "w:en"] {
        people.tap(CHAT, data);
        let answer = people.next_call().await;
        assert!(
            answer.body["text"]
                .as_str()
                .is_some_and(|text| text.starts_with("This button is"))
        );
    }
    people.say(GROUP, "/wrong");
    people.assert_silence(GROUP).await;
}

#[tokio::test]
async fn a_question_without_an_answer_goes_there_on_a_tap_and_nothing_about_the_person() {
    let mut people = with_editors().await;
    people.say(CHAT, "what is the weather?");
    assert_snapshot!(people.next_screen().await, @r"
    I found nothing in the article that answers this.

    If you tap “Send this question to the editors”, the text of your question goes to the editors of this bot, and nothing about you.

    The article speaks about these topics:
    [Money | t:money:en] [The bridge | t:bridge:en]
    [Send this question to the editors | q:en]
    ");
    for (chat, question, sent) in [
        (
            CHAT,
            "what is the <weather>?",
            "what is the &lt;weather&gt;?",
        ),
        (
            GROUP,
            "@bridge_bot what is the weather?",
            "what is the weather?",
        ),
        (
            GROUP,
            "/ask@bridge_bot what is the weather?",
            "what is the weather?",
        ),
    ] {
        let answer = below(&mut people, chat, question);
        people.tap_under(chat, &answer, "q:en");
        assert_eq!(people.next_call().await.method, "answerCallbackQuery");
        let call = people.next_call().await;
        assert_eq!(call.body["chat_id"], CURATORS);
        assert_eq!(
            text(&call),
            format!("A question that found no answer (en):\n<blockquote>{sent}</blockquote>")
        );
        assert!(call.body["reply_parameters"].is_null());
        let edit = people.next_call().await;
        assert_eq!(edit.method, "editMessageText");
        assert!(text(&edit).contains("It has gone to the editors. Thank you."));
        assert!(!edit.body["reply_markup"].to_string().contains("q:en"));
    }
}

#[tokio::test]
async fn the_words_of_consent_are_in_the_persons_language() {
    for (question, words) in [
        (
            "какая погода?",
            "редакторам этого бота уйдёт текст вашего вопроса и ничего о вас",
        ),
        (
            "ауа райы қандай?",
            "редакторларына сұрағыңыздың мәтіні ғана жіберіледі",
        ),
    ] {
        let mut people = with_editors().await;
        people.say(CHAT, question);
        let screen = people.next_screen().await;
        assert!(screen.contains(words), "{screen}");
    }
}

#[tokio::test]
async fn only_who_wrote_it_can_send_it() {
    let mut people = with_editors().await;
    let other = json!({ "id": 8, "is_bot": false, "first_name": "B" });
    let question = people.message(
        GROUP,
        &json!({ "text": "@bridge_bot what is the weather?", "from": other }),
    );
    for (fields, data, words) in [
        (
            json!({ "text": "x", "reply_to_message": question }),
            "q:en",
            "Only the person",
        ),
        (
            json!({ "text": "x", "reply_to_message": question }),
            "w:en",
            "Only the person",
        ),
        (
            json!({ "text": "x" }),
            "q:en",
            "The message is no longer there",
        ),
        (json!({ "text": "x" }), "w:en", "Only the person"),
    ] {
        people.tap_under(GROUP, &fields, data);
        let answer = people.next_call().await;
        assert_eq!(answer.method, "answerCallbackQuery");
        assert!(
            answer.body["text"]
                .as_str()
                .is_some_and(|text| text.starts_with(words)),
            "{answer:?}"
        );
    }
    people.assert_silence(GROUP).await;
}

#[tokio::test]
async fn an_answer_is_reported_with_what_was_shown_before() {
    let mut people = with_editors().await;
    people.say(CHAT, "/wrong");
    assert!(
        people
            .next_text()
            .await
            .starts_with("To report an answer, reply to it with /wrong")
    );
    let answer = people.message(CHAT, &json!({ "from": me(), "text": "640 – metres" }));
    people.post(
        CHAT,
        &json!({ "text": "/wrong it is <longer>", "reply_to_message": answer }),
    );
    assert_snapshot!(people.next_screen().await, @r"
    If you tap “Send to the editors”, this goes to the editors of this bot, and nothing about you:
    <blockquote>640 – metres</blockquote>
    <blockquote>it is &lt;longer&gt;</blockquote>
    [Send to the editors | w:en]
    ");
    let command = people.message(CHAT, &json!({ "text": "/wrong it is <longer>" }));
    let preview = json!({
        "text": "this goes:\n640 – metres\nit is <longer>", "reply_to_message": command,
        "entities": [
            { "type": "blockquote", "offset": 11, "length": 12 },
            { "type": "blockquote", "offset": 24, "length": 14 },
        ],
    });
    people.tap_under(CHAT, &preview, "w:en");
    assert_eq!(people.next_call().await.method, "answerCallbackQuery");
    let call = people.next_call().await;
    assert_eq!(call.body["chat_id"], CURATORS);
    assert_snapshot!(text(&call), @r"
    An answer that was reported as wrong (en):
    <blockquote>640 – metres</blockquote>
    <blockquote>it is &lt;longer&gt;</blockquote>
    ");
    assert_eq!(
        text(&people.next_call().await),
        "It has gone to the editors. Thank you."
    );
}

#[tokio::test]
async fn in_a_group_a_report_is_one_to_the_bot() {
    let mut people = with_editors().await;
    let ours = people.message(GROUP, &json!({ "from": me(), "text": "640 – metres" }));
    let theirs = people.message(GROUP, &json!({ "text": "640" }));
    people.say(GROUP, "/wrong");
    people.say(GROUP, "/wrong@other_bot it is longer");
    people.post(
        GROUP,
        &json!({ "text": "/wrong", "reply_to_message": theirs }),
    );
    people.assert_silence(GROUP).await;
    for (fields, start) in [
        (
            json!({ "text": "/wrong it is longer", "reply_to_message": ours }),
            "If you tap",
        ),
        (
            json!({ "text": "/wrong@bridge_bot it is longer", "reply_to_message": ours }),
            "If you tap",
        ),
        (
            json!({ "text": "/wrong@bridge_bot" }),
            "To report an answer, reply to it with /wrong",
        ),
    ] {
        people.post(GROUP, &fields);
        let text = people.next_text().await;
        assert!(text.starts_with(start), "{fields}: {text}");
    }
    let mut people = Tester::start().await;
    people.post(
        GROUP,
        &json!({ "text": "/wrong", "reply_to_message": ours }),
    );
    let text = people.next_text().await;
    assert!(text.starts_with("I do not know this command"), "{text}");
}

#[tokio::test]
async fn privacy_and_help_say_so() {
    let mut people = with_editors().await;
    people.say(CHAT, "/privacy");
    assert!(
        people
            .next_text()
            .await
            .contains("Only if you tap a button that says so")
    );
    people.say(CHAT, "/help");
    assert!(people.next_text().await.contains("/wrong"));
}

#[tokio::test]
async fn a_wrong_number_of_a_chat_is_one_line_and_exit_code_2() {
    for number in ["editors", "0", "@editors"] {
        let mut program = Program::start(|command| {
            command
                .env("TELOXIDE_TOKEN", crate::fake_api::TOKEN)
                .env("HEARING_CURATORS", number);
        });
        assert_eq!(program.exit_code(Duration::from_secs(10)).await, 2);
        let log = program.log();
        assert!(
            log.contains("is not the number of a chat") && log.lines().count() == 1,
            "{log}"
        );
    }
}

#[tokio::test]
async fn what_did_not_reach_the_editors_is_not_said_to_have() {
    let mut people = with_editors().await;
    people.api.fail(
        "sendMessage",
        1,
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    );
    let answer = below(&mut people, CHAT, "what is the weather?");
    people.tap_under(CHAT, &answer, "q:en");
    assert_eq!(people.next_call().await.method, "answerCallbackQuery");
    people.assert_silence(CHAT).await;
}

#[tokio::test]
async fn editors_that_cannot_be_reached_are_told_of_at_the_start() {
    let api = FakeApi::start().await;
    api.fail("getChat", 1, 400, "Bad Request: chat not found");
    let mut people = Tester::with(api, |command| {
        command.env("HEARING_CURATORS", CURATORS.to_string());
    });
    people
        .program()
        .wait_for_log("the chat of the editors is not to be reached")
        .await;
    people.assert_silence(CHAT).await;
}
