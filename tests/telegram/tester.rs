//! The people around the bot, and the program itself: what they say, what it calls, how it ends. Every wait has a limit.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::check::check;
use crate::fake_api::{Call, FakeApi, TOKEN, chat as chat_of};

/// The small hearing that the tests ask about.
pub(crate) const KNOWLEDGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/telegram/knowledge");
/// How long the bot may take to do what a test waits for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running bot and its server.
pub(crate) struct Tester {
    pub(crate) api: FakeApi,
    program: Program,
    seen: usize,
    language: &'static str,
    last_message: i64,
}

/// A started program, which ends with its test.
pub(crate) struct Program {
    child: Child,
    log: NamedTempFile,
}

impl Program {
    /// Starts the program with nothing set but what `set` sets.
    pub(crate) fn start(set: impl FnOnce(&mut Command)) -> Self {
        Self::start_in(Path::new(KNOWLEDGE), set)
    }

    /// The same, with this knowledge.
    pub(crate) fn start_in(knowledge: &Path, set: impl FnOnce(&mut Command)) -> Self {
        let log = NamedTempFile::new().expect("a file for the log");
        let mut command = Command::new(env!("CARGO_BIN_EXE_hearing-bot"));
        command
            .arg("--knowledge")
            .arg(knowledge)
            .arg("run")
            .env_clear()
            // Any free one: tests run beside each other.
            .env("HEARING_STATUS_LISTEN", "127.0.0.1:0")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log.reopen().expect("the file can be opened again"));
        set(&mut command);
        Self {
            child: command.spawn().expect("the program starts"),
            log,
        }
    }

    /// What it wrote to its log so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.log.path()).expect("the log is text")
    }

    /// Waits until the log holds these words.
    pub(crate) async fn wait_for_log(&self, words: &str) {
        self.wait_for_log_within(words, PATIENCE).await;
    }

    /// The same, for so long.
    pub(crate) async fn wait_for_log_within(&self, words: &str, within: Duration) {
        let until = Instant::now() + within;
        while !self.log().contains(words) {
            assert!(
                Instant::now() < until,
                "no {words:?} in the log:\n{}",
                self.log()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Where it shows its status: the address of `/readyz` and others.
    pub(crate) async fn status(&self) -> String {
        self.wait_for_log("the status is at ").await;
        let log = self.log();
        let (_, rest) = log.split_once("the status is at ").expect("it was logged");
        rest.split(": ").next().unwrap_or_default().to_owned()
    }

    /// Waits until its metrics hold this line; gives all of them.
    pub(crate) async fn wait_for_metric(&self, line: &str) -> String {
        let url = format!("{}/metrics", self.status().await);
        let until = Instant::now() + PATIENCE;
        loop {
            let (_, metrics) = get(&url).await;
            if metrics.lines().any(|metric| metric == line) {
                return metrics;
            }
            assert!(Instant::now() < until, "no {line} in\n{metrics}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The memory that it holds, in kilobytes.
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number
            .and_then(|number| number.parse().ok())
            .expect("it is a number")
    }

    /// The arguments that everybody on the machine can read.
    pub(crate) fn arguments(&self) -> String {
        let arguments = std::fs::read(format!("/proc/{}/cmdline", self.child.id()));
        String::from_utf8_lossy(&arguments.expect("it runs")).replace('\0', " ")
    }

    /// Every address that it listens on.
    pub(crate) fn listens(&self) -> BTreeSet<SocketAddr> {
        let process = format!("/proc/{}", self.child.id());
        let files = std::fs::read_dir(format!("{process}/fd")).expect("it runs");
        let files = files.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
        let files: BTreeSet<String> = files
            .map(|file| file.to_string_lossy().into_owned())
            .collect();
        let mut listens = BTreeSet::new();
        for table in ["tcp", "tcp6"] {
            let table = std::fs::read_to_string(format!("{process}/net/{table}"));
            for line in table.unwrap_or_default().lines().skip(1) {
                // Its number, its address, the other's, its state (0A: it listens), …, its inode.
                let fields: Vec<&str> = line.split_whitespace().collect();
                if fields[3] == "0A" && files.contains(&format!("socket:[{}]", fields[9])) {
                    listens.insert(address(fields[1]));
                }
            }
        }
        listens
    }

    /// Waits until it listens for signals: bit 14 of what it catches is SIGTERM.
    pub(crate) async fn wait_for_handlers(&self) {
        let path = format!("/proc/{}/status", self.child.id());
        let until = Instant::now() + PATIENCE;
        loop {
            let status = std::fs::read_to_string(&path).expect("it runs");
            let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
            let caught = caught.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok());
            if caught.is_some_and(|bits| bits & (1 << 14) != 0) {
                return;
            }
            assert!(Instant::now() < until, "it listens for no signals");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Sends it a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args(["-s", name, &self.child.id().to_string()])
            .status();
        assert!(sent.expect("kill can be run").success());
    }

    /// Waits for its end and gives the exit code.
    pub(crate) async fn exit_code(&mut self, within: Duration) -> i32 {
        let until = Instant::now() + within;
        loop {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                return status
                    .code()
                    .unwrap_or_else(|| panic!("it was killed: {status}"));
            }
            assert!(Instant::now() < until, "it still runs:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Tester {
    /// A bot that runs; people use Telegram in English.
    pub(crate) async fn start() -> Self {
        Self::with(FakeApi::start().await, |_| ())
    }

    /// A bot for this server, with more settings.
    pub(crate) fn with(api: FakeApi, set: impl FnOnce(&mut Command)) -> Self {
        Self::with_knowledge(Path::new(KNOWLEDGE), api, set)
    }

    /// The same, with this knowledge.
    pub(crate) fn with_knowledge(
        knowledge: &Path,
        api: FakeApi,
        set: impl FnOnce(&mut Command),
    ) -> Self {
        let program = Program::start_in(knowledge, |command| {
            command
                .env("TELOXIDE_TOKEN", TOKEN)
                .env("TELOXIDE_API_URL", api.url());
            set(command);
        });
        Self {
            api,
            program,
            seen: 0,
            language: "en",
            last_message: 0,
        }
    }

    /// People use Telegram in this language from now on.
    pub(crate) fn in_language(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    pub(crate) fn program(&mut self) -> &mut Program {
        &mut self.program
    }

    /// Somebody says something in a chat: a group where its number is negative.
    pub(crate) fn say(&mut self, chat: i64, text: &str) -> i64 {
        self.post(chat, &json!({ "text": text }))
    }

    /// Somebody posts a message with these fields; gives its number.
    pub(crate) fn post(&mut self, chat: i64, fields: &Value) -> i64 {
        let message = self.message(chat, fields);
        self.api.update("message", &message);
        self.last_message
    }

    /// A message of somebody, as Telegram writes it.
    pub(crate) fn message(&mut self, chat: i64, fields: &Value) -> Value {
        self.last_message += 1;
        let now = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .expect("it is after 1970")
            .as_secs();
        let mut message = json!({
            "message_id": self.last_message, "date": now, "chat": chat_of(chat), "from": self.person(chat),
        });
        for (key, value) in fields.as_object().expect("they are an object") {
            message[key] = value.clone();
        }
        message
    }

    /// Who speaks: in a private chat, the number of the person is that of the chat.
    pub(crate) fn person(&self, chat: i64) -> Value {
        json!({ "id": if chat > 0 { chat } else { 7 }, "is_bot": false, "first_name": "A", "language_code": self.language })
    }

    /// Somebody taps on a button that carries this, under a message of the bot in a chat.
    pub(crate) fn tap(&mut self, chat: i64, data: &str) {
        self.tap_under(chat, &json!({ "text": "buttons" }), data);
    }

    /// Somebody taps on a button under a message of the bot with these fields.
    pub(crate) fn tap_under(&mut self, chat: i64, fields: &Value, data: &str) {
        let mut message = self.message(chat, &json!({ "from": crate::fake_api::me() }));
        for (key, value) in fields.as_object().expect("they are an object") {
            message[key] = value.clone();
        }
        let query = json!({
            "id": "q1", "from": self.person(chat), "chat_instance": "c", "message": message, "data": data,
        });
        self.api.update("callback_query", &query);
    }

    /// Somebody taps on a button under a message that was sent by way of the bot.
    pub(crate) fn tap_inline(&mut self, data: &str) {
        let query = json!({
            "id": "q2", "from": self.person(7), "chat_instance": "c", "inline_message_id": "i1", "data": data,
        });
        self.api.update("callback_query", &query);
    }

    /// Somebody writes this behind the bot's name in some chat; gives the bot's answer.
    pub(crate) async fn inline(&mut self, query: &str) -> Value {
        let query = json!({ "id": "i", "from": self.person(7), "query": query, "offset": "" });
        self.api.update("inline_query", &query);
        let call = self.next_call().await;
        assert_eq!(call.method, "answerInlineQuery");
        call.body
    }

    /// Somebody changes a message that is in the chat already.
    pub(crate) fn edit(&mut self, chat: i64, fields: &Value) {
        let mut message = self.message(chat, fields);
        if message["edit_date"].is_null() {
            message["edit_date"] = message["date"].clone();
        }
        self.api.update("edited_message", &message);
    }

    /// The next call that somebody in a chat notices, checked.
    pub(crate) async fn next_call(&mut self) -> Call {
        let unseen = ["getMe", "getUpdates", "deleteWebhook", "getChat"];
        let noticed = |call: &Call| {
            !call.failed && !unseen.contains(&call.method.as_str()) && !call.method.contains("etMy")
        };
        let Some((at, call)) = self.api.wait_for(self.seen, noticed, PATIENCE).await else {
            panic!("the bot did nothing; its log:\n{}", self.program.log());
        };
        self.seen = at + 1;
        check(&call);
        call
    }

    /// The text of the next message, with its markup.
    pub(crate) async fn next_text(&mut self) -> String {
        text(&self.next_call().await)
    }

    /// The next message as people see it: its text, and its buttons with what they carry.
    pub(crate) async fn next_screen(&mut self) -> String {
        screen(&self.next_call().await)
    }

    /// Nothing came of what was said in a chat so far: the next thing that happens there is the answer to something new.
    pub(crate) async fn assert_silence(&mut self, chat: i64) {
        self.say(chat, "/privacy");
        let text = self.next_text().await;
        let privacy = [
            "I keep nothing",
            "Я ничего не храню",
            "Мен ештеңе сақтамаймын",
        ];
        assert!(
            privacy.iter().any(|start| text.starts_with(start)),
            "the bot was not silent: {text}"
        );
    }
}

/// The status and the text of what stands at an address.
pub(crate) async fn get(url: &str) -> (u16, String) {
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(PATIENCE)
        .build()
        .expect("a client");
    let response = client.get(url).send().await.expect("the bot responds");
    (
        response.status().as_u16(),
        response.text().await.expect("it is text"),
    )
}

/// An address as the kernel writes it: `0100007F:1F90` is `127.0.0.1:8080`.
fn address(hex: &str) -> SocketAddr {
    let (host, port) = hex.split_once(':').expect("it has a port");
    let port = u16::from_str_radix(port, 16).expect("it is a number");
    let host = u32::from_str_radix(host, 16).expect("the bot listens on IPv4 only");
    SocketAddr::from((host.to_le_bytes(), port))
}

/// A message as people see it.
pub(crate) fn screen(call: &Call) -> String {
    let mut lines = vec![text(call)];
    let rows = &call.body["reply_markup"]["inline_keyboard"];
    lines.extend(rows.as_array().into_iter().flatten().map(row));
    lines.join("\n")
}

/// A row of buttons with what they do.
fn row(row: &Value) -> String {
    let button = |button: &Value| {
        let word = |key: &str| button[key].as_str().map(str::to_owned);
        let share = word("switch_inline_query").map(|query| format!("share {query}"));
        let does = word("callback_data").or(share).or(word("url"));
        let (label, does) = (word("text"), does);
        format!(
            "[{} | {}]",
            label.expect("it has a label"),
            does.expect("it does something")
        )
    };
    let buttons = row.as_array().expect("it is a row").iter().map(button);
    buttons.collect::<Vec<_>>().join(" ")
}

pub(crate) fn text(call: &Call) -> String {
    assert!(
        ["sendMessage", "editMessageText"].contains(&call.method.as_str()),
        "{}",
        call.method
    );
    call.body["text"]
        .as_str()
        .expect("it has a text")
        .to_owned()
}
