//! A Bot API server on a free port of this machine: it keeps what the bot calls, gives it updates, and fails where it is told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, timeout_at};

pub(crate) const TOKEN: &str = "1:TEST-canary_token";
pub(crate) const BOT_NAME: &str = "bridge_bot";

/// The status of an answer that does not come.
const NEVER: u16 = 0;
/// That of one whose connection breaks in the middle.
const CUT: u16 = 1;
/// That of one whose body never ends.
const ENDLESS: u16 = 2;
/// That of one that takes this long.
const SLOW: u16 = 3;
const SLOWNESS: Duration = Duration::from_secs(30);

/// A call that the bot made.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// The method, as in the Bot API: `sendMessage`.
    pub(crate) method: String,
    /// Its parameters.
    pub(crate) body: Value,
    /// Whether it was answered with a failure.
    pub(crate) failed: bool,
}

/// A failure for the next calls of a method.
#[derive(Debug, Clone)]
struct Fault {
    method: &'static str,
    status: u16,
    body: String,
    times: usize,
}

#[derive(Default)]
struct World {
    calls: Vec<Call>,
    updates: BTreeMap<i64, Value>,
    last_update: i64,
    last_message: i64,
    settings: BTreeMap<String, Value>,
    faults: Vec<Fault>,
    /// The chat that faults are kept for, if there is one.
    unlucky: Option<i64>,
    /// Held by the server that listens; dropped, it stops.
    listens: Option<oneshot::Sender<()>>,
}

/// The server.
#[derive(Clone)]
pub(crate) struct FakeApi {
    world: Arc<Mutex<World>>,
    changed: Arc<Notify>,
    port: u16,
}

