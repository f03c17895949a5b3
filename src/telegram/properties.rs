//! What holds of every reply, whatever somebody writes: Telegram takes it, and every figure in it stands in the source.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};
use teloxide::types::Update;

use super::call::Call;
use super::html::{Html, LONGEST_CAPTION, LONGEST_MESSAGE};
use super::respond::{Known, respond};
use super::testing::{NOW, me, message_json};
use crate::computed::compute;
use crate::dice::Dice;
use crate::expert::Expert;
use crate::knowledge::computations;
use crate::language::Language;
use crate::numbers::numbers;
use crate::serving::Metrics;

static EXPERT: LazyLock<Arc<Expert>> = LazyLock::new(|| {
    let expert = Expert::load(None);
    Arc::new(expert.unwrap_or_else(|error| panic!("the knowledge is not sound: {error}")))
});

/// Every number of the article, of the days of the hearing and of the article, of what the hearing is called, of what may be
/// computed from the article's, and of the bot's own version.
static FIGURES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let knowledge = &EXPERT.knowledge;
    let article = numbers(&knowledge.source_text)
        .into_iter()
        .map(|number| number.plain);
    let days = [knowledge.hearing.date, knowledge.source.date];
    let days = days
        .into_iter()
        .flat_map(|day| [day.year.to_string(), day.day.to_string()]);
    let title = |language| numbers(knowledge.hearing.title.get(language));
    let titles = Language::ALL
        .into_iter()
        .flat_map(title)
        .map(|number| number.plain);
    let version = numbers(env!("CARGO_PKG_VERSION")).into_iter();
    let version = version.map(|number| number.plain);
    let sums = computations(knowledge).into_iter().flat_map(|of| {
        let written = Language::ALL.map(|language| compute(knowledge, &of, language));
        let written = written.into_iter().flatten();
        written.flat_map(|sum| numbers(&sum.sum))
    });
    let sums = sums.map(|number| number.plain);
    article
        .chain(sums)
        .chain(days)
        .chain(titles)
        .chain(version)
        .collect()
});

/// The questions that the knowledge gives as examples.
static QUESTIONS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut questions = Vec::new();
    for language in Language::ALL {
        let facts = EXPERT
            .knowledge
            .facts
            .iter()
            .map(|fact| &fact.text(language).examples);
        let gaps = EXPERT
            .knowledge
            .gaps
            .iter()
            .map(|gap| &gap.text(language).examples);
        questions.extend(facts.chain(gaps).flatten().cloned());
    }
    questions
});

/// The text that is left of markup; nothing where Telegram could not read it.
fn plain(markup: &str) -> Option<String> {
    let mut text = String::new();
    let mut open = Vec::new();
    let mut rest = markup;
    while let Some(at) = rest.find(['<', '>', '&']) {
        let (before, mark) = rest.split_at(at);
        text.push_str(before);
        let entity = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')]
            .into_iter()
            .find(|(name, _)| mark.starts_with(name));
        if let Some((name, character)) = entity {
            text.push(character);
            rest = &mark[name.len()..];
            continue;
        }
        let (tag, behind) = mark.strip_prefix('<')?.split_once('>')?;
        match tag {
            "b" | "blockquote" => open.push(tag),
            "blockquote expandable" => open.push("blockquote"),
            // Quotations cannot stand inside each other.
            _ => (open.pop()? == tag.strip_prefix('/')?).then_some(())?,
        }
        (open.iter().filter(|tag| **tag == "blockquote").count() < 2).then_some(())?;
        rest = behind;
    }
    open.is_empty().then(|| text + rest)
}

