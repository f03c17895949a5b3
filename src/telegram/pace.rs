//! When a message may be sent: Telegram's limits on how fast a bot writes (Bots FAQ, "My bot is hitting limits"), and the pauses
//! that it asks for. Knows neither what is sent nor why.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use teloxide::types::ChatId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::stop::Stop;

/// The longest pause that is waited for without further thought.
const SHORT_WAIT: Duration = Duration::from_secs(5);
/// The longest pause that is waited for at all; after a longer one nobody waits for the reply any more.
const LONGEST_WAIT: Duration = Duration::from_mins(2);
/// One message a second in a chat, and a little more time: Telegram counts when they arrive.
const IN_A_CHAT: Duration = Duration::from_millis(1050);
/// Twenty a minute in a group: so many at once, and one each so often, are twenty in any minute.
pub(super) const IN_A_GROUP: (NonZeroU32, Duration) =
    (NonZeroU32::new(12).unwrap(), Duration::from_millis(7500));
/// After so many messages the chats that are quiet again are forgotten.
const SWEEP: u32 = 1000;

/// The pace of all messages.
pub(super) struct Pace {
    /// Behind a lock that is fair, so that who waits longest goes first.
    overall: tokio::sync::Mutex<DefaultDirectRateLimiter>,
    chats: DefaultKeyedRateLimiter<i64>,
    groups: DefaultKeyedRateLimiter<i64>,
    /// Until when Telegram wants nothing for a chat.
    hushed: Mutex<HashMap<i64, Instant>>,
    /// A permit for each message that may wait until a long pause is over.
    patience: Arc<Semaphore>,
    turns: AtomicU32,
    stop: Stop,
}

impl Pace {
    /// A pace of so many messages a second in all, with so many waiting for the end of long pauses.
    pub(super) fn new(per_second: NonZeroU32, patience: u32, stop: Stop) -> Self {
        // Evenly but for a tenth, which makes up for the moments by which a busy machine is late; no second holds more.
        let burst = NonZeroU32::new(per_second.get() / 10).unwrap_or(NonZeroU32::MIN);
        let evenly = NonZeroU32::new(per_second.get() - (burst.get() - 1)).unwrap_or(per_second);
        let overall = Quota::per_second(evenly).allow_burst(burst);
        Self {
            overall: tokio::sync::Mutex::new(RateLimiter::direct(overall)),
            chats: RateLimiter::keyed(quota(NonZeroU32::MIN, IN_A_CHAT)),
            groups: RateLimiter::keyed(quota(IN_A_GROUP.0, IN_A_GROUP.1)),
            hushed: Mutex::default(),
            patience: Arc::new(Semaphore::new(patience as usize)),
            turns: AtomicU32::new(0),
            stop,
        }
    }

    /// Waits until a message may be sent to a chat, and says whether it still should be.
    pub(super) async fn turn(&self, chat: ChatId) -> bool {
        if let Some(pause) = self.pause(chat) {
            let Some(_patience) = self.patience(chat, 1) else {
                return false;
            };
            if pause > SHORT_WAIT {
                log::warn!(
                    "a message waits: Telegram wants a pause of {} s in its chat",
                    pause.as_secs_f64().round()
                );
            }
            tokio::time::sleep(pause).await;
        }
        if chat.is_group() || chat.is_channel_or_supergroup() {
            let in_turn = async {
                self.chats.until_key_ready(&chat.0).await;
                self.groups.until_key_ready(&chat.0).await;
            };
            // More waits in a group than can go out in turn before the end. The FAQ allows short bursts; what is not sent is lost.
            self.stop.before(in_turn).await;
        } else {
            self.chats.until_key_ready(&chat.0).await;
        }
        self.overall.lock().await.until_ready().await;
        if self.turns.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.sweep();
        }
        true
    }

    /// Leave for so many messages to wait for a chat, to be kept as long as they do; none where Telegram wants a pause there that
    /// is too long to wait for, or a long one while too many wait already.
    pub(super) fn patience(&self, chat: ChatId, messages: u32) -> Option<OwnedSemaphorePermit> {
        let pause = self.pause(chat).unwrap_or_default();
        let needs = if pause > SHORT_WAIT { messages } else { 0 };
        let patience = Arc::clone(&self.patience);
        (pause <= LONGEST_WAIT)
            .then(|| patience.try_acquire_many_owned(needs).ok())
            .flatten()
    }

    /// How long Telegram still wants nothing for a chat, where that is long and yet worth waiting for.
    pub(super) fn long_pause(&self, chat: ChatId) -> Option<Duration> {
        let long = |pause: &Duration| (SHORT_WAIT..=LONGEST_WAIT).contains(pause);
        self.pause(chat).filter(long)
    }

    /// How long Telegram still wants nothing for a chat.
    fn pause(&self, chat: ChatId) -> Option<Duration> {
        let hushed = self.hushed();
        let until = hushed.get(&chat.0)?;
        Some(until.duration_since(Instant::now()))
    }

    /// Telegram wants a pause in a chat.
    pub(super) fn hush(&self, chat: ChatId, pause: Duration) {
        if let Some(until) = Instant::now().checked_add(pause) {
            self.hushed().insert(chat.0, until);
        }
    }

    fn sweep(&self) {
        for limiter in [&self.chats, &self.groups] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        let now = Instant::now();
        self.hushed().retain(|_, until| *until > now);
    }

    fn hushed(&self) -> MutexGuard<'_, HashMap<i64, Instant>> {
        self.hushed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// So many at once, then one each so often.