impl FakeApi {
    /// A server that listens.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let api = Self::on(listener.local_addr().expect("it has one").port());
        api.serve(listener);
        api
    }

    /// A server on a port where nothing listens yet.
    pub(crate) async fn absent() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        Self::on(listener.local_addr().expect("it has one").port())
    }

    /// Begins to listen.
    pub(crate) async fn appear(&self) {
        self.serve(
            TcpListener::bind(("127.0.0.1", self.port))
                .await
                .expect("the port is still free"),
        );
    }

    fn on(port: u16) -> Self {
        Self {
            world: Arc::default(),
            changed: Arc::default(),
            port,
        }
    }

    fn serve(&self, listener: TcpListener) {
        let router = Router::new()
            .route("/{bot}/{method}", post(answer))
            .with_state(self.clone());
        let (listens, vanishes) = oneshot::channel();
        self.world().listens = Some(listens);
        tokio::spawn(async move {
            axum::serve(listener, router)
                .with_graceful_shutdown(async { drop(vanishes.await) })
                .await
                .expect("the server runs");
        });
    }

    /// Stops listening: connections are refused until it appears again.
    pub(crate) fn vanish(&self) {
        self.world().listens = None;
        self.changed.notify_waiters();
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().expect("no test thread panicked with it")
    }

    /// Everything that the bot has called.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.world().calls.clone()
    }

    /// Keeps all faults for the calls that put something into this chat.
    pub(crate) fn only_in(&self, chat: i64) {
        self.world().unlucky = Some(chat);
    }

    /// Lets the next calls of a method fail.
    pub(crate) fn fail(&self, method: &'static str, times: usize, status: u16, description: &str) {
        let body = json!({ "ok": false, "error_code": status, "description": description });
        self.answer_with(method, times, status, &body.to_string());
    }

    /// Lets the next call of a method be told to wait.
    pub(crate) fn slow_down(&self, method: &'static str, seconds: u64) {
        let body = json!({
            "ok": false, "error_code": 429, "description": format!("Too Many Requests: retry after {seconds}"),
            "parameters": { "retry_after": seconds },
        });
        self.answer_with(method, 1, 429, &body.to_string());
    }

    /// Lets the next call of a method be told that the group has another number now.
    pub(crate) fn move_to(&self, method: &'static str, chat: i64) {
        let body = json!({
            "ok": false, "error_code": 400, "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": { "migrate_to_chat_id": chat },
        });
        self.answer_with(method, 1, 400, &body.to_string());
    }

    /// Lets the next call of a method wait for an answer that never comes.
    pub(crate) fn hang(&self, method: &'static str) {
        self.answer_with(method, 1, NEVER, "");
    }

    /// Lets the connection break in the middle of the answer to the next call of a method.
    pub(crate) fn cut(&self, method: &'static str) {
        self.answer_with(method, 1, CUT, "");
    }

    /// Lets the answer to the next call of a method go on for ever.
    pub(crate) fn never_end(&self, method: &'static str) {
        self.answer_with(method, 1, ENDLESS, "");
    }

    /// Lets the answer to the next call of a method take half a minute.
    pub(crate) fn dawdle(&self, method: &'static str) {
        self.answer_with(method, 1, SLOW, r#"{"ok":true,"result":true}"#);
    }

    /// Lets the next calls of a method be answered with this.
    pub(crate) fn answer_with(&self, method: &'static str, times: usize, status: u16, body: &str) {
        self.world().faults.push(Fault {
            method,
            status,
            body: body.to_owned(),
            times,
        });
    }

    /// Gives the bot an update: what stands in it beside its number.
    pub(crate) fn update(&self, kind: &str, content: &Value) -> i64 {
        self.update_with(&json!({ kind: content }))
    }

    /// Gives the bot an update with these fields beside its number.
    pub(crate) fn update_with(&self, fields: &Value) -> i64 {
        let mut world = self.world();
        world.last_update += 1;
        let number = world.last_update;
        let mut update = fields.clone();
        update["update_id"] = number.into();
        world.updates.insert(number, update);
        self.changed.notify_waiters();
        number
    }

    /// Waits for the first call from `from` on that fits, and says where it was.
    pub(crate) async fn wait_for(
        &self,
        from: usize,
        fits: impl Fn(&Call) -> bool,
        within: Duration,
    ) -> Option<(usize, Call)> {
        let until = Instant::now() + within;
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let found = self
                .calls()
                .into_iter()
                .enumerate()
                .skip(from)
                .find(|(_, call)| fits(call));
            if found.is_some() || timeout_at(until, changed).await.is_err() {
                return found;
            }
        }
    }

    fn record(&self, method: &str, body: &Value) -> Option<Fault> {
        let mut world = self.world();
        let fits = |chat: i64| body["chat_id"] == chat;
        let unlucky = world.unlucky.is_none_or(fits);
        let fault = world
            .faults
            .iter_mut()
            .find(|fault| unlucky && fault.method == method && fault.times > 0)
            .map(|fault| {
                fault.times -= 1;
                fault.clone()
            });
        world.calls.push(Call {
            method: method.to_owned(),
            body: body.clone(),
            failed: fault.is_some(),
        });
        self.changed.notify_waiters();
        fault
    }

    /// The updates from an offset on; those before it are forgotten, as at Telegram.
    async fn updates(&self, body: &Value) -> Value {
        let until = Instant::now() + Duration::from_secs(body["timeout"].as_u64().unwrap_or(0));
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let found: Vec<Value> = {
                let mut world = self.world();
                if world.listens.is_none() {
                    return json!([]);
                }
                world.updates = world
                    .updates
                    .split_off(&body["offset"].as_i64().unwrap_or(0));
                let limit =
                    usize::try_from(body["limit"].as_u64().unwrap_or(100)).expect("it is small");
                world.updates.values().take(limit).cloned().collect()
            };
            if !found.is_empty() || timeout_at(until, changed).await.is_err() {
                return found.into();
            }
        }
    }

    /// What the bot has set, or what stands there before it has: by method, scope and language.
    fn setting(&self, method: &str, body: &Value) -> Value {
        let key = format!(
            "{} {} {}",
            &method[3..],
            body["scope"],
            body["language_code"]
        );
        let mut world = self.world();
        if method.starts_with("set") {
            world.settings.insert(key, body.clone());
            return json!(true);
        }
        let set = world.settings.get(&key).cloned().unwrap_or_default();
        match &method[3..] {
            "MyCommands" if set.is_null() => json!([]),
            "MyCommands" => set["commands"].clone(),
            "MyDescription" => {
                json!({ "description": set["description"].as_str().unwrap_or_default() })
            }
            _ => {
                json!({ "short_description": set["short_description"].as_str().unwrap_or_default() })
            }
        }
    }

    fn sent(&self, body: &Value) -> Value {
        let mut world = self.world();
        world.last_message += 1;
        json!({
            "message_id": 1000 + world.last_message, "date": 1_700_000_000, "text": "sent", "from": me(),
            "chat": chat(body["chat_id"].as_i64().expect("it is a number")),
        })
    }
}

