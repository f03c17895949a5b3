//! Where the token must not stand, and what listens.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;

use crate::fake_api::{FakeApi, TOKEN};
use crate::hook::{Hook, free_port};
use crate::tester::Tester;

const SOON: Duration = Duration::from_secs(10);
/// The part of the token that nobody may know.
const KEY: &str = "TEST-canary_token";

#[tokio::test]
async fn nothing_listens_but_what_is_configured() {
    let mut people = Tester::start().await;
    let status = people.program().status().await;
    people.assert_silence(7).await;
    let address = |url: &str| -> SocketAddr {
        let address = url.trim_start_matches("http://").parse();
        address.expect("it is an address")
    };
    let expected = BTreeSet::from([address(&status)]);
    assert_eq!(people.program().listens(), expected);

    let port = free_port();
    let mut people = Tester::with(FakeApi::start().await, |command: &mut Command| {
        let url = format!("http://127.0.0.1:{port}/hook");
        let listen = format!("127.0.0.1:{port}");
        command
            .env("HEARING_WEBHOOK_URL", url)
            .env("HEARING_LISTEN", &listen);
    });
    Hook::of(&people.api).await;
    let status = people.program().status().await;
    let expected = BTreeSet::from([address(&status), address(&format!("127.0.0.1:{port}"))]);
    assert_eq!(people.program().listens(), expected);
}

#[tokio::test]
async fn the_token_stands_in_no_argument_and_no_metric() {
    assert!(TOKEN.ends_with(KEY));
    let mut people = Tester::start().await;
    people.assert_silence(7).await;
    let arguments = people.program().arguments();
    assert!(
        arguments.contains("run") && !arguments.contains(TOKEN),
        "{arguments}"
    );
    let status = people.program().status().await;
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(SOON)
        .build()
        .expect("a client");
    for path in ["healthz", "readyz", "metrics", "", "env"] {
        let response = client.get(format!("{status}/{path}")).send().await;
        let text = response.expect("the bot responds").text().await;
        assert!(!text.expect("it is text").contains(KEY), "/{path}");
    }
}

#[test]
fn no_argument_takes_a_secret() {
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hearing-bot"));
        let output = command.env_clear().args(arguments).output();
        let output = output.expect("the program runs");
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.code(),
            String::from_utf8(said).expect("it is text"),
        )
    };
    let (code, help) = run(&["run", "--help"]);
    assert_eq!(code, Some(0));
    for flag in ["--token ", "--token=", "--webhook-secret "] {
        assert!(!help.contains(flag), "{help}");
    }
    for arguments in [
        ["run", "--token", TOKEN].as_slice(),
        &["run", &format!("--token={TOKEN}")],
        &["run", &format!("--webhook-secret={TOKEN}")],
    ] {
        let (code, said) = run(arguments);
        assert_eq!(code, Some(2), "{said}");
        assert!(!said.contains(KEY), "{said}");
    }
}

#[tokio::test]
async fn the_token_stands_in_no_log_when_telegram_is_away() {
    let mut people = Tester::with(FakeApi::absent().await, |command| {
        command.env("RUST_LOG", "trace");
    });
    people.program().wait_for_log("no connection").await;
    people.program().signal("TERM");
    people.program().exit_code(SOON).await;
    let log = people.program().log();
    assert!(!log.contains(TOKEN), "{log}");
}
