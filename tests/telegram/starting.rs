//! How the bot starts: settings, the token, Telegram out of reach, menus.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use crate::fake_api::{FakeApi, TOKEN};
use crate::tester::{Program, Tester};

const SOON: Duration = Duration::from_secs(10);

#[tokio::test]
async fn wrong_settings_are_one_line_and_exit_code_2() {
    for (variables, words) in [
        (&[][..], "the bot has no token"),
        (&[("TELOXIDE_TOKEN", "")], "the bot has no token"),
        (&[("TELOXIDE_TOKEN", "no token")], "does not hold a token"),
        (
            &[
                ("TELOXIDE_TOKEN", TOKEN),
                ("TELOXIDE_TOKEN_FILE", "token.txt"),
            ],
            "is given twice",
        ),
        (
            &[("TELOXIDE_TOKEN_FILE", "/nowhere/token.txt")],
            "cannot read the file `/nowhere/token.txt` for the bot's token",
        ),
        (
            &[("TELOXIDE_TOKEN", TOKEN), ("TELOXIDE_API_URL", "nonsense")],
            "`nonsense` is not the address",
        ),
        (
            &[
                ("TELOXIDE_TOKEN", TOKEN),
                ("TELOXIDE_API_URL", "ftp://127.0.0.1"),
            ],
            "is not the address",
        ),
        (
            &[
                ("TELOXIDE_TOKEN", TOKEN),
                ("HEARING_WEBHOOK_URL", "http://a.example/hook"),
            ],
            "Telegram sends to https:// only",
        ),
        (
            &[
                ("TELOXIDE_TOKEN", TOKEN),
                ("HEARING_WEBHOOK_URL", "https://a.example/hook"),
                ("HEARING_WEBHOOK_SECRET", "not safe!"),
            ],
            "HEARING_WEBHOOK_SECRET does not hold a secret",
        ),
        (
            &[
                ("TELOXIDE_TOKEN", TOKEN),
                ("HEARING_WEBHOOK_URL", "https://a.example/hook"),
                ("HEARING_LISTEN", "8443"),
            ],
            "HEARING_LISTEN is `8443`, which is no address and port",
        ),
        (
            &[("TELOXIDE_TOKEN", TOKEN), ("HEARING_LISTEN", "foo")],
            "HEARING_LISTEN is `foo`, which is no address and port",
        ),
        (
            &[
                ("TELOXIDE_TOKEN", TOKEN),
                ("HEARING_STATUS_LISTEN", "localhost"),
            ],
            "HEARING_STATUS_LISTEN is `localhost`",
        ),
        (
            &[("TELOXIDE_TOKEN", TOKEN), ("HEARING_STOP_WITHIN", "0")],
            "HEARING_STOP_WITHIN is `0`, which is no whole number from 1 to 600",
        ),
        (
            &[
                ("TELOXIDE_TOKEN", TOKEN),
                ("HEARING_MESSAGES_PER_SECOND", "many"),
            ],
            "HEARING_MESSAGES_PER_SECOND is `many`",
        ),
        (
            &[("TELOXIDE_TOKEN", TOKEN), ("HEARING_LOG_FORMAT", "xml")],
            "`xml` is no format of logs",
        ),
        (
            &[("TELOXIDE_TOKEN", TOKEN), ("RUST_LOG", "a=b=c")],
            "RUST_LOG is `a=b=c`, which names no levels",
        ),
    ] {
        let mut program = Program::start(|command| {
            command.envs(variables.iter().copied());
        });
        assert_eq!(program.exit_code(SOON).await, 2, "{variables:?}");
        let log = program.log();
        assert!(
            log.contains(words) && log.lines().count() == 1 && !log.contains(TOKEN),
            "{variables:?}: {log}"
        );
    }
}

#[tokio::test]
async fn a_wrong_token_is_one_line_and_exit_code_1() {
    let api = FakeApi::start().await;
    let mut program = Program::start(|command| {
        command
            .env("TELOXIDE_TOKEN", "2:OTHER")
            .env("TELOXIDE_API_URL", api.url());
    });
    assert_eq!(program.exit_code(SOON).await, 1);
    let log = program.log();
    assert!(
        log.contains("Telegram does not know this token") && log.lines().count() == 1,
        "{log}"
    );
    assert!(!log.contains("2:OTHER"), "{log}");
}

