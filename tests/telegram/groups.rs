//! In groups: the bot answers what is meant for it and is silent about the rest.

use serde_json::json;

use crate::fake_api::me;
use crate::tester::Tester;

const GROUP: i64 = -1_001_234_567_890;

#[tokio::test]
async fn talk_and_commands_of_others_are_met_with_silence() {
    let mut people = Tester::start().await;
    for text in [
        "how long is the bridge?",
        "/length@other_bot",
        "/lenght",
        "/dlina",
        "/start hello",
        "/settings",
        "@other_bot how long is the bridge?",
        "me@bridge_bot.example",
        "hello",
    ] {
        people.say(GROUP, text);
    }
    people.assert_silence(GROUP).await;
}

#[tokio::test]
async fn commands_mentions_and_ask_are_answered() {
    let mut people = Tester::start().await;
    for (text, start) in [
        ("/length", "<b>640</b> – metres,"),
        ("/length@Bridge_Bot kk", "<b>640</b> – метр,"),
        ("/ask how long is the bridge?", "<b>640</b> – metres,"),
        (
            "/ask@bridge_bot how long is the bridge?",
            "<b>640</b> – metres,",
        ),
        (
            "@bridge_bot how long is the bridge?",
            "<b>640</b> – metres,",
        ),
        (
            "how long is the bridge, @bridge_bot?",
            "<b>640</b> – metres,",
        ),
        ("и какая длина моста @BRIDGE_BOT", "<b>640</b> – метров,"),
        ("@bridge_bot", "Write your question"),
        ("/lenght@bridge_bot", "Do you mean /length?"),
        ("/dlina@bridge_bot", "<b>640</b> – metres,"),
        ("@bridge_bot /dlina", "<b>640</b> – metres,"),
        ("@bridge_bot /lenght", "Do you mean /length?"),
        ("/start@bridge_bot length", "<b>640</b> – metres,"),
        ("@bridge_bot thanks", "You are welcome."),
    ] {
        let question = people.say(GROUP, text);
        let call = people.next_call().await;
        let reply = call.body["text"].as_str().unwrap_or_default();
        assert!(reply.starts_with(start), "{text}: {reply}");
        assert_eq!(call.body["chat_id"], GROUP);
        assert_eq!(call.body["reply_parameters"]["message_id"], question);
    }
}

#[tokio::test]
async fn a_reply_to_the_bot_is_a_question_and_one_to_others_is_not() {
    let mut people = Tester::start().await;
    let ours = people.message(GROUP, &json!({ "from": me(), "text": "640" }));
    let theirs = people.message(GROUP, &json!({ "text": "640" }));
    people.post(
        GROUP,
        &json!({ "text": "how long is the bridge?", "reply_to_message": theirs }),
    );
    people.post(
        GROUP,
        &json!({ "text": "and who built the bridge?", "reply_to_message": ours }),
    );
    assert!(
        people
            .next_text()
            .await
            .starts_with("<b>Alfa</b>; <b>Beta</b>")
    );
}

#[tokio::test]
async fn a_topic_is_answered_in_the_topic() {
    let mut people = Tester::start().await;
    people.post(
        GROUP,
        &json!({ "text": "/length", "message_thread_id": 55, "is_topic_message": true }),
    );
    assert_eq!(people.next_call().await.body["message_thread_id"], 55);
    people.post(
        GROUP,
        &json!({ "text": "/length", "message_thread_id": 55 }),
    );
    assert!(people.next_call().await.body["message_thread_id"].is_null());
}