/// A chat by its number: a group where that is negative.
pub(crate) fn chat(id: i64) -> Value {
    if id > 0 {
        json!({ "id": id, "type": "private", "first_name": "A" })
    } else {
        json!({ "id": id, "type": "supergroup", "title": "G" })
    }
}

/// The bot's own account.
pub(crate) fn me() -> Value {
    json!({
        "id": 1, "is_bot": true, "first_name": "Bridge", "username": BOT_NAME, "can_join_groups": true,
        "can_read_all_group_messages": false, "supports_inline_queries": true, "has_main_web_app": false,
    })
}

async fn answer(
    State(api): State<FakeApi>,
    Path((bot, method)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    // The library writes `GetMe` for `getMe`; Telegram takes both.
    let method = format!("{}{}", method[..1].to_lowercase(), &method[1..]);
    let kind = headers[header::CONTENT_TYPE].to_str().expect("it is text");
    let body: Value = match kind.split_once("boundary=") {
        Some((_, boundary)) => form(&body, boundary),
        None => serde_json::from_slice(&body).expect("the body is JSON"),
    };
    if bot != format!("bot{TOKEN}") {
        return reply(
            401,
            json!({ "ok": false, "error_code": 401, "description": "Unauthorized" }).to_string(),
        );
    }
    if let Some(fault) = api.record(&method, &body) {
        return fail(fault).await;
    }
    let result = match method.as_str() {
        "getMe" => me(),
        "getUpdates" => api.updates(&body).await,
        "sendMessage" | "sendPhoto" => api.sent(&body),
        "editMessageText" if body["inline_message_id"].is_null() => api.sent(&body),
        name if name.contains("etMy") => api.setting(name, &body),
        "getChat" => {
            json!({ "id": body["chat_id"], "type": "supergroup", "title": "E", "accent_color_id": 1, "max_reaction_count": 11 })
        }
        _ => json!(true),
    };
    reply(200, json!({ "ok": true, "result": result }).to_string())
}

/// What comes of a call that is to fail.
async fn fail(fault: Fault) -> Response {
    let start = Ok(Bytes::from_static(b"{\"ok\":true,\"result\":"));
    match fault.status {
        NEVER => std::future::pending().await,
        CUT => {
            let parts = [start, Err(std::io::Error::other("the connection breaks"))];
            Body::from_stream(stream::iter(parts)).into_response()
        }
        ENDLESS => {
            let more = stream::unfold((), |()| async {
                tokio::time::sleep(Duration::from_millis(5)).await;
                Some((Ok(Bytes::from_static(&[b' '; 1024])), ()))
            });
            Body::from_stream(stream::iter([start]).chain(more)).into_response()
        }
        SLOW => {
            tokio::time::sleep(SLOWNESS).await;
            reply(200, fault.body)
        }
        status => reply(status, fault.body),
    }
}

/// A form with a file as JSON: the fields, and of a file its first bytes and its length.
fn form(body: &[u8], boundary: &str) -> Value {
    let mark = format!("--{boundary}\r\n");
    let find = |text: &[u8], part: &[u8]| text.windows(part.len()).position(|at| at == part);
    let mut fields = json!({});
    let mut rest = body;
    while let Some(at) = find(rest, mark.as_bytes()) {
        rest = &rest[at + mark.len()..];
        let head = find(rest, b"\r\n\r\n").expect("a field has a head");
        let name = String::from_utf8_lossy(&rest[..head]).into_owned();
        rest = &rest[head + 4..];
        let end = find(rest, format!("\r\n--{boundary}").as_bytes()).expect("a field ends");
        let value = &rest[..end];
        let field = name
            .split("name=\"")
            .nth(1)
            .and_then(|name| name.split('"').next());
        fields[field.expect("a field has a name")] = match std::str::from_utf8(value) {
            // Numbers and objects are written as in JSON.
            Ok(text) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
            Err(_) => json!({ "start": value[..4], "length": value.len() }),
        };
    }
    fields
}

fn reply(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).expect("it is a status");
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
