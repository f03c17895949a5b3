//! Long polling: fetches updates, hands each to the lane of its chat, and confirms what was taken when it stops. Knows nothing
//! of what is in them.

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use teloxide::payloads::{DeleteWebhook, GetUpdates};
use teloxide::types::{AllowedUpdate, ChatId, Update, UpdateId};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use super::Office;
use super::api::Api;
use super::backlog;
use super::call::Call;
use super::lanes::Lanes;
use super::link::Link;
use super::problem::Problem;
use crate::serving::Way;

/// How long Telegram may wait for an update before it answers that there is none, in seconds; the HTTP client waits longer.
const POLL: u32 = 10;
/// How long to wait for the answer to the last call. It counts once it has arrived; the answer may take longer, because
/// Telegram holds repeated calls back.
const FAREWELL: Duration = Duration::from_millis(700);
/// A poll that has waited so long has surely arrived, and confirmed what was taken before it.
const ARRIVED: Duration = Duration::from_secs(1);

/// The kinds of update that are asked for.
pub(super) const KINDS: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::MyChatMember,
];

/// A reply that waits in a lane: the calls of one update.
struct Reply {
    calls: Vec<Call>,
    begun: Instant,
    /// Leave to wait, where Telegram wants a long pause in the chat.
    _patience: Option<OwnedSemaphorePermit>,
    /// The update counts as unfinished as long as this is there.
    _held: Held,
}

/// Fetches updates and puts the replies into lanes until the program is to stop; then finishes what was taken. No more messages
/// are taken than `room`: what is not taken stays at Telegram.
pub(super) async fn poll(office: &Arc<Office>, room: u32, link: &mut Link) {
    let lanes = Lanes::new(room, {
        let office = Arc::clone(office);
        move |reply: Reply| {
            let office = Arc::clone(&office);
            async move {
                for call in &reply.calls {
                    if !office.outbox.send(call).await {
                        break;
                    }
                }
                office.metrics.answered(reply.begun.elapsed());
            }
        }
    });
    office.readiness.open(Way::Polling);
    let in_hand = InHand::default();
    let (confirmed, taken) = take_all(office, &lanes, &in_hand, link).await;
    office.readiness.stopping();
    let finished = timeout(office.deadline.saturating_sub(FAREWELL), lanes.finish()).await;
    // What is unfinished comes again at the next start, and with it what Telegram numbered after it; but nothing does that was
    // confirmed before.
    let offset = in_hand.first_from(confirmed).or(taken);
    if offset != confirmed {
        // Without this call the last updates would come again.
        let _ = timeout(FAREWELL, get_updates(&office.api, offset, 0, Some(1))).await;
    }
    match finished {
        Ok(()) => log::info!("stopped; everything that was taken is done"),
        Err(_) => log::warn!(
            "stopped with work left undone after {} s",
            office.deadline.as_secs()
        ),
    }
}

/// Takes updates until the program is to stop. Gives the number that Telegram was told last, and the one that confirms all that
/// was taken.
async fn take_all<W, F>(
    office: &Office,
    lanes: &Lanes<Reply, W>,
    in_hand: &InHand,
    link: &mut Link,
) -> (Option<i32>, Option<i32>)
where
    W: Fn(Reply) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let (api, stop) = (&office.api, &office.stop);
    let (mut confirmed, mut taken) = (None, None);
    // Updates do not come this way while a webhook is set.
    stop.before(delete_webhook(api)).await;
    loop {
        let asked = Instant::now();
        let Some(fetched) = stop.before(get_updates(api, taken, POLL, None)).await else {
            if asked.elapsed() >= ARRIVED {
                confirmed = taken;
            }
            break;
        };
        match fetched {
            Ok(updates) => {
                link.up();
                confirmed = taken;
                let begun = Instant::now();
                let needless = backlog::needless(&updates, super::now());
                for update in updates {
                    if needless.contains(&update.id) {
                        taken = after(update.id).or(taken);
                        continue;
                    }
                    let mut calls = office.desk.calls(&update);
                    let lane = lane_of(&update);
                    let patience = office.outbox.admit(ChatId(lane), &mut calls);
                    let size = calls.len();
                    if size > 0 {
                        let reply = Reply {
                            calls,
                            begun,
                            _patience: patience,
                            _held: in_hand.hold(update.id),
                        };
                        if stop.before(lanes.take(lane, reply, size)).await.is_none() {
                            break;
                        }
                    }
                    taken = after(update.id).or(taken);
                }
            }
            Err(problem) => {
                if problem == Problem::WebhookSet {
                    stop.before(delete_webhook(api)).await;
                }
                let pause = link.down(&problem);
                stop.before(tokio::time::sleep(pause)).await;
            }
        }
    }
    (confirmed, taken)
}

/// The numbers of the updates that were taken and are not done.
#[derive(Default)]
struct InHand(Arc<Mutex<BTreeSet<i32>>>);

/// One of them, until this is dropped.
struct Held {
    all: Arc<Mutex<BTreeSet<i32>>>,
    number: Option<i32>,
}

impl InHand {
    fn hold(&self, id: UpdateId) -> Held {
        let number = i32::try_from(id.0).ok();
        lock(&self.0).extend(number);
        Held {
            all: Arc::clone(&self.0),
            number,
        }
    }

    /// The first of them, from a number on.
    fn first_from(&self, number: Option<i32>) -> Option<i32> {
        let from = number.unwrap_or(i32::MIN);
        lock(&self.0).range(from..).next().copied()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            lock(&self.all).remove(&number);
        }
    }
}

fn lock(numbers: &Mutex<BTreeSet<i32>>) -> MutexGuard<'_, BTreeSet<i32>> {
    numbers.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn get_updates(
    api: &Api,
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
    api.call(request).await
}

async fn delete_webhook(api: &Api) {
    if let Err(problem) = api.call(DeleteWebhook::new()).await {
        log::debug!("deleteWebhook failed: {problem}");
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
