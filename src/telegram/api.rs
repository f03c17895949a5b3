//! Telegram as the bot calls it. Everything it asks of the Bot API passes here, is counted, and tells whether Telegram can be
//! reached.

use std::sync::Arc;

use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use teloxide::requests::{JsonRequest, MultipartPayload, MultipartRequest, Payload, Request};
use teloxide::types::InputFile;
use teloxide::{Bot, RequestError};

use super::problem::Problem;
use crate::serving::{Metrics, Readiness};

/// The Bot API.
#[derive(Clone)]
pub(super) struct Api {
    bot: Bot,
    metrics: Arc<Metrics>,
    readiness: Arc<Readiness>,
}

impl Api {
    /// The Bot API, behind a client that has the token.
    pub(super) fn new(bot: Bot, metrics: Arc<Metrics>, readiness: Arc<Readiness>) -> Self {
        Self {
            bot,
            metrics,
            readiness,
        }
    }

    /// Makes one call.
    pub(super) async fn call<P>(&self, payload: P) -> Result<P::Output, Problem>
    where
        P: Payload + Serialize + 'static,
        P::Output: DeserializeOwned,
    {
        let result = JsonRequest::new(self.bot.clone(), payload).send().await;
        self.made(P::NAME, result)
    }

    /// Makes one call whose result does not matter: that it was made is enough.
    pub(super) async fn tell<P>(&self, payload: P) -> Result<(), Problem>
    where
        P: Payload + Serialize + 'static,
    {
        self.call(Tell(payload)).await.map(drop)
    }

    /// The same for a call that carries a file.
    pub(super) async fn upload<P>(&self, payload: P) -> Result<(), Problem>
    where
        P: MultipartPayload + Serialize + 'static,
    {
        let request = MultipartRequest::new(self.bot.clone(), Tell(payload));
        self.made(P::NAME, request.send().await).map(drop)
    }

    fn made<T>(&self, method: &str, result: Result<T, RequestError>) -> Result<T, Problem> {
        let result = result.map_err(Problem::from);
        if result.is_ok() {
            self.readiness.reached();
        }
        let outcome = result.as_ref().map_or_else(Problem::kind, |_| "ok");
        self.metrics.api_call(&camel_case(method), outcome);
        result
    }

    /// Counts a call that Telegram finds in the response to its webhook.
    pub(super) fn responded(&self, method: &str) {
        self.metrics.api_call(method, "in_response");
    }
}

/// A call whose result is not read. What Telegram sends back of a message that was sent may hold what the library does not know
/// yet; the message was sent all the same.
#[derive(Serialize)]
#[serde(transparent)]
struct Tell<P>(P);

impl<P: Payload> Payload for Tell<P> {
    type Output = IgnoredAny;
    const NAME: &'static str = P::NAME;
}

impl<P: MultipartPayload> MultipartPayload for Tell<P> {
    fn copy_files(&self, into: &mut dyn FnMut(InputFile)) {
        self.0.copy_files(into);
    }

    fn move_files(&mut self, into: &mut dyn FnMut(InputFile)) {
        self.0.move_files(into);
    }
}

/// The name of a method as the Bot API writes it: teloxide begins it with a capital.
fn camel_case(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