pub(super) fn quota(burst: NonZeroU32, each: Duration) -> Quota {
    // A period of nothing is no period; ours are constants.
    Quota::with_period(each)
        .unwrap_or(Quota::per_second(NonZeroU32::MIN))
        .allow_burst(burst)
}

#[cfg(test)]
mod tests {
    use tokio::sync::watch;

    use super::*;

    const FAST: NonZeroU32 = NonZeroU32::new(1000).unwrap();

    /// A pace, and what stops it.
    fn pace(per_second: NonZeroU32, patience: u32) -> (Pace, watch::Sender<bool>) {
        let (ask, stop) = watch::channel(false);
        (Pace::new(per_second, patience, Stop::when(stop)), ask)
    }

    #[tokio::test]
    async fn a_second_message_to_a_chat_waits_and_other_chats_do_not() {
        let (pace, _stop) = pace(FAST, 2);
        let begun = Instant::now();
        for chat in 1..=50 {
            assert!(pace.turn(ChatId(chat)).await);
        }
        assert!(begun.elapsed() < Duration::from_secs(1));
        pace.turn(ChatId(1)).await;
        assert!(begun.elapsed() >= Duration::from_secs(1));
    }

    #[tokio::test]
    async fn what_waits_in_a_group_goes_out_at_once_when_the_program_stops() {
        let (pace, stop) = pace(FAST, 2);
        let begun = Instant::now();
        stop.send_replace(true);
        for _ in 0..20 {
            assert!(pace.turn(ChatId(-1)).await);
        }
        assert!(begun.elapsed() < Duration::from_secs(1));
    }

    #[tokio::test]
    async fn no_second_holds_more_than_the_pace() {
        let (pace, _stop) = pace(NonZeroU32::new(20).unwrap(), 0);
        let begun = Instant::now();
        for chat in 1..=21 {
            pace.turn(ChatId(chat)).await;
        }
        assert!(begun.elapsed() >= Duration::from_millis(999));
    }

    #[tokio::test]
    async fn a_pause_is_kept_and_a_long_one_is_not_waited_for() {
        let (pace, _stop) = pace(FAST, 2);
        let begun = Instant::now();
        pace.hush(ChatId(1), Duration::from_millis(300));
        assert!(pace.turn(ChatId(1)).await);
        assert!(begun.elapsed() >= Duration::from_millis(300));
        pace.hush(ChatId(2), Duration::from_mins(10));
        assert!(!pace.turn(ChatId(2)).await);
        assert!(pace.turn(ChatId(3)).await);
    }

    #[tokio::test]
    async fn long_pauses_are_waited_for_by_so_many_messages_only() {
        let (pace, _stop) = pace(FAST, 2);
        for chat in 1..=3 {
            pace.hush(ChatId(chat), Duration::from_mins(1));
        }
        let waiting = pace.patience(ChatId(1), 2);
        assert!(waiting.is_some());
        assert!(pace.patience(ChatId(2), 1).is_none());
        assert!(!pace.turn(ChatId(2)).await);
        assert!(pace.patience(ChatId(4), 100).is_some());
        drop(waiting);
        let turn = pace.turn(ChatId(3));
        let begun = tokio::time::timeout(Duration::from_millis(50), turn).await;
        assert!(begun.is_err(), "it waits");
        assert!(
            pace.patience(ChatId(2), 2).is_some(),
            "nobody waits any more"
        );
    }

    #[tokio::test]
    async fn chats_that_are_quiet_again_are_forgotten() {
        let (pace, _stop) = pace(FAST, 2);
        pace.turn(ChatId(1)).await;
        pace.turn(ChatId(-2)).await;
        pace.hush(ChatId(3), Duration::ZERO);
        tokio::time::sleep(IN_A_CHAT * 2).await;
        pace.sweep();
        assert!(pace.chats.is_empty() && pace.hushed().is_empty());
    }
}
