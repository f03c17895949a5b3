//! Telegram's faults, one row each: what the bot does, that other chats go on, that nothing is said twice, that memory stays flat,
//! and what stands in the log. Rows run beside each other: some last as long as the bot waits for an answer.

mod rows;

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use self::rows::{of_edits, of_link, of_messages, of_taps, strange_updates};
use crate::fake_api::{Call, FakeApi};
use crate::hook::{Hook, free_port, update};
use crate::tester::Tester;

const QUESTION: &str = "how long is the bridge?";
/// The chat that the fault meets, and another.
const POOR: i64 = 7_700_700_700;
const OTHER: i64 = 8_800_800_800;
/// The number that a group gets when it becomes a supergroup.
const MOVED: i64 = -1_001_000_000_077;
/// How long the others may wait; far less than any fault lasts. How long they do is printed: it is a hundredth of this, but a busy
/// machine must not fail the test.
const SOON: Duration = Duration::from_secs(5);
/// The longest that the bot may need to be done with a fault.
const LATE: Duration = Duration::from_mins(2);
/// What memory may grow by, in kilobytes.
const GROWTH: u64 = 32 * 1024;
/// How many programs run beside each other.
const BESIDE: usize = 8;

/// What becomes of the message that the fault met.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    /// It comes through, once.
    Said,
    /// It is given up, and what is asked next is answered.
    Lost,
    /// It is given up, and so is what is asked next: Telegram wants nothing there.
    Hushed,
}

/// Settings for a webhook on this port.
fn hooked(port: u16) -> impl FnOnce(&mut Command) {
    move |command| {
        command
            .env(
                "HEARING_WEBHOOK_URL",
                format!("http://127.0.0.1:{port}/hook"),
            )
            .env("HEARING_LISTEN", format!("127.0.0.1:{port}"));
    }
}

/// What was said in a chat and came through.
fn said_in(api: &FakeApi, chat: i64) -> Vec<Call> {
    let said =
        |call: &Call| call.method == "sendMessage" && call.body["chat_id"] == chat && !call.failed;
    api.calls().into_iter().filter(said).collect()
}

/// The log beside what it says at the start holds these words once, and nothing of people; nothing where there are no words.
fn check_log(what: &str, log: &str, words: &str) {
    let trouble: Vec<&str> = log
        .lines()
        .filter(|line| !line.contains(" INFO "))
        .collect();
    let expected = usize::from(!words.is_empty());
    assert!(
        trouble.len() == expected && trouble.iter().all(|line| line.contains(words)),
        "{what}: {words:?} in\n{log}"
    );
    for secret in ["canary", "bridge?", "7700700700", "8800800800"] {
        assert!(!log.contains(secret), "{what}: {secret} in\n{log}");
    }
    assert!(
        trouble.iter().all(|line| line.len() < 400),
        "{what}: a long line in\n{log}"
    );
}

async fn met_by_a_message((what, fault, fate, words): rows::Row) {
    let api = FakeApi::start().await;
    let mut people = Tester::with(api.clone(), |_| ());
    people.say(1, QUESTION);
    people.next_call().await;
    let memory = people.program().memory();
    api.only_in(POOR);
    fault(&api, "sendMessage");
    let question = people.say(POOR, QUESTION);
    let failing = |call: &Call| call.failed;
    let (met, _) = api
        .wait_for(0, failing, SOON)
        .await
        .unwrap_or_else(|| panic!("{what}: it is sent"));
    let asked = Instant::now();
    people.say(OTHER, QUESTION);
    let other = |call: &Call| call.body["chat_id"] == OTHER;
    assert!(
        api.wait_for(met, other, SOON).await.is_some(),
        "{what}: the other chat waits"
    );
    println!("{what}: another chat waited {:?}", asked.elapsed());
    let to_poor = |call: &Call| {
        !call.failed && [POOR, MOVED].contains(&call.body["chat_id"].as_i64().unwrap_or(0))
    };
    if fate == Fate::Said {
        let came = api.wait_for(0, to_poor, LATE).await;
        let (_, call) = came.unwrap_or_else(|| panic!("{what}: it is not said"));
        let reply = &call.body["reply_parameters"]["message_id"];
        assert!(
            *reply == question || call.body["chat_id"] == MOVED,
            "{what}"
        );
    }
    let next = people.say(POOR, QUESTION);
    if fate == Fate::Hushed {
        people.say(OTHER, QUESTION);
        let again = |call: &Call| other(call) && said_in(&api, OTHER).len() == 2;
        assert!(api.wait_for(0, again, SOON).await.is_some(), "{what}");
        people.program().wait_for_log(words).await;
        assert!(said_in(&api, POOR).is_empty(), "{what}");
    } else {
        let answers =
            |call: &Call| to_poor(call) && call.body["reply_parameters"]["message_id"] == next;
        assert!(
            api.wait_for(0, answers, LATE).await.is_some(),
            "{what}: the next one is not answered"
        );
        let said = said_in(&api, POOR).len() + said_in(&api, MOVED).len();
        assert_eq!(said, 1 + usize::from(fate == Fate::Said), "{what}");
    }
    let log = people.program().log();
    // A chat that is hushed is told of for each message.
    let log = if fate == Fate::Hushed {
        until_second(&log, words)
    } else {
        &log
    };
    check_log(what, log, words);
    let grown = people.program().memory().saturating_sub(memory);
    assert!(grown < GROWTH, "{what}: {grown} kB more");
}