#[tokio::test]
async fn the_token_can_come_from_a_file() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    writeln!(file, "{TOKEN}").expect("it can be written");
    let mut people = Tester::with(FakeApi::start().await, |command| {
        command
            .env_remove("TELOXIDE_TOKEN")
            .arg("--token-file")
            .arg(file.path());
    });
    people.assert_silence(7).await;
}

#[tokio::test]
async fn without_a_network_the_bot_says_so_once_and_waits() {
    let api = FakeApi::absent().await;
    let mut people = Tester::with(api.clone(), |_| ());
    people.program().wait_for_log("no connection").await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    api.appear().await;
    people.say(7, "how long is the bridge?");
    assert!(people.next_text().await.starts_with("<b>640</b>"));
    let log = people.program().log();
    assert_eq!(
        (
            log.matches("no connection").count(),
            log.matches("Telegram is back").count()
        ),
        (1, 1),
        "{log}"
    );
}

#[tokio::test]
async fn it_can_be_stopped_while_it_waits_for_a_network() {
    let mut people = Tester::with(FakeApi::absent().await, |_| ());
    people.program().wait_for_log("no connection").await;
    people.program().signal("TERM");
    assert_eq!(people.program().exit_code(Duration::from_secs(2)).await, 0);
}

#[tokio::test]
async fn menus_are_set_by_language_and_kind_of_chat() {
    let people = Tester::start().await;
    let all_groups_in_kazakh = |call: &crate::fake_api::Call| {
        call.method == "setMyCommands"
            && call.body["scope"]["type"] == "all_group_chats"
            && call.body["language_code"] == "kk"
    };
    let (_, call) = people
        .api
        .wait_for(0, all_groups_in_kazakh, SOON)
        .await
        .expect("the menus are set");
    let commands = call.body["commands"].as_array().expect("they are a list");
    let names: Vec<_> = commands
        .iter()
        .filter_map(|command| command["command"].as_str())
        .collect();
    assert_eq!(names, ["ask", "facts", "help"]);
    assert_eq!(
        people
            .api
            .calls()
            .iter()
            .filter(|call| call.method == "setMyCommands")
            .count(),
        9
    );
}

#[tokio::test]
async fn menus_that_fail_do_not_keep_the_bot_from_answering() {
    let api = FakeApi::start().await;
    api.fail(
        "setMyCommands",
        100,
        400,
        "Bad Request: BOT_COMMANDS_TOO_MUCH",
    );
    let mut people = Tester::with(api, |_| ());
    people.assert_silence(7).await;
    people
        .program()
        .wait_for_log("the menus of commands were not set")
        .await;
}

#[tokio::test]
async fn what_telegram_has_already_is_not_set_again() {
    let api = FakeApi::start().await;
    let set = |from: usize| {
        let calls = api.calls();
        let calls = calls.iter().skip(from);
        calls
            .filter(|call| call.method.starts_with("setMy"))
            .count()
    };
    let last = |call: &crate::fake_api::Call| {
        call.method == "getMyShortDescription" && call.body["language_code"] == "kk"
    };
    let people = Tester::with(api.clone(), |_| ());
    let (at, _) = api
        .wait_for(0, last, SOON)
        .await
        .expect("everything is looked at");
    let kazakh = |call: &crate::fake_api::Call| {
        call.method == "setMyShortDescription" && call.body["language_code"] == "kk"
    };
    api.wait_for(at, kazakh, SOON).await.expect("it is set");
    assert_eq!(set(0), 9 + 3 + 3);
    drop(people);
    let from = api.calls().len();
    let _again = Tester::with(api.clone(), |_| ());
    api.wait_for(from, last, SOON)
        .await
        .expect("everything is looked at");
    assert_eq!(set(from), 0);
}

#[tokio::test]
async fn it_can_be_stopped_while_it_loads_its_knowledge() {
    let knowledge = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge"));
    let mut people = Tester::with_knowledge(knowledge, FakeApi::start().await, |_| ());
    people.program().wait_for_handlers().await;
    people.program().signal("TERM");
    assert_eq!(people.program().exit_code(SOON).await, 0);
}