/// Every text of a call that people see, with the most characters that it may have.
fn texts(call: &Value) -> Vec<(String, usize)> {
    let markup = |value: &Value| {
        let markup = value.as_str().expect("it is text");
        plain(markup).unwrap_or_else(|| panic!("Telegram cannot read {markup:?}"))
    };
    let mut texts = Vec::new();
    match call["method"].as_str() {
        Some("sendMessage" | "editMessageText") => {
            texts.push((markup(&call["text"]), LONGEST_MESSAGE));
        }
        Some("sendPhoto") => texts.push((
            call["caption"].as_str().expect("it is text").to_owned(),
            LONGEST_CAPTION,
        )),
        Some("answerCallbackQuery") => {
            texts.extend(call["text"].as_str().map(|text| (text.to_owned(), 200)));
        }
        Some("answerInlineQuery") => {
            for result in call["results"].as_array().expect("it is a list") {
                texts.push((
                    markup(&result["input_message_content"]["message_text"]),
                    LONGEST_MESSAGE,
                ));
                texts.push((
                    result["title"].as_str().expect("it is text").to_owned(),
                    256,
                ));
            }
        }
        other => panic!("an unexpected call: {other:?}"),
    }
    let keyboards = [&call["reply_markup"]["inline_keyboard"]].into_iter();
    let offered = call["results"].as_array().into_iter().flatten();
    let keyboards =
        keyboards.chain(offered.map(|result| &result["reply_markup"]["inline_keyboard"]));
    for button in keyboards
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(Value::as_array)
        .flatten()
    {
        let data = button["callback_data"].as_str().unwrap_or("-");
        assert!((1..=64).contains(&data.len()), "{button}");
        texts.push((button["text"].as_str().expect("it is text").to_owned(), 64));
    }
    texts
}

/// Fails where Telegram would refuse a call, or where a figure in it is not one of the source. What somebody asks to be sent to
/// the editors is shown to them first, and holds what they wrote.
fn check(calls: &[Call], written: &str) {
    for call in calls {
        let call = serde_json::to_value(call).expect("it can be written");
        for (text, longest) in texts(&call) {
            let length = text.chars().count();
            assert!(
                (1..=longest).contains(&length),
                "{length} characters: {text:?}"
            );
            if text.contains(written.trim()) && !written.trim().is_empty() {
                continue;
            }
            // The program's own version stands below the source.
            let text = text.replace(env!("CARGO_PKG_VERSION"), "");
            for number in numbers(&text) {
                assert!(
                    FIGURES.contains(&number.plain),
                    "{} is not in the source: {text:?}",
                    number.plain
                );
            }
        }
    }
}

fn known(editors: bool) -> Known {
    Known {
        expert: Arc::clone(&EXPERT),
        me: Arc::new(me()),
        curators: editors.then_some(teloxide::types::ChatId(-100_500)),
        metrics: Arc::new(Metrics::new()),
    }
}

fn calls(update: &Value, editors: bool) -> Vec<Call> {
    let update: Update = serde_json::from_str(&update.to_string()).expect("it is an update");
    respond(&update, &known(editors), NOW)
}

const PIECES: [&str; 26] = [
    "/ask ",
    "/start ",
    "/wrong ",
    "/fact",
    "@bridge_bot ",
    "/facts",
    "/source",
    "/privacy",
    "/ask@bridge_bot ",
    "\u{202e}",
    "\u{200b}",
    "<b>",
    "</b>",
    "</blockquote>",
    "&amp;",
    "&",
    "😀",
    "İ",
    "ß",
    "777777",
    "1,234,567.89",
    "4624",
    "*x*",
    "`",
    "z\u{335}\u{321}",
    "\n\n",
];

/// What somebody writes: words of questions, hostile pieces, and anything at all.
fn writing(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..=dice.below(12) {
        match dice.below(11) {
            0 | 1 => text.push_str(dice.one_of::<String>(&QUESTIONS)),
            2..=5 => text.push_str(dice.word_of(&QUESTIONS)),
            6 => {
                let fact = dice.one_of(&EXPERT.knowledge.facts);
                text.push_str(&format!("/{} ", fact.command));
            }
            7..=9 => text.push_str(dice.text_of(&PIECES)),
            _ => text.push_str(&dice.noise(6)),
        }
        text.push_str(dice.text_of(&[" ", "", "?"]));
    }
    text
}

