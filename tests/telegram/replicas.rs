//! Three webhook replicas behind the proxy of `compose.yaml`, with its configuration: one is killed and one is stopped under load.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::fake_api::{FakeApi, TOKEN};
use crate::hook::{Hook, free_port, update};
use crate::tester::{Program, Tester};

const QUESTIONS: usize = 600;
/// How many updates Telegram sends at once unless it is told otherwise (Bot API: setWebhook).
const CONNECTIONS: usize = 40;
const CONFIGURATION: &str = include_str!("../../.docker/haproxy.cfg");

/// The proxy, which ends with its test.
struct Proxy(Child);

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The configuration of `compose.yaml`, but for the certificate and the addresses.
fn configuration(port: u16, replicas: &[(u16, u16)]) -> String {
    let mut lines = Vec::new();
    for line in CONFIGURATION.lines() {
        match line.split_whitespace().next() {
            Some("bind") => lines.push(format!("    bind 127.0.0.1:{port}")),
            Some("default-server") => {
                lines.push("    default-server check inter 1s fall 1 rise 1".to_owned());
            }
            Some("server-template") => lines.extend(replicas.iter().map(|(port, status)| {
                format!("    server replica{port} 127.0.0.1:{port} port {status}")
            })),
            _ => lines.push(line.to_owned()),
        }
    }
    let text = lines.join("\n") + "\n";
    assert!(
        text.contains("127.0.0.1:") && !text.contains("ssl crt"),
        "{text}"
    );
    text
}

fn replica(api: &FakeApi, url: &str, port: u16, status: u16) -> Program {
    Program::start(|command| {
        command
            .env("TELOXIDE_TOKEN", TOKEN)
            .env("TELOXIDE_API_URL", api.url())
            .env("HEARING_WEBHOOK_URL", url)
            .env("HEARING_LISTEN", format!("127.0.0.1:{port}"))
            .env("HEARING_STATUS_LISTEN", format!("127.0.0.1:{status}"))
            .env("HEARING_MESSAGES_PER_SECOND", "200");
    })
}

/// Delivers an update until the bot takes it, as Telegram does; gives how often that took, and the call in the response.
async fn deliver(hook: &Hook, update: &Value) -> (u32, Option<Value>) {
    let until = Instant::now() + Duration::from_mins(1);
    let mut tries = 0;
    while Instant::now() < until {
        tries += 1;
        let response = hook
            .post(&hook.url, Some(&hook.secret), update.to_string())
            .await;
        if let Some((200, body)) = response {
            return (tries, serde_json::from_str(&body).ok());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("an update was never taken");
}

/// A question, or every fourth time a tap: the call that ends its waiting travels by itself.
fn happens(people: &mut Tester, number: i64) -> Value {
    if number % 4 > 0 {
        return update(
            number,
            &people.message(number, &json!({ "text": "how long is the bridge?" })),
        );
    }
    let message = people.message(
        number,
        &json!({ "text": "buttons", "from": crate::fake_api::me() }),
    );
    let person = json!({ "id": number, "is_bot": false, "first_name": "A" });
    let query = json!({
        "id": format!("q{number}"), "from": person, "chat_instance": "c", "message": message, "data": "n:en",
    });
    json!({ "update_id": number, "callback_query": query })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica_that_is_killed_and_one_that_is_stopped_lose_no_question() {
    let installed = Command::new("haproxy")
        .arg("-v")
        .stdout(Stdio::null())
        .status();
    if !installed.is_ok_and(|status| status.success()) {
        eprintln!(
            "SKIPPED: HAProxy is not installed; on Debian, `apt-get install haproxy` brings it"
        );
        return;
    }
    let api = FakeApi::start().await;
    let public = free_port();
    let url = format!("http://127.0.0.1:{public}/hook");
    let ports: Vec<(u16, u16)> = (0..3).map(|_| (free_port(), free_port())).collect();
    let mut replicas: Vec<Program> = ports
        .iter()
        .map(|(port, status)| replica(&api, &url, *port, *status))
        .collect();
    for program in &replicas {
        program.wait_for_log("sends updates to the webhook").await;
    }
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), configuration(public, &ports)).expect("it can be written");
    let proxy = Command::new("haproxy")
        .arg("-db")
        .arg("-f")
        .arg(file.path())
        .stderr(Stdio::null())
        .spawn();
    let _proxy = Proxy(proxy.expect("the proxy starts"));
    let hook = Hook::of(&api).await;
    // Somebody only makes the messages; this bot is never asked.
    let mut people = Tester::with(FakeApi::absent().await, |_| ());

    let (queue, updates) = async_queue();
    for number in (1..).take(QUESTIONS) {
        queue
            .send((number, happens(&mut people, number)))
            .expect("it is taken");
    }
    drop(queue);
    let (report, mut reports) = mpsc::unbounded_channel();
    for _ in 0..CONNECTIONS {
        let (updates, hook, report) = (updates.clone(), hook.clone(), report.clone());
        tokio::spawn(async move {
            loop {
                let next = updates.lock().await.recv().await;
                let Some((number, update)) = next else { return };
                let (tries, call) = deliver(&hook, &update).await;
                report
                    .send((number, tries, call))
                    .expect("the test listens");
            }
        });
    }
    drop(report);
    let (mut answered, mut again) = (BTreeMap::new(), 0);
    while let Some((number, tries, call)) = reports.recv().await {
        let call = call.unwrap_or_else(|| panic!("{number} was not answered"));
        assert_eq!(call["chat_id"], number);
        *answered.entry(number).or_insert(0) += 1;
        again += tries - 1;
        match answered.len() {
            150 => replicas[0].signal("KILL"),
            350 => replicas[1].signal("TERM"),
            _ => (),
        }
    }
    assert_eq!(answered.len(), QUESTIONS, "every question is answered");
    assert_eq!(replicas[1].exit_code(Duration::from_secs(10)).await, 0);
    let mut ended = BTreeMap::new();
    for call in api
        .calls()
        .iter()
        .filter(|call| call.method == "answerCallbackQuery")
    {
        *ended
            .entry(call.body["callback_query_id"].to_string())
            .or_insert(0) += 1;
    }
    assert_eq!(ended.len(), QUESTIONS / 4);
    let twice = ended.values().filter(|times| **times > 1).count()
        + answered.values().filter(|times| **times > 1).count();
    println!(
        "{QUESTIONS} updates: all answered; {again} were delivered again by Telegram; {twice} were answered twice in part"
    );
    assert!(
        twice <= CONNECTIONS,
        "no more than was in flight can be answered twice"
    );
}

type Queue = std::sync::Arc<tokio::sync::Mutex<mpsc::UnboundedReceiver<(i64, Value)>>>;

fn async_queue() -> (mpsc::UnboundedSender<(i64, Value)>, Queue) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (
        sender,
        std::sync::Arc::new(tokio::sync::Mutex::new(receiver)),
    )
}
