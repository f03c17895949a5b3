//! The webhook: Telegram sends each update to an address of ours, and the last call of the reply travels back in the response to
//! it ("Making requests when getting updates" in the Bot API). So an update counts as taken only when its reply is on its way: if
//! the program dies before, Telegram sends the update again. Knows nothing of what is in updates.
//!
//! teloxide's own listener answers an update before anybody has looked at it, which is why it is not used here.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::error::Category;
use subtle::ConstantTimeEq;
use teloxide::payloads::SetWebhook;
use teloxide::types::Update;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};
use url::Url;

use super::Office;
use super::api::Api;
use super::link::Link;
use super::polling::KINDS;
use super::problem::Problem;
use super::settings::Secret;
use crate::serving::Way;

/// The header that Telegram puts the secret into.
const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";
/// The longest update that is read, in bytes. Telegram's are some tens of thousands at most.
const LONGEST_BODY: usize = 1024 * 1024;
/// How long an update may take to arrive.
const SLOWEST_BODY: Duration = Duration::from_secs(10);

/// Where Telegram finds the webhook, and what only Telegram and the replicas of the bot know.
pub(super) struct Hook {
    /// The address, with the path that updates come to.
    pub(super) url: Url,
    /// Sent along with every update.
    pub(super) secret: Secret,
}

/// What every request needs.
struct Entrance {
    office: Arc<Office>,
    secret: Secret,
}

/// Registers the webhook and answers updates until the program is to stop; then finishes what was taken. The registration stays:
/// Telegram keeps what comes while nobody listens, and other replicas go on.
///
/// # Errors
/// Telegram refuses the webhook.
pub(super) async fn serve(
    office: &Arc<Office>,
    listener: TcpListener,
    hook: Hook,
    link: &mut Link,
) -> Result<(), String> {
    let Office {
        stop,
        readiness,
        deadline,
        ..
    } = office.as_ref();
    let path = hook.url.path().to_owned();
    let mut registration = SetWebhook::new(hook.url);
    registration.secret_token = Some(hook.secret.reveal().to_owned());
    registration.allowed_updates = Some(KINDS.to_vec());
    let router = Router::new()
        .route(&path, post(receive))
        .with_state(Arc::new(Entrance {
            office: Arc::clone(office),
            secret: hook.secret,
        }));
    let server = axum::serve(listener, router).with_graceful_shutdown({
        let stop = stop.clone();
        async move { stop.asked().await }
    });
    let server = tokio::spawn(server.into_future());
    readiness.open(Way::Webhook);
    // Updates can come at once: an earlier run or another replica has registered.
    stop.before(register(registration, &office.api, link))
        .await
        .transpose()?;
    stop.asked().await;
    readiness.stopping();
    match timeout(*deadline, server).await {
        Ok(_) => log::info!("stopped; everything that was taken is answered"),
        Err(_) => log::warn!(
            "stopped with work left undone after {} s",
            deadline.as_secs()
        ),
    }
    Ok(())
}

async fn register(registration: SetWebhook, api: &Api, link: &mut Link) -> Result<(), String> {
    loop {
        match api.call(registration.clone()).await {
            Ok(_) => {
                link.up();
                log::info!("Telegram sends updates to the webhook");
                return Ok(());
            }
            Err(problem @ (Problem::Refused(_) | Problem::WrongToken)) => {
                return Err(format!(
                    "the webhook was not set: {problem}: check HEARING_WEBHOOK_URL"
                ));
            }
            Err(problem) => sleep(link.down(&problem)).await,
        }
    }
}

async fn receive(
    State(entrance): State<Arc<Entrance>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let begun = Instant::now();
    let secret = headers
        .get(SECRET_HEADER)
        .map(axum::http::HeaderValue::as_bytes)
        .unwrap_or_default();
    if !bool::from(secret.ct_eq(entrance.secret.reveal().as_bytes())) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(body) = timeout(SLOWEST_BODY, to_bytes(body, LONGEST_BODY)).await else {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
    let Ok(body) = body else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    match serde_json::from_slice::<Update>(&body) {
        Ok(update) => answer(&entrance.office, &update, begun).await,
        // No update at all: sent again, it would be none either.
        Err(error) if error.classify() == Category::Data => {
            log::warn!("something that is no update came to the webhook");
            StatusCode::OK.into_response()
        }
        // It broke on its way: Telegram is to send it again.
        Err(_) => {
            log::warn!("something that is no JSON came to the webhook");
            StatusCode::BAD_REQUEST.into_response()
        }
    }
}

/// Makes all calls but the last, which is the response where it can be.
async fn answer(office: &Office, update: &Update, begun: Instant) -> Response {
    let mut calls = office.desk.calls(update);
    if calls.is_empty() {
        return StatusCode::OK.into_response();
    }
    if let Some(pause) = office.outbox.later(&calls) {
        let seconds = pause.as_secs() + 1;
        log::warn!("a reply comes later: Telegram wants a pause of {seconds} s in its chat");
        // It sends the update again after so long, and until then nothing else from that chat.
        let again = [(header::RETRY_AFTER, seconds.to_string())];
        return (StatusCode::TOO_MANY_REQUESTS, again).into_response();
    }
    let last = calls.pop_if(|last| last.fits_response());
    let mut goes_on = true;
    for call in &calls {
        goes_on = goes_on && office.outbox.send(call).await;
    }
    let response = match last {
        Some(last) if goes_on && office.outbox.respond(&last).await => Json(last).into_response(),
        _ => StatusCode::OK.into_response(),
    };
    office.metrics.answered(begun.elapsed());
    response
}