#[tokio::test]
async fn bots_and_channels_are_not_answered_and_anonymous_admins_are() {
    let mut people = Tester::start().await;
    let bot = json!({ "id": 9, "is_bot": true, "first_name": "Other" });
    let channel = json!({ "id": -1_009_999_999_999_i64, "type": "channel", "title": "C" });
    let text = "@bridge_bot how long is the bridge?";
    for fields in [
        json!({ "text": text, "from": bot }),
        json!({ "text": text, "via_bot": me() }),
        json!({ "text": text, "sender_chat": channel, "is_automatic_forward": true }),
    ] {
        people.post(GROUP, &fields);
    }
    people.assert_silence(GROUP).await;
    let anonymous = json!({ "id": 1_087_968_824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot" });
    let group = json!({ "id": GROUP, "type": "supergroup", "title": "G" });
    people.post(
        GROUP,
        &json!({ "text": text, "from": anonymous, "sender_chat": group }),
    );
    assert!(people.next_text().await.starts_with("<b>640</b>"));
}

#[tokio::test]
async fn it_greets_once_in_two_lines_when_it_is_added() {
    for (language, text) in [
        (
            "en",
            "I answer questions about the hearing of 3 March 2023 on the bridge: the figure, its sentence, its source.\nWrite /ask and your question, mention me, or reply to me. Otherwise I am silent.",
        ),
        (
            "ru",
            "Отвечаю на вопросы; тема: слушания 3 марта 2023 года о мосте. В каждом ответе – цифра, её предложение, её источник.\nНапишите /ask и вопрос, упомяните меня или ответьте на моё сообщение. В остальное время я молчу.",
        ),
        (
            "kk",
            "Сұрақтарға жауап беремін, тақырып: көпір туралы 2023 жылғы 3 наурыздағы тыңдау. Әр жауапта – цифр, оның сөйлемі, оның дереккөзі.\n/ask деп, сұрағыңызды жазыңыз, мені атап өтіңіз немесе маған жауап ретінде жазыңыз. Басқа кезде үндемеймін.",
        ),
    ] {
        let mut people = Tester::start().await.in_language(language);
        let message = people.message(GROUP, &json!({}));
        let change = |old: &str, new: &str| {
            let member = |status: &str| {
                let mut member = json!({ "user": me(), "status": status });
                if status == "administrator" {
                    for right in [
                        "can_be_edited",
                        "is_anonymous",
                        "can_manage_chat",
                        "can_delete_messages",
                        "can_manage_video_chats",
                        "can_restrict_members",
                        "can_promote_members",
                        "can_change_info",
                        "can_invite_users",
                        "can_post_stories",
                        "can_edit_stories",
                        "can_delete_stories",
                    ] {
                        member[right] = json!(false);
                    }
                }
                member
            };
            json!({
                "chat": message["chat"], "from": message["from"], "date": message["date"],
                "old_chat_member": member(old), "new_chat_member": member(new),
            })
        };
        people
            .api
            .update("my_chat_member", &change("left", "member"));
        let call = people.next_call().await;
        assert_eq!(
            (call.body["text"].as_str(), &call.body["chat_id"]),
            (Some(text), &json!(GROUP))
        );
        people
            .api
            .update("my_chat_member", &change("member", "administrator"));
        people
            .api
            .update("my_chat_member", &change("administrator", "left"));
        people.assert_silence(GROUP).await;
    }
}

#[tokio::test]
async fn ask_or_a_mention_below_a_question_answers_that_question() {
    let mut people = Tester::start().await;
    let question = people.message(GROUP, &json!({ "text": "so how long is the bridge?" }));
    for text in ["/ask", "@bridge_bot", "/ask@bridge_bot"] {
        people.post(
            GROUP,
            &json!({ "text": text, "reply_to_message": question }),
        );
        assert!(people.next_text().await.starts_with("<b>640</b>"), "{text}");
    }
}

#[tokio::test]
async fn edits_and_pictures_in_a_group_are_left_alone() {
    let mut people = Tester::start().await;
    people.edit(
        GROUP,
        &json!({ "text": "@bridge_bot how long is the bridge?" }),
    );
    let photo =
        json!([{ "file_id": "p", "file_unique_id": "p", "width": 1, "height": 1, "file_size": 1 }]);
    people.post(GROUP, &json!({ "photo": photo }));
    let ours = people.message(GROUP, &json!({ "from": me(), "text": "640" }));
    people.post(GROUP, &json!({ "photo": photo, "reply_to_message": ours }));
    people.assert_silence(GROUP).await;
    people.post(
        GROUP,
        &json!({ "photo": photo, "caption": "@bridge_bot how long is the bridge?" }),
    );
    assert!(people.next_text().await.starts_with("<b>640</b>"));
}
