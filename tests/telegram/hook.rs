//! Telegram's side of a webhook: it learns the address and the secret from `setWebhook`, delivers updates and reads the calls
//! that come back.

use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};

use crate::check::check;
use crate::fake_api::{Call, FakeApi};

/// The header that carries the secret.
pub(crate) const SECRET: &str = "X-Telegram-Bot-Api-Secret-Token";

/// A webhook as Telegram knows it.
#[derive(Clone)]
pub(crate) struct Hook {
    pub(crate) url: String,
    pub(crate) secret: String,
    client: Client,
}

/// A port where nothing listens.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has one").port()
}

impl Hook {
    /// Waits until the bot has registered its webhook.
    pub(crate) async fn of(api: &FakeApi) -> Self {
        let registered = |call: &Call| call.method == "setWebhook" && !call.failed;
        let (_, call) = api
            .wait_for(0, registered, Duration::from_secs(20))
            .await
            .expect("the webhook is set");
        Self::at(&call)
    }

    /// The webhook that a call registers.
    pub(crate) fn at(call: &Call) -> Self {
        let text = |key: &str| call.body[key].as_str().expect("it is text").to_owned();
        Self {
            url: text("url"),
            secret: text("secret_token"),
            client: Client::builder()
                .no_proxy()
                .timeout(Duration::from_secs(20))
                .build()
                .expect("a client"),
        }
    }

    /// Posts this to the webhook, and gives the status and the body of the response; nothing where none came.
    pub(crate) async fn post(
        &self,
        url: &str,
        secret: Option<&str>,
        body: String,
    ) -> Option<(u16, String)> {
        let mut request = self
            .client
            .post(url)
            .body(body)
            .header("content-type", "application/json");
        if let Some(secret) = secret {
            request = request.header(SECRET, secret);
        }
        let response = request.send().await.ok()?;
        let status = response.status().as_u16();
        Some((status, response.text().await.ok()?))
    }

    /// Posts an update that the bot wants again later, and gives in how many seconds.
    pub(crate) async fn put_off(&self, update: &Value) -> u64 {
        let request = self.client.post(&self.url).body(update.to_string());
        let response = request.header(SECRET, &self.secret).send().await;
        let response = response.expect("the bot responds");
        assert_eq!(response.status().as_u16(), 429);
        let seconds = response.headers()["retry-after"].to_str();
        seconds
            .expect("it is text")
            .parse()
            .expect("it is a number")
    }

    /// Delivers an update, as Telegram does; gives the call in the response, if there is one.
    pub(crate) async fn deliver(&self, update: &Value) -> Option<Value> {
        let (status, body) = self
            .post(&self.url, Some(&self.secret), update.to_string())
            .await
            .expect("the bot responds");
        assert_eq!(status, 200, "{body}");
        if body.is_empty() {
            return None;
        }
        let call: Value = serde_json::from_str(&body).expect("it is JSON");
        check(&Call {
            method: call["method"].as_str().expect("it has a method").to_owned(),
            body: call.clone(),
            failed: false,
        });
        Some(call)
    }
}

/// A message as an update.
pub(crate) fn update(number: i64, message: &Value) -> Value {
    json!({ "update_id": number, "message": message })
}
