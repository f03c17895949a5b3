//! The running bot, end to end, against a local stand-in for Telegram that answers everything at once: how soon its first request
//! comes, the memory it holds, and the updates it answers, fetched and by webhook, a second and a second of processor time.
//! `cargo bench --bench traffic`; with `PYTHON` set to a Python that has aiogram and rapidfuzz, beside the bot in
//! `benches/aiogram`; with `BOT` set to a program, that one in place of the one that was built for benches.

#![allow(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a bench measures and may stop; its figures are small"
)]

#[allow(dead_code, reason = "other benches use the rest")]
mod questions;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use std::{env, fs};

use axum::Router;
use axum::extract::{Path as Segments, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::any;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

const TOKEN: &str = "1:BENCH-canary_token";
const SECRET: &str = "a-secret-of-the-bench-with-enough-letters";
/// How many updates a `getUpdates` brings (Bot API: getUpdates).
const BATCH: usize = 100;
/// How many updates Telegram sends at once (Bot API: setWebhook).
const CONNECTIONS: usize = 40;
/// How long a program may take to start, and a load to be answered.
const PATIENCE: Duration = Duration::from_mins(5);
/// How long a program is left alone before its memory counts as idle.
const IDLE: Duration = Duration::from_secs(3);
/// How often a start is timed.
const STARTS: usize = 15;

/// A program that answers Telegram.
struct Contender {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    /// How many updates it gets.
    load: usize,
}

/// What stands in for Telegram.
struct Sink {
    questions: Vec<String>,
    begun: Instant,
    first_request: OnceLock<Duration>,
    /// Updates that may be fetched, and those that were.
    open: AtomicUsize,
    fetched: AtomicUsize,
    answered: AtomicUsize,
    changed: Notify,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let questions: Vec<String> = ["en", "ru", "kk"]
        .iter()
        .flat_map(|language| questions::questions(language, &[]))
        .collect();
    let bot =
        env::var_os("BOT").map_or_else(|| env!("CARGO_BIN_EXE_hearing-bot").into(), PathBuf::from);
    time_ask(&bot);
    let mut contenders = vec![Contender {
        name: "this bot",
        program: bot.clone(),
        arguments: vec!["run".to_owned()],
        load: 20_000,
    }];
    if let Some(python) = env::var_os("PYTHON") {
        let facts = env::temp_dir().join("hearing-bot-facts.json");
        let listed = Command::new(&bot).args(["facts", "--json"]).output();
        fs::write(&facts, listed.expect("it starts").stdout).expect("there is room");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/aiogram/bot.py");
        contenders.push(Contender {
            name: "aiogram and rapidfuzz",
            program: python.into(),
            arguments: [script, facts]
                .map(|path| path.display().to_string())
                .into(),
            load: 2_000,
        });
    }
    println!(
        "| bot | updates | first request, ms | idle, MB | most, MB | a second | a second of processor time |"
    );
    println!("|---|---|---:|---:|---:|---:|---:|");
    for contender in &contenders {
        for webhook in [false, true] {
            measure(contender, webhook, questions.clone()).await;
        }
    }
}

/// From the start of `ask` to its end.
fn time_ask(bot: &Path) {
    let time = |_| {
        let begun = Instant::now();
        let done = Command::new(bot)
            .args(["ask", "how many convicted?"])
            .stdout(Stdio::null())
            .status();
        assert!(done.expect("it starts").success());
        begun.elapsed()
    };
    let mut times: Vec<Duration> = (0..STARTS).map(time).collect();
    times.sort();
    println!(
        "One question in the terminal, from start to end: {:.1} ms at best, {:.1} ms in the median of {STARTS}.\n",
        milliseconds(times[0]),
        milliseconds(times[STARTS / 2])
    );
}

async fn measure(contender: &Contender, webhook: bool, questions: Vec<String>) {
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port is free");
    let api = format!("http://{}", listener.local_addr().expect("it has one"));
    let hook = format!("127.0.0.1:{}", free_port());
    let mut command = Command::new(&contender.program);
    command
        .args(&contender.arguments)
        .env("TELOXIDE_TOKEN", TOKEN)
        .env("TELOXIDE_API_URL", &api)
        .env(
            "HEARING_STATUS_LISTEN",
            format!("127.0.0.1:{}", free_port()),
        )
        .env("HEARING_MESSAGES_PER_SECOND", "100000")
        .stderr(Stdio::null());
    if webhook {
        command
            .env("HEARING_WEBHOOK_URL", format!("http://{hook}/hook"))
            .env("HEARING_WEBHOOK_SECRET", SECRET)
            .env("HEARING_LISTEN", &hook);
    }
    let sink = Arc::new(Sink {
        questions,
        begun: Instant::now(),
        first_request: OnceLock::new(),
        open: AtomicUsize::new(0),
        fetched: AtomicUsize::new(0),
        answered: AtomicUsize::new(0),
        changed: Notify::new(),
    });
    let router = Router::new()
        .route("/{bot}/{method}", any(call))
        .with_state(Arc::clone(&sink));
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let running = Running(command.spawn().expect("it starts"));
    let asked = async {
        while sink.first_request.get().is_none() {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(PATIENCE, asked).await.expect("it calls Telegram");
    sleep(IDLE).await;
    let (idle, used, begun) = (running.memory("VmRSS"), running.processor(), Instant::now());
    if webhook {
        deliver(&sink, &hook, contender.load).await;
    } else {
        sink.open.store(contender.load, Ordering::SeqCst);
        sink.changed.notify_waiters();
        let all = async {
            while sink.answered.load(Ordering::SeqCst) < contender.load {
                sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(PATIENCE, all).await.expect("it answers all");
    }
    let (time, used) = (begun.elapsed(), running.processor() - used);
    let first = sink.first_request.get().copied().unwrap_or_default();
    println!(
        "| {} | {} | {:.1} | {idle:.1} | {:.1} | {:.0} | {:.0} |",
        contender.name,
        if webhook { "by webhook" } else { "fetched" },
        milliseconds(first),
        running.memory("VmHWM"),
        contender.load as f64 / time.as_secs_f64(),
        contender.load as f64 / used
    );
    server.abort();
}

/// Sends updates as Telegram does, and counts those whose answer comes back in the response.
async fn deliver(sink: &Arc<Sink>, hook: &str, load: usize) {
    let client = reqwest::Client::new();
    let senders: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (sink, client, url) = (
                Arc::clone(sink),
                client.clone(),
                format!("http://{hook}/hook"),
            );
            tokio::spawn(async move {
                loop {
                    let number = sink.fetched.fetch_add(1, Ordering::SeqCst);
                    if number >= load {
                        return;
                    }
                    let request = client
                        .post(&url)
                        .header("X-Telegram-Bot-Api-Secret-Token", SECRET)
                        .header(CONTENT_TYPE, "application/json")
                        .body(sink.update(number).to_string());
                    let response = request.send().await.expect("it listens");
                    let body = response.text().await.expect("it is whole");
                    assert!(body.contains("sendMessage"), "{body}");
                }
            })
        })
        .collect();
    for sender in senders {
        sender.await.expect("every update is answered");
    }
}

impl Sink {
    /// A question of somebody who has not asked before: nobody is held back as a flood.
    fn update(&self, number: usize) -> Value {
        let person = 1_000 + number;
        json!({ "update_id": 1 + number, "message": {
            "message_id": 1, "date": 1_700_000_000,
            "chat": { "id": person, "type": "private", "first_name": "A" },
            "from": { "id": person, "is_bot": false, "first_name": "A" },
            "text": self.questions[number % self.questions.len()],
        } })
    }

    async fn updates(&self) -> Value {
        let changed = self.changed.notified();
        let waiting = || {
            let fetched = self.fetched.load(Ordering::SeqCst);
            fetched..self.open.load(Ordering::SeqCst).min(fetched + BATCH)
        };
        if waiting().is_empty() {
            let _ = timeout(Duration::from_secs(10), changed).await;
        }
        let waiting = waiting();
        self.fetched
            .store(waiting.end.max(waiting.start), Ordering::SeqCst);
        waiting.map(|number| self.update(number)).collect()
    }
}

async fn call(
    State(sink): State<Arc<Sink>>,
    Segments((_, method)): Segments<(String, String)>,
) -> impl IntoResponse {
    sink.first_request.get_or_init(|| sink.begun.elapsed());
    let result = match method.to_lowercase().as_str() {
        "getme" => json!({
            "id": 1, "is_bot": true, "first_name": "B", "username": "bench_bot", "can_join_groups": true,
            "can_read_all_group_messages": false, "supports_inline_queries": true, "can_connect_to_business": false,
            "has_main_web_app": false,
        }),
        "getupdates" => sink.updates().await,
        "sendmessage" => {
            sink.answered.fetch_add(1, Ordering::SeqCst);
            json!({ "message_id": 2, "date": 1_700_000_000, "text": "x",
                "chat": { "id": 1_000, "type": "private", "first_name": "A" } })
        }
        _ => json!(true),
    };
    let body = json!({ "ok": true, "result": result }).to_string();
    ([(CONTENT_TYPE, "application/json")], body)
}

/// A program that is ended when nobody looks at it any more.
struct Running(Child);

impl Running {
    /// A figure of its memory, in MB.
    fn memory(&self, which: &str) -> f64 {
        let status = self.read("status");
        let line = status.lines().find(|line| line.starts_with(which));
        let figure = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
        figure.unwrap_or(f64::NAN) / 1024.0
    }

    /// The seconds of processor time that it has used (`proc_pid_stat(5)`, in hundredths).
    fn processor(&self) -> f64 {
        let stat = self.read("stat");
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks = after_name.split_whitespace().skip(11).take(2);
        ticks
            .filter_map(|ticks| ticks.parse::<f64>().ok())
            .sum::<f64>()
            / 100.0
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.0.id())).expect("it runs")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has one").port()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
