//! A Bot API server for crowds: it makes questions as fast as it is told, fails one call in twenty, and keeps account of every
//! answer instead of the calls themselves. Question `n` is the message `n` of the chat that `chat_of` names.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts are small, and only shown"
)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant, SystemTime};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use futures_util::stream;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::fake_api::me;

/// How many chats take turns in asking.
pub(crate) const CHATS: usize = 20_000;
/// How many updates one call fetches (Bot API: getUpdates).
const BATCH: usize = 100;
/// One poll in so many breaks.
const POLLS: usize = 100;
/// The pause that Telegram wants where it wants a long one.
const MINUTE: Duration = Duration::from_mins(1);

/// What becomes of the first try to answer a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Luck {
    Good,
    /// Not done: Telegram wants a second's pause.
    Pause,
    /// Not done: Telegram wants nothing in that chat for a minute.
    LongPause,
    /// Not done: 500.
    Fault,
    /// Done, and the connection breaks.
    Cut,
    /// Done, and what comes back is no JSON.
    Garbled,
    /// Done, and the answer takes longer than the bot waits.
    Slow,
    /// Refused, as every further try would be.
    Refused,
    /// The same: the bot was blocked.
    Blocked,
}

/// The luck of a question: one in twenty has bad luck, the same at every run.
pub(crate) fn luck_of(question: usize) -> Luck {
    let mixed = (question as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    if !mixed.is_multiple_of(20) {
        return Luck::Good;
    }
    match (mixed / 20) % 8 {
        0 => Luck::Pause,
        1 => Luck::Fault,
        2 => Luck::Cut,
        3 => Luck::Garbled,
        4 => Luck::Slow,
        5 => Luck::Refused,
        6 => Luck::Blocked,
        _ => Luck::LongPause,
    }
}

/// The chat of a question.
pub(crate) fn chat_of(question: usize) -> usize {
    (question - 1) % CHATS + 1
}

/// What happened to the questions so far.
#[derive(Default)]
pub(crate) struct Account {
    /// How often each question was answered.
    pub(crate) answered: Vec<u8>,
    /// Whether each was tried.
    tried: Vec<bool>,
    /// When each was handed out first.
    handed: Vec<Option<Instant>>,
    /// How long it took to answer each question of a chat that had only luck so far.
    pub(crate) waits: Vec<(usize, Duration)>,
    /// The last question that was answered in each chat.
    last: Vec<usize>,
    /// Until when nothing may be said in each chat.
    hushed: BTreeMap<usize, Instant>,
    /// Answers that came all the same.
    pub(crate) too_soon: usize,
    /// Answers that came after one to a later question of the same chat.
    pub(crate) disordered: usize,
    /// The first question that was not confirmed.
    pub(crate) offset: usize,
    polls: usize,
    begun: Option<Instant>,
    frozen: Option<usize>,
}

impl Account {
    /// Whether each of the first questions was answered, or refused for good.
    pub(crate) fn settled(&self, questions: usize) -> bool {
        let refused = |question: usize| matches!(luck_of(question), Luck::Refused | Luck::Blocked);
        (1..=questions).all(|question| {
            self.answered[question] > 0 || self.tried[question] && refused(question)
        })
    }
}

/// The server.
#[derive(Clone)]
pub(crate) struct Crowd {
    account: Arc<Mutex<Account>>,
    questions: usize,
    /// Questions a second; none where all are there from the beginning.
    rate: Option<f64>,
    pub(crate) faults: bool,
    port: u16,
}

impl Crowd {
    /// A server with so many questions.
    pub(crate) async fn start(questions: usize, rate: Option<f64>, faults: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let account = Account {
            answered: vec![0; questions + 1],
            tried: vec![false; questions + 1],
            handed: vec![None; questions + 1],
            last: vec![0; CHATS + 1],
            offset: 1,
            ..Account::default()
        };
        let port = listener.local_addr().expect("it has one").port();
        let crowd = Self {
            account: Arc::new(Mutex::new(account)),
            questions,
            rate,
            faults,
            port,
        };
        let router = Router::new()
            .route("/{bot}/{method}", post(answer))
            .with_state(crowd.clone());
        tokio::spawn(async move {
            axum::serve(listener, router)
                .await
                .expect("the server runs");
        });
        crowd
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().expect("no thread panicked with it")
    }

    /// Asks no new questions; gives how many there are.
    pub(crate) fn freeze(&self) -> usize {
        let mut account = self.account();
        let due = self.due(&mut account);
        account.frozen = Some(due);
        due
    }

    /// How many questions were asked so far.
    pub(crate) fn due(&self, account: &mut Account) -> usize {
        let begun = *account.begun.get_or_insert_with(Instant::now);
        match (account.frozen, self.rate) {
            (Some(due), _) => due,
            (None, None) => self.questions,
            (None, Some(rate)) => {
                ((begun.elapsed().as_secs_f64() * rate) as usize).min(self.questions)
            }
        }
    }

    async fn updates(&self, body: &Value) -> Response {
        let seconds = body["timeout"].as_u64().unwrap_or(0);
        let until = Instant::now() + Duration::from_secs(seconds);
        loop {
            let (from, to) = {
                let mut account = self.account();
                account.polls += 1;
                if self.faults && account.polls.is_multiple_of(POLLS) {
                    return cut();
                }
                let offset = body["offset"].as_u64().unwrap_or(0);
                account.offset = account
                    .offset
                    .max(usize::try_from(offset).expect("it is small"));
                let limit = body["limit"]
                    .as_u64()
                    .map_or(BATCH, |limit| usize::try_from(limit).expect("it is small"));
                let to = self.due(&mut account).min(account.offset + limit - 1);
                let now = Instant::now();
                for question in account.offset..=to {
                    account.handed[question].get_or_insert(now);
                }
                (account.offset, to)
            };
            if to >= from || Instant::now() >= until {
                return done(&(from..=to).map(update).collect());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// An answer was tried.
    async fn said(&self, body: &Value) -> Response {
        let number = |value: &Value| {
            usize::try_from(value.as_u64().expect("it is a number")).expect("it is small")
        };
        let (chat, question) = (
            number(&body["chat_id"]),
            number(&body["reply_parameters"]["message_id"]),
        );
        assert_eq!(chat, chat_of(question), "an answer went to another chat");
        let luck = {
            let mut account = self.account();
            let first = !std::mem::replace(&mut account.tried[question], true);
            let luck = luck_of(question);
            let lasting = matches!(luck, Luck::Refused | Luck::Blocked);
            let now = Instant::now();
            if account.hushed.get(&chat).is_some_and(|until| now < *until) {
                account.too_soon += 1;
                Luck::LongPause
            } else if self.faults && (first || lasting) {
                if luck == Luck::LongPause {
                    account.hushed.insert(chat, now + MINUTE);
                }
                luck
            } else {
                Luck::Good
            }
        };
        if matches!(luck, Luck::Good | Luck::Cut | Luck::Garbled | Luck::Slow) {
            self.answered(question);
        }
        let failed = |status: u16, description: &str, parameters: Value| {
            let body = json!({ "ok": false, "error_code": status, "description": description, "parameters": parameters });
            let status = StatusCode::from_u16(status).expect("it is one");
            (
                status,
                [(header::CONTENT_TYPE, "application/json")],
                body.to_string(),
            )
                .into_response()
        };
        match luck {
            Luck::Good => done(
                &json!({ "message_id": 1, "date": 1, "chat": { "id": chat, "type": "private" } }),
            ),
            Luck::Pause => failed(
                429,
                "Too Many Requests: retry after 1",
                json!({ "retry_after": 1 }),
            ),
            Luck::LongPause => failed(
                429,
                "Too Many Requests: retry after 60",
                json!({ "retry_after": 60 }),
            ),
            Luck::Fault => failed(500, "Internal Server Error", Value::Null),
            Luck::Refused => failed(400, "Bad Request: chat not found", Value::Null),
            Luck::Blocked => failed(403, "Forbidden: bot was blocked by the user", Value::Null),
            Luck::Cut => cut(),
            Luck::Garbled => "<html>".into_response(),
            Luck::Slow => {
                tokio::time::sleep(Duration::from_secs(30)).await;
                done(&json!(true))
            }
        }
    }

    /// A question is handed out.
    pub(crate) fn handed(&self, question: usize) {
        self.account().handed[question] = Some(Instant::now());
    }

    /// A question was answered.
    pub(crate) fn answered(&self, question: usize) {
        let mut account = self.account();
        account.answered[question] += 1;
        let chat = chat_of(question);
        if question < account.last[chat] {
            account.disordered += 1;
        }
        account.last[chat] = account.last[chat].max(question);
        // Behind a fault of the same chat it may wait.
        let mut so_far = (1..=question).rev().step_by(CHATS);
        if so_far.all(|question| luck_of(question) == Luck::Good)
            && let Some(handed) = account.handed[question]
        {
            account.waits.push((question, handed.elapsed()));
        }
    }
}

/// A question as an update.
pub(crate) fn update(question: usize) -> Value {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .expect("it is after 1970")
        .as_secs();
    let chat = chat_of(question);
    json!({ "update_id": question, "message": {
        "message_id": question, "date": now, "text": "how long is the bridge?",
        "chat": { "id": chat, "type": "private", "first_name": "A" },
        "from": { "id": chat, "is_bot": false, "first_name": "A", "language_code": "en" },
    } })
}

fn done(result: &Value) -> Response {
    let body = json!({ "ok": true, "result": result }).to_string();
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn cut() -> Response {
    let parts = [
        Ok(Bytes::from_static(b"{")),
        Err(std::io::Error::other("the connection breaks")),
    ];
    Body::from_stream(stream::iter(parts)).into_response()
}

async fn answer(
    State(crowd): State<Crowd>,
    Path((_, method)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    match method.as_str() {
        "GetMe" => done(&me()),
        "GetUpdates" => crowd.updates(&body).await,
        "SendMessage" => crowd.said(&body).await,
        "GetMyCommands" => done(&json!([])),
        "GetMyDescription" => done(&json!({ "description": "" })),
        "GetMyShortDescription" => done(&json!({ "short_description": "" })),
        _ => done(&json!(true)),
    }
}
