//! Knowledge at run time: SIGHUP, good and broken folders.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::fake_api::FakeApi;
use crate::support::copy;
use crate::tester::{KNOWLEDGE, Tester};

const FACT: &str = "facts/bridge_length.toml";

#[tokio::test]
async fn good_knowledge_replaces_the_old_and_broken_knowledge_does_not() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(Path::new(KNOWLEDGE), dir.path());
    let mut people = Tester::with_knowledge(dir.path(), FakeApi::start().await, |_| ());
    people.assert_silence(1).await;

    let old = fs::read_to_string(dir.path().join(FACT)).expect("it is text");
    let new = old.replace("metres, the length of the bridge", "metres from end to end");
    assert_ne!(old, new);
    fs::write(dir.path().join(FACT), &new).expect("it can be written");
    people.program().signal("HUP");
    people.program().wait_for_log("is in use").await;
    people.say(2, "how long is the bridge?");
    assert!(people.next_text().await.contains("metres from end to end"));

    fs::write(dir.path().join(FACT), new.replace("640", "641")).expect("it can be written");
    people.program().signal("HUP");
    people
        .program()
        .wait_for_log("the old knowledge stays in use")
        .await;
    people.say(3, "how long is the bridge?");
    assert!(
        people
            .next_text()
            .await
            .starts_with("<b>640</b> – metres from end to end")
    );
    let log = people.program().log();
    assert!(
        log.contains("facts/bridge_length.toml:"),
        "the fault is told with its place: {log}"
    );
}

#[tokio::test]
async fn a_bot_does_not_start_on_broken_knowledge() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(Path::new(KNOWLEDGE), dir.path());
    let fact = fs::read_to_string(dir.path().join(FACT)).expect("it is text");
    fs::write(dir.path().join(FACT), fact.replace("640", "641")).expect("it can be written");
    let mut people = Tester::with_knowledge(dir.path(), FakeApi::start().await, |_| ());
    assert_eq!(people.program().exit_code(Duration::from_secs(10)).await, 1);
    let log = people.program().log();
    assert!(
        log.contains("facts/bridge_length.toml:") && log.contains("the knowledge has"),
        "{log}"
    );
}

#[tokio::test]
async fn no_question_is_lost_while_knowledge_changes() {
    let mut people = Tester::start().await;
    people.assert_silence(1).await;
    for chat in 100..160 {
        people.say(chat, "how long is the bridge?");
        if chat % 10 == 0 {
            people.program().signal("HUP");
        }
    }
    let mut answered: Vec<i64> = Vec::new();
    for _ in 100..160 {
        answered.push(
            people.next_call().await.body["chat_id"]
                .as_i64()
                .unwrap_or(0),
        );
    }
    answered.sort_unstable();
    assert_eq!(answered, (100..160).collect::<Vec<_>>());
}
