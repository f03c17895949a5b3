//! Long polling: fetches updates, hands each to the lane of its chat, and confirms what was taken when it stops. Knows nothing
//! of what is in them.

use std::future::Future;
use std::time::Duration;

use teloxide::Bot;
use teloxide::payloads::{DeleteWebhook, GetMe, GetUpdates};
use teloxide::requests::{JsonRequest, Request};
use teloxide::types::{AllowedUpdate, Me, Update, UpdateId};
use tokio::time::timeout;

use super::backlog;
use super::lanes::Lanes;
use super::link::Link;
use super::problem::Problem;
use super::stop::Stop;

/// How long Telegram may wait for an update before it answers that there is none, in seconds; the HTTP client waits longer.
const POLL: u32 = 10;
/// How long the work that was taken may last once the program is to stop: container engines kill after ten seconds.
const DEADLINE: Duration = Duration::from_secs(8);
/// How long to wait for the answer to the last call. It counts once it has arrived; the answer may take longer, because
/// Telegram holds repeated calls back.
const FAREWELL: Duration = Duration::from_millis(700);

/// The kinds of update that are asked for.
const KINDS: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::MyChatMember,
];

/// Asks Telegram who this bot is, as long as it takes to reach it.
///
/// # Errors
/// Telegram does not know the token.
pub(super) async fn introduce(bot: &Bot, link: &mut Link) -> Result<Me, String> {
    loop {
        match JsonRequest::new(bot.clone(), GetMe::new())
            .send()
            .await
            .map_err(Problem::from)
        {
            Ok(me) => {
                link.up();
                return Ok(me);
            }
            Err(problem @ Problem::WrongToken) => {
                return Err(format!(
                    "{problem}: check it, and the address of the Bot API server if you set one"
                ));
            }
            Err(problem) => tokio::time::sleep(link.down(&problem)).await,
        }
    }
}

/// Fetches updates and puts them into lanes until the program is to stop; then finishes what was taken.
pub(super) async fn poll<W, F>(bot: &Bot, lanes: &Lanes<Update, W>, link: &mut Link, stop: &Stop)
where
    W: Fn(Update) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let taken = take_all(bot, lanes, link, stop).await;
    let finished = timeout(DEADLINE, async {
        lanes.finish().await;
        if let Some(offset) = taken {
            // Without this call the last updates would come again at the next start.
            let _ = timeout(FAREWELL, get_updates(bot, Some(offset), 0, Some(1))).await;
        }
    });
    match finished.await {
        Ok(()) => log::info!("stopped; everything that was taken is done"),
        Err(_) => log::warn!(
            "stopped with work left undone after {} s",
            DEADLINE.as_secs()
        ),
    }
}

/// Takes updates until the program is to stop. Gives the number that confirms them where Telegram may not know it yet.
async fn take_all<W, F>(
    bot: &Bot,
    lanes: &Lanes<Update, W>,
    link: &mut Link,
    stop: &Stop,
) -> Option<i32>
where
    W: Fn(Update) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    // Updates do not come this way while a webhook is set.
    stop.before(delete_webhook(bot)).await?;
    let mut taken = None;
    let mut confirmed = None;
    while let Some(fetched) = stop.before(get_updates(bot, taken, POLL, None)).await {
        match fetched {
            Ok(updates) => {
                link.up();
                confirmed = taken;
                let needless = backlog::needless(&updates, super::now());
                for update in updates {
                    let next = after(update.id);
                    if needless.contains(&update.id) {
                        taken = next.or(taken);
                        continue;
                    }
                    if stop
                        .before(lanes.take(lane_of(&update), update))
                        .await
                        .is_none()
                    {
                        break;
                    }
                    taken = next.or(taken);
                }
            }
            Err(problem) => {
                if problem == Problem::WebhookSet {
                    stop.before(delete_webhook(bot)).await;
                }
                let pause = link.down(&problem);
                stop.before(tokio::time::sleep(pause)).await;
            }
        }
    }
    taken.filter(|_| taken != confirmed)
}

async fn get_updates(
    bot: &Bot,
    offset: Option<i32>,
    seconds: u32,
    limit: Option<u8>,
) -> Result<Vec<Update>, Problem> {
    let mut request = GetUpdates::new();
    request.offset = offset;
    request.limit = limit;
    request.timeout = Some(seconds);
    // Each time: Telegram keeps what it was told last, and that call may have failed.
    request.allowed_updates = Some(KINDS.to_vec());
    Ok(JsonRequest::new(bot.clone(), request).send().await?)
}

async fn delete_webhook(bot: &Bot) {
    if let Err(error) = JsonRequest::new(bot.clone(), DeleteWebhook::new())
        .send()
        .await
    {
        log::debug!("deleteWebhook failed: {}", Problem::from(error));
    }
}

/// The number that confirms an update and all before it.
fn after(id: UpdateId) -> Option<i32> {
    i32::try_from(id.0).ok()?.checked_add(1)
}

/// The chat that an update comes from, or the person where there is no chat.
fn lane_of(update: &Update) -> i64 {
    let person = || update.from().and_then(|user| i64::try_from(user.id.0).ok());
    update
        .chat()
        .map(|chat| chat.id.0)
        .or_else(person)
        .unwrap_or_default()
}
