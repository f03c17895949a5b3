//! In a private chat: questions in three languages, and every command.

use insta::assert_snapshot;
use serde_json::json;

use crate::tester::Tester;

const CHAT: i64 = 7;

#[tokio::test]
async fn a_question_is_answered_in_its_own_language() {
    let mut people = Tester::start().await;
    let question = people.say(CHAT, "how much did the bridge cost?");
    let call = people.next_call().await;
    assert_eq!(call.body["chat_id"], CHAT);
    assert_eq!(
        call.body["reply_parameters"],
        json!({ "message_id": question, "allow_sending_without_reply": true })
    );
    assert_snapshot!(call.body["text"].as_str().unwrap_or_default(), @r"
    <b>12.5 billion tenge</b> – what the bridge cost

    <blockquote>“The bridge cost <b>12.5 billion tenge</b> &amp; the town paid &lt;all&gt; of it,” said mayor Anna Berg.</blockquote>

    Said by Anna Berg, mayor, at the hearing of 3 March 2023.
    Source: Town &amp; Country, 4 March 2023.
    ");

    people.say(CHAT, "сколько стоил мост?");
    assert_snapshot!(people.next_text().await, @r"
    <b>12,5 млрд тенге</b> – столько стоил мост

    <blockquote>“The bridge cost <b>12.5 billion tenge</b> &amp; the town paid &lt;all&gt; of it,” said mayor Anna Berg.</blockquote>
    Перевод:
    <blockquote>«Мост стоил <b>12,5 млрд тенге</b>, и &lt;всё&gt; оплатил город», – сказала мэр Анна Берг.</blockquote>

    Кто это сказал: Анна Берг, мэр; слушания 3 марта 2023 года.
    Источник: Town &amp; Country, 4 марта 2023 года.
    ");

    people.say(CHAT, "көпірдің құны қанша?");
    assert_snapshot!(people.next_text().await, @r"
    <b>12,5 млрд теңге</b> – көпірдің құны

    <blockquote>“The bridge cost <b>12.5 billion tenge</b> &amp; the town paid &lt;all&gt; of it,” said mayor Anna Berg.</blockquote>
    Аудармасы:
    <blockquote>«Көпірдің құны <b>12,5 млрд теңге</b> болды, &lt;бәрін&gt; қала төледі», – деді әкім Анна Берг.</blockquote>

    Мұны айтқан: Анна Берг, қала әкімі. Тыңдау күні: 2023 жылғы 3 наурыз.
    Дереккөз: Town &amp; Country, 2023 жылғы 4 наурыз.
    ");
}

#[tokio::test]
async fn start_says_what_the_bot_is_and_offers_questions() {
    let mut people = Tester::start().await;
    people.say(CHAT, "/start");
    assert_snapshot!(people.next_screen().await, @r"
    I answer questions about the hearing of 3 March 2023 on the bridge. Every answer is a figure or a statement with the sentence of the article that it stands in. What the article does not say, I do not know.

    Write your question in English, Russian or Kazakh.

    For example:
    [how long is the bridge? | f:bridge_length:en]
    [how much did the bridge cost? | f:bridge_cost:en]
    [Add to a group | https://t.me/bridge_bot?startgroup=hello]
    ");

    let mut people = people.in_language("kk-KZ");
    people.say(CHAT, "/start");
    assert_snapshot!(people.next_screen().await, @r"
    Мен мына оқиға туралы сұрақтарға жауап беремін: көпір туралы 2023 жылғы 3 наурыздағы тыңдау. Әр жауап – цифр немесе мәлімдеме және ол тұрған мақаладағы сөйлем. Мақалада айтылмағанын мен де білмеймін.

    Сұрағыңызды қазақша, орысша немесе ағылшынша жазыңыз.

    Мысалы:
    [көпірдің ұзындығы қандай? | f:bridge_length:kk]
    [көпірдің құны қанша? | f:bridge_cost:kk]
    [Топқа қосу | https://t.me/bridge_bot?startgroup=hello]
    ");
}

#[tokio::test]
async fn help_is_three_lines_and_questions_to_tap() {
    let mut people = Tester::start().await.in_language("ru");
    people.say(CHAT, "/help");
    assert_snapshot!(people.next_screen().await, @r"
    Напишите вопрос по-русски, по-казахски или по-английски.
    В группе: ответьте на моё сообщение, упомяните меня или напишите /ask и вопрос.
    /facts – все факты, /source – откуда они, /privacy – что происходит с вашими вопросами

    Например:
    [какая длина моста? | f:bridge_length:ru]
    [сколько стоил мост? | f:bridge_cost:ru]
    ");
}

#[tokio::test]
async fn facts_are_listed_by_topic_as_commands() {
    let mut people = Tester::start().await;
    people.say(CHAT, "/facts");
    assert_snapshot!(people.next_screen().await, @r"
    Everything I know, by topic:

    <b>Money</b>
    /cost – Cost

    <b>The bridge</b>
    /length – Length
    /builders – Builders
    /opened – Opened
    /planned – Planned opening
    /workers – Workers
    /workers_alfa – Workers from Alfa
    /workers_beta – Workers from Beta
    ");
}

#[tokio::test]
async fn source_and_privacy_say_where_from_and_what_for() {
    let mut people = Tester::start().await;
    people.say(CHAT, "/source");
    let text = people.next_text().await;
    assert!(
        text.ends_with(&format!("Version {}", env!("CARGO_PKG_VERSION"))),
        "{text}"
    );
    assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "V"), @r"
    Everything I know comes from one article: “Bridge &amp; road: what the council heard”, Town &amp; Country, 4 March 2023. The article reports what officials said; I add no opinion. The quotes are word for word; translations are marked.

    Version V
    ");
    people.say(CHAT, "/privacy");
    assert_snapshot!(people.next_text().await, @r"
    I keep nothing: no messages, no names, no numbers of users. Your question is matched in memory and forgotten once I have answered. Telegram itself handles the messages by its own rules.
    ");
}

#[tokio::test]
async fn a_command_is_answered_in_the_senders_language_or_the_named_one() {
    let mut people = Tester::start().await.in_language("ru");
    for (text, start) in [
        ("/length", "<b>640</b> – метров,"),
        ("/LENGTH kk", "<b>640</b> – метр,"),
        ("/length en", "<b>640</b> – metres,"),
        ("/start length", "<b>640</b> – метров,"),
        ("/start bridge_length", "<b>640</b> – метров,"),
        ("/cost", "<b>12,5 млрд тенге</b> – "),
        ("/builders", "<b>Альфа</b>; <b>Бета</b> – "),
        ("/ask how long is the bridge?", "<b>640</b> – metres,"),
        ("/ask", "Напишите вопрос после команды"),
        ("/lenght", "Вы имеете в виду /length?"),
        ("/dlina", "<b>640</b> – метров,"),
        ("/uzyndyq kk", "<b>640</b> – метр,"),
        ("/dlinna", "Вы имеете в виду /length?"),
        ("/start dlina", "<b>640</b> – метров,"),
        ("/settings", "Я не знаю такой команды."),
    ] {
        people.say(CHAT, text);
        let reply = people.next_text().await;
        assert!(reply.starts_with(start), "{text}: {reply}");
    }
    let mut people = people.in_language("de");
    people.say(CHAT, "/length");
    assert!(people.next_text().await.starts_with("<b>640</b> – metres,"));
}

#[tokio::test]
async fn markup_in_a_question_does_no_harm() {
    let mut people = Tester::start().await;
    for text in [
        "<b>how long</b> is the bridge? &lt;/b&gt;",
        "how long is the <i>bridge",
        "how long is the bridge\u{202e}\u{0}?",
    ] {
        people.say(CHAT, text);
        assert!(
            people.next_text().await.starts_with("<b>640</b> – metres,"),
            "{text}"
        );
    }
    for text in ["<script>", "&", "😀", "?", &"x".repeat(10_000)] {
        people.say(CHAT, text);
        assert!(
            people.next_text().await.starts_with("I found nothing"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_mistyped_command_is_found_with_a_button() {
    let mut people = Tester::start().await.in_language("kk");
    people.say(CHAT, "/lenght");
    assert_snapshot!(people.next_screen().await, @r"
    Мынаны айтқыңыз келді ме: /length?
    [Ұзындығы | f:bridge_length:kk]
    ");
}

#[tokio::test]
async fn a_caption_is_a_question_and_what_has_no_words_gets_a_polite_line() {
    let photo =
        json!([{ "file_id": "p", "file_unique_id": "p", "width": 1, "height": 1, "file_size": 1 }]);
    let voice = json!({ "file_id": "v", "file_unique_id": "v", "duration": 3, "mime_type": "audio/ogg", "file_size": 9 });
    let sticker = json!({
        "file_id": "s", "file_unique_id": "s", "width": 1, "height": 1, "type": "regular",
        "is_animated": false, "is_video": false, "file_size": 9,
    });
    for (language, line) in [
        ("en", "I read text only."),
        ("ru", "Я читаю только текст."),
        ("kk", "Мен тек мәтінді оқимын."),
    ] {
        let mut people = Tester::start().await.in_language(language);
        for fields in [
            json!({ "photo": photo }),
            json!({ "voice": voice }),
            json!({ "voice": { "file_id": "v", "file_unique_id": "v", "duration": 3 } }),
            json!({ "something_new": { "file_id": "n", "file_unique_id": "n" } }),
            json!({ "sticker": sticker }),
            json!({ "location": { "latitude": 43.2, "longitude": 76.9 } }),
            json!({ "dice": { "emoji": "🎲", "value": 3 } }),
        ] {
            people.post(CHAT, &fields);
            let text = people.next_text().await;
            assert!(text.starts_with(line), "{fields}: {text}");
        }
        people.post(
            CHAT,
            &json!({ "photo": photo, "caption": "how long is the bridge?" }),
        );
        assert!(people.next_text().await.starts_with("<b>640</b>"));
    }
    let mut people = Tester::start().await;
    people.post(CHAT, &json!({ "photo": photo, "media_group_id": "5" }));
    people.post(
        CHAT,
        &json!({ "message_auto_delete_timer_changed": { "message_auto_delete_time": 86400 } }),
    );
    people.assert_silence(CHAT).await;
}

#[tokio::test]
async fn small_talk_gets_a_short_human_line() {
    let mut people = Tester::start().await;
    for (text, start) in [
        ("hello", "Hello. Ask me about"),
        ("thanks!", "You are welcome."),
        (
            "who are you?",
            "I am a program, not a person and not a journalist. All that I know is one article: “Bridge &amp; road",
        ),
        (
            "are you a journalist?",
            "I am a program, not a person and not a journalist.",
        ),
        ("is this true?", "That I cannot judge."),
        ("Здравствуйте!", "Здравствуйте. Спросите"),
        ("спасибо большое", "Пожалуйста."),
        ("вы журналист?", "Я программа, не человек и не журналист."),
        ("это правда?", "Об этом я судить не могу."),
        ("сәлеметсіз бе", "Сәлеметсіз бе."),
        ("рахмет сізге", "Оқасы жоқ."),
        ("сіз кімсіз?", "Мен бағдарламамын,"),
        ("бұл рас па?", "Бұған мен баға бере алмаймын."),
        ("hello, how long is the bridge?", "<b>640</b>"),
    ] {
        people.say(CHAT, text);
        let reply = people.next_text().await;
        assert!(reply.starts_with(start), "{text}: {reply}");
    }
}

#[tokio::test]
async fn an_edited_question_is_answered_anew() {
    let mut people = Tester::start().await;
    people.edit(CHAT, &json!({ "text": "how long is the bridge?" }));
    assert!(people.next_text().await.starts_with("<b>640</b>"));
    // A question of an hour ago that is edited now is asked now.
    let old = people.message(CHAT, &json!({}))["date"]
        .as_i64()
        .unwrap_or_default()
        - 3600;
    people.edit(
        CHAT,
        &json!({ "text": "how long is the bridge?", "edit_date": old }),
    );
    let photo =
        json!([{ "file_id": "p", "file_unique_id": "p", "width": 1, "height": 1, "file_size": 1 }]);
    people.edit(CHAT, &json!({ "photo": photo }));
    people.assert_silence(CHAT).await;
}

#[tokio::test]
async fn after_an_outage_a_private_chat_gets_one_line() {
    for (language, line) in [
        ("en", "I was away"),
        ("ru", "Некоторое время меня не было"),
        ("kk", "Біраз уақыт болмадым"),
    ] {
        let api = crate::fake_api::FakeApi::absent().await;
        let mut people = Tester::with(api.clone(), |_| ()).in_language(language);
        let old = people.message(CHAT, &json!({}))["date"]
            .as_i64()
            .unwrap_or_default()
            - 3600;
        for text in [
            "how long is the bridge?",
            "/length",
            "hello?",
            "are you there",
        ] {
            people.post(CHAT, &json!({ "text": text, "date": old }));
            people.post(-100, &json!({ "text": "/length", "date": old }));
        }
        people.say(CHAT, "/cost");
        api.appear().await;
        let text = people.next_text().await;
        assert!(text.starts_with(line), "{text}");
        assert!(people.next_text().await.starts_with("<b>12"));
        people.assert_silence(CHAT).await;
    }
}
