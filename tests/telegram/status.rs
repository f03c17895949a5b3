//! What the operator sees: health, readiness, metrics, the rehearsal, the format of the log.

use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::fake_api::{FakeApi, TOKEN};
use crate::hook::free_port;
use crate::tester::{Program, Tester, get};

const SOON: Duration = Duration::from_secs(10);

fn health(listen: &str) -> Option<i32> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hearing-bot"));
    let command = command
        .arg("health")
        .env_clear()
        .env("HEARING_STATUS_LISTEN", listen);
    command.output().expect("the program runs").status.code()
}

#[tokio::test]
async fn health_and_metrics_are_shown() {
    let mut people = Tester::start().await;
    people.say(7, "how long is the bridge?");
    people.next_call().await;
    let status = people.program().status().await;
    assert_eq!(
        get(&format!("{status}/healthz")).await,
        (200, "ok\n".to_owned())
    );
    assert_eq!(
        get(&format!("{status}/readyz")).await,
        (200, "ready\n".to_owned())
    );
    assert_eq!(health(status.trim_start_matches("http://")), Some(0));
    // The answer is counted once its call has returned.
    let text = people
        .program()
        .wait_for_metric("hearing_answer_seconds_count 1")
        .await;
    for line in [
        r#"hearing_updates_total{kind="message"} 1"#,
        r#"hearing_api_calls_total{method="sendMessage",result="ok"} 1"#,
        r#"hearing_api_calls_total{method="getMe",result="ok"} 1"#,
        r#"hearing_questions_total{surface="private",outcome="answer",language="en"} 1"#,
        r#"hearing_facts_total{fact="bridge_length"} 1"#,
        "hearing_answer_seconds_count 1",
        "hearing_knowledge_info{version=\"",
    ] {
        assert!(text.contains(line), "no {line} in\n{text}");
    }
    assert!(text.ends_with("# EOF\n"), "{text}");
}

#[tokio::test]
async fn a_bot_that_cannot_reach_telegram_lives_but_is_not_ready() {
    let listen = format!("127.0.0.1:{}", free_port());
    let mut people = Tester::with(FakeApi::absent().await, |command| {
        command.env("HEARING_STATUS_LISTEN", &listen);
    });
    people.program().wait_for_log("no connection").await;
    assert_eq!(get(&format!("http://{listen}/healthz")).await.0, 200);
    assert_eq!(get(&format!("http://{listen}/readyz")).await.0, 503);
    assert_eq!(health(&listen), Some(0));
}

#[test]
fn no_bot_is_not_healthy() {
    assert_eq!(health(&format!("127.0.0.1:{}", free_port())), Some(1));
    assert_eq!(health("nonsense"), Some(2));
}

#[tokio::test]
async fn a_rehearsal_checks_everything_and_ends() {
    let api = FakeApi::start().await;
    let mut people = Tester::with(api.clone(), |command| {
        command.arg("--dry-run");
    });
    assert_eq!(people.program().exit_code(SOON).await, 0);
    let log = people.program().log();
    assert!(
        log.contains("this is @bridge_bot") && log.contains("the settings are right"),
        "{log}"
    );
    let methods: Vec<_> = api.calls().into_iter().map(|call| call.method).collect();
    assert_eq!(methods, ["getMe"]);
    for (token, url, words) in [
        ("2:OTHER", api.url(), "Telegram does not know this token"),
        (
            TOKEN,
            FakeApi::absent().await.url(),
            "Telegram was not reached: no connection",
        ),
    ] {
        let mut program = Program::start(|command| {
            command
                .env("TELOXIDE_TOKEN", token)
                .env("TELOXIDE_API_URL", url)
                .arg("--dry-run");
        });
        assert_eq!(program.exit_code(SOON).await, 1);
        assert!(program.log().contains(words), "{}", program.log());
    }
}

#[tokio::test]
async fn a_log_in_json_is_one_object_a_line() {
    let api = FakeApi::start().await;
    api.fail("getUpdates", 1, 400, "Bad Request: \"quotes\"");
    let mut people = Tester::with(api, |command| {
        command.args(["--log-format", "json"]);
    });
    people.say(7, "how long is the bridge?");
    people.program().wait_for_log("Telegram is back").await;
    people.program().signal("TERM");
    people.program().exit_code(SOON).await;
    for line in people.program().log().lines() {
        let event: Value = serde_json::from_str(line).expect("it is JSON");
        for key in ["time", "level", "target", "message"] {
            assert!(event[key].is_string(), "{line}");
        }
    }
    let mut wrong = Program::start(|command| {
        command
            .env("TELOXIDE_TOKEN", "2:OTHER")
            .env("TELOXIDE_API_URL", people.api.url());
        command.env("HEARING_LOG_FORMAT", "json");
    });
    assert_eq!(wrong.exit_code(SOON).await, 1);
    let event: Value = serde_json::from_str(wrong.log().trim()).expect("it is JSON");
    assert_eq!(event["level"], "ERROR");
}