/// The log up to where words stand in it for the second time.
fn until_second<'a>(log: &'a str, words: &str) -> &'a str {
    let second = log
        .match_indices(words)
        .nth(1)
        .map_or(log.len(), |(at, _)| at);
    let end = log[..second].rfind('\n').unwrap_or(0);
    if second == log.len() {
        log
    } else {
        &log[..end]
    }
}

fn tap(people: &mut Tester, number: i64, chat: i64) -> Value {
    let message = people.message(
        chat,
        &json!({ "text": "buttons", "from": crate::fake_api::me() }),
    );
    let person = json!({ "id": chat, "is_bot": false, "first_name": "A" });
    let query = json!({ "id": format!("q{number}"), "from": person, "chat_instance": "c", "message": message, "data": "n:en" });
    json!({ "update_id": number, "callback_query": query })
}

async fn met_by_a_tap((what, fault, _, words): rows::Row) {
    let api = FakeApi::start().await;
    let mut people = Tester::with(api.clone(), hooked(free_port()));
    let hook = Hook::of(&api).await;
    fault(&api, "answerCallbackQuery");
    let (poor, other) = (tap(&mut people, 1, POOR), tap(&mut people, 2, OTHER));
    let waiting = tokio::spawn({
        let hook = hook.clone();
        async move { hook.deliver(&poor).await }
    });
    let failing = |call: &Call| call.failed;
    assert!(
        api.wait_for(0, failing, SOON).await.is_some(),
        "{what}: it is called"
    );
    let asked = Instant::now();
    let in_time = tokio::time::timeout(SOON, hook.deliver(&other)).await;
    println!("{what}, webhook: another chat waited {:?}", asked.elapsed());
    let call = in_time.unwrap_or_else(|_| panic!("{what}: the other chat waits"));
    assert_eq!(call.expect("it is answered")["chat_id"], OTHER, "{what}");
    let call = waiting
        .await
        .expect("it is delivered")
        .expect("it is answered");
    assert_eq!(
        (&call["method"], &call["chat_id"]),
        (&json!("sendMessage"), &json!(POOR)),
        "{what}"
    );
    let taps = api
        .calls()
        .iter()
        .filter(|call| call.method == "answerCallbackQuery")
        .count();
    assert_eq!(taps, 2, "{what}");
    check_log(what, &people.program().log(), words);
}