/// What a button carries, or what somebody hostile lets it carry.
fn data(dice: &mut Dice) -> String {
    let knowledge = &EXPERT.knowledge;
    let id = match dice.below(6) {
        0 => dice.one_of(&knowledge.topics).id.as_str(),
        1 => dice.text_of(&["", ":", "../x"]),
        _ => dice.one_of(&knowledge.facts).id.as_str(),
    };
    let verb = dice.text_of(&["f", "t", "n", "l", "c", "p", "q", "w", "x", ""]);
    let language = dice.text_of(&["en", "ru", "kk", "xx", ""]);
    match dice.below(6) {
        0 => dice
            .text_of(&["n:en", "q:ru", "w:kk", "n:", "::", "f:::en"])
            .to_owned(),
        1 => dice.noise(16),
        _ => format!("{verb}:{id}:{language}"),
    }
}

#[test]
fn markup_is_well_formed_and_is_its_text_once_stripped() {
    Dice::cases(|dice| {
        let (mut pieces, mut texts) = (Vec::new(), Vec::new());
        for _ in 0..dice.below(8) {
            let text = dice.noise(12) + dice.text_of(&PIECES);
            pieces.push(match dice.below(4) {
                0 => Html::text(&text),
                1 => Html::bold(&text),
                2 => Html::bold(&text).quoted(),
                _ => Html::text(&text).folded(),
            });
            texts.push(text);
        }
        let (html, text) = (Html::join(pieces, "<&>"), texts.join("<&>"));
        assert_eq!(html.length(), text.chars().count());
        assert_eq!(plain(&html.into_markup()), Some(text));
    });
}

#[test]
fn telegram_takes_every_reply_to_a_message() {
    Dice::cases(|dice| {
        let (text, editors) = (writing(dice), dice.toss());
        let chat = if dice.toss() { -100 } else { 7 };
        let language = dice.text_of(&["en", "ru", "kk", "de", ""]);
        let person =
            json!({ "id": 7, "is_bot": false, "first_name": "A", "language_code": language });
        let mut fields = json!({ "from": person });
        if dice.toss() {
            fields["text"] = json!(text);
        } else {
            fields["caption"] = json!(text);
            fields["photo"] = json!([{ "file_id": "p", "file_unique_id": "p", "width": 1, "height": 1, "file_size": 1 }]);
        }
        if dice.toss() {
            let bot =
                json!({ "id": 1, "is_bot": true, "first_name": "B", "username": "bridge_bot" });
            fields["reply_to_message"] = message_json(chat, &json!({ "text": text, "from": bot }));
        }
        let update = json!({ "update_id": 1, "message": message_json(chat, &fields) });
        check(&calls(&update, editors), &text);
    });
}

#[test]
fn telegram_takes_every_reply_to_a_tap_and_no_button_hangs() {
    Dice::cases(|dice| {
        let (data, editors) = (data(dice), dice.toss());
        let person = json!({ "id": 7, "is_bot": false, "first_name": "A", "language_code": "ru" });
        let mut query = json!({ "id": "q", "from": person, "chat_instance": "c", "data": data });
        if dice.toss() {
            query["inline_message_id"] = json!("i");
        } else {
            let chat = if dice.toss() { -100 } else { 7 };
            query["message"] = message_json(chat, &json!({ "text": "buttons" }));
        }
        let calls = calls(&json!({ "update_id": 1, "callback_query": query }), editors);
        assert!(
            matches!(calls.first(), Some(Call::AnswerCallbackQuery(_))),
            "{data:?} hangs"
        );
        check(&calls, "");
    });
}

#[test]
fn telegram_takes_every_answer_to_an_inline_query() {
    Dice::cases(|dice| {
        let (text, offset) = (writing(dice), dice.text_of(&["", "", "1", "x"]));
        let person = json!({ "id": 7, "is_bot": false, "first_name": "A", "language_code": "kk" });
        let query = json!({ "id": "i", "from": person, "query": text, "offset": offset });
        let calls = calls(&json!({ "update_id": 1, "inline_query": query }), false);
        assert_eq!(calls.len(), 1);
        check(&calls, "");
    });
}