/// Runs rows beside each other, so many at once, and fails with the first that fails.
async fn all<F>(rows: impl IntoIterator<Item = F>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut running = tokio::task::JoinSet::new();
    for row in rows {
        if running.len() >= BESIDE {
            running
                .join_next()
                .await
                .expect("there is one")
                .expect("a row holds");
        }
        running.spawn(row);
    }
    while let Some(row) = running.join_next().await {
        row.expect("a row holds");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fault_costs_at_most_the_message_that_it_met() {
    all(of_messages().into_iter().map(met_by_a_message)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_goes_on_when_a_call_beside_the_answer_fails() {
    all(of_taps().into_iter().map(met_by_a_tap)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_that_fails_costs_nothing_else() {
    let row = |(what, fault, _, words): rows::Row| async move {
        let api = FakeApi::start().await;
        let mut people = Tester::with(api.clone(), |_| ());
        fault(&api, "editMessageText");
        people.tap(POOR, "l:bridge_length:ru");
        let failing = |call: &Call| call.failed;
        assert!(api.wait_for(0, failing, SOON).await.is_some(), "{what}");
        let asked = Instant::now();
        people.say(OTHER, QUESTION);
        let other = |call: &Call| call.body["chat_id"] == OTHER;
        assert!(api.wait_for(0, other, SOON).await.is_some(), "{what}");
        println!("{what}, edit: another chat waited {:?}", asked.elapsed());
        let edits = |call: &&Call| call.method == "editMessageText";
        assert_eq!(api.calls().iter().filter(edits).count(), 1, "{what}");
        check_log(what, &people.program().log(), words);
    };
    all(of_edits().into_iter().map(row)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_fails_in_fetching_each_question_is_answered_once_afterwards() {
    let row = |(what, fault, _, words): rows::Row| async move {
        let api = FakeApi::start().await;
        fault(&api, "getUpdates");
        let mut people = Tester::with(api.clone(), |_| ());
        people.say(POOR, QUESTION);
        people.say(OTHER, QUESTION);
        for chat in [POOR, OTHER] {
            let answer = |call: &Call| call.method == "sendMessage" && call.body["chat_id"] == chat;
            assert!(
                api.wait_for(0, answer, LATE).await.is_some(),
                "{what}: {chat} is not answered"
            );
        }
        people.say(1, "/privacy");
        let last = |call: &Call| call.body["chat_id"] == 1;
        assert!(api.wait_for(0, last, SOON).await.is_some(), "{what}");
        assert_eq!(
            (said_in(&api, POOR).len(), said_in(&api, OTHER).len()),
            (1, 1),
            "{what}"
        );
        let log = people.program().log();
        check_log(what, &log, words);
        assert_eq!(log.matches("Telegram is back").count(), 1, "{what}:\n{log}");
    };
    all(of_link().into_iter().map(row)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_fails_in_registering_the_webhook_it_is_registered_afterwards() {
    let row = |(what, fault, _, words): rows::Row| async move {
        let api = FakeApi::start().await;
        fault(&api, "setWebhook");
        let mut people = Tester::with(api.clone(), hooked(free_port()));
        let failing = |call: &Call| call.method == "setWebhook" && call.failed;
        let (_, call) = api.wait_for(0, failing, SOON).await.expect("it is tried");
        // Updates can come before: an earlier run has registered.
        let hook = Hook::at(&call);
        let question = people.message(POOR, &json!({ "text": QUESTION }));
        assert!(
            hook.deliver(&update(1, &question)).await.is_some(),
            "{what}"
        );
        people
            .program()
            .wait_for_log_within("sends updates to the webhook", LATE)
            .await;
        check_log(what, &people.program().log(), words);
    };
    all(of_link().into_iter().map(row)).await;
}

#[tokio::test]
async fn a_server_that_goes_and_comes_back_is_found_again() {
    let api = FakeApi::start().await;
    let mut people = Tester::with(api.clone(), |_| ());
    people.say(OTHER, QUESTION);
    people.next_call().await;
    api.vanish();
    let told = "nothing comes from Telegram";
    people.program().wait_for_log(told).await;
    people.say(POOR, QUESTION);
    api.appear().await;
    let answer = |call: &Call| call.method == "sendMessage" && call.body["chat_id"] == POOR;
    assert!(api.wait_for(0, answer, LATE).await.is_some());
    people.say(OTHER, QUESTION);
    let again = |call: &Call| answer(call) || said_in(&api, OTHER).len() == 2;
    assert!(api.wait_for(0, again, SOON).await.is_some());
    assert_eq!(said_in(&api, POOR).len(), 1);
    // A connection that broke is told of as well as none, and what was on its way then may be told of, too.
    let log = people.program().log();
    assert_eq!(log.matches(told).count(), 1, "{log}");
}

#[tokio::test]
async fn another_instance_that_stays_is_told_of_once() {
    let api = FakeApi::start().await;
    let words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
    api.fail("getUpdates", 3, 409, words);
    let mut people = Tester::with(api.clone(), |_| ());
    people.say(POOR, QUESTION);
    let answer = |call: &Call| call.method == "sendMessage";
    assert!(api.wait_for(0, answer, LATE).await.is_some());
    check_log(
        "409 that lasts",
        &people.program().log(),
        "another instance of this bot is running",
    );
}

#[tokio::test]
async fn a_token_that_is_revoked_later_is_told_of_once_and_a_signal_still_ends_the_bot() {
    let api = FakeApi::start().await;
    let mut people = Tester::with(api.clone(), |_| ());
    people.say(OTHER, QUESTION);
    people.next_call().await;
    api.fail("getUpdates", 1000, 401, "Unauthorized");
    // The poll that waits ends with this.
    people.say(POOR, QUESTION);
    let failing = |call: &Call| call.failed;
    let (first, _) = api.wait_for(0, failing, SOON).await.expect("it polls");
    api.wait_for(first + 1, failing, SOON)
        .await
        .expect("it polls again");
    check_log(
        "401",
        &people.program().log(),
        "Telegram does not know this token",
    );
    people.program().signal("TERM");
    assert_eq!(people.program().exit_code(SOON).await, 0);
}

#[tokio::test]
async fn updates_that_make_no_sense_are_passed_over_however_they_come() {
    let mut people = Tester::start().await;
    let api = people.api.clone();
    let mut hooked_up = Tester::with(FakeApi::start().await, hooked(free_port()));
    let hook = Hook::of(&hooked_up.api).await;
    for (number, (what, content)) in strange_updates().into_iter().enumerate() {
        api.update_with(&content);
        let mut update = content;
        update["update_id"] = json!(number + 1);
        let response = hook
            .post(&hook.url, Some(&hook.secret), update.to_string())
            .await;
        assert_eq!(response.map(|(status, _)| status), Some(200), "{what}");
    }
    // Fields that nobody knows yet hide nothing.
    let new = json!({ "text": QUESTION, "canary_field": { "canary": ["canary"] } });
    people.post(OTHER, &new);
    let answer = |call: &Call| call.method == "sendMessage" && call.body["chat_id"] == OTHER;
    assert!(api.wait_for(0, answer, SOON).await.is_some());
    let question = hooked_up.message(OTHER, &new);
    assert!(hook.deliver(&update(100, &question)).await.is_some());
    assert!(said_in(&api, POOR).is_empty());
    for program in [people.program(), hooked_up.program()] {
        check_log("strange updates", &program.log(), "");
    }
}
