//! When a message may be sent: Telegram's limits on how fast a bot writes (Bots FAQ, "My bot is hitting limits"), and the pauses
//! that it asks for. Knows neither what is sent nor why.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use teloxide::types::ChatId;

/// The longest pause that is worth waiting for; after a longer one nobody waits for the reply any more.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
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
    turns: AtomicU32,
}

impl Pace {
    /// A pace of so many messages a second in all.
    pub(super) fn new(per_second: NonZeroU32) -> Self {
        // Evenly but for a tenth, which makes up for the moments by which a busy machine is late; no second holds more.
        let burst = NonZeroU32::new(per_second.get() / 10).unwrap_or(NonZeroU32::MIN);
        let evenly = NonZeroU32::new(per_second.get() - (burst.get() - 1)).unwrap_or(per_second);
        let overall = Quota::per_second(evenly).allow_burst(burst);
        Self {
            overall: tokio::sync::Mutex::new(RateLimiter::direct(overall)),
            chats: RateLimiter::keyed(quota(NonZeroU32::MIN, IN_A_CHAT)),
            groups: RateLimiter::keyed(quota(IN_A_GROUP.0, IN_A_GROUP.1)),
            hushed: Mutex::default(),
            turns: AtomicU32::new(0),
        }
    }

    /// Waits until a message may be sent to a chat, and says whether it still should be.
    pub(super) async fn turn(&self, chat: ChatId) -> bool {
        let pause = self
            .hushed()
            .get(&chat.0)
            .map(|until| until.duration_since(Instant::now()));
        if let Some(pause) = pause {
            if pause > LONGEST_WAIT {
                return false;
            }
            tokio::time::sleep(pause).await;
        }
        self.chats.until_key_ready(&chat.0).await;
        if chat.is_group() || chat.is_channel_or_supergroup() {
            self.groups.until_key_ready(&chat.0).await;
        }
        self.overall.lock().await.until_ready().await;
        if self.turns.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.sweep();
        }
        true
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
    use super::*;

    const FAST: NonZeroU32 = NonZeroU32::new(1000).unwrap();

    #[tokio::test]
    async fn a_second_message_to_a_chat_waits_and_other_chats_do_not() {
        let pace = Pace::new(FAST);
        let begun = Instant::now();
        for chat in 1..=50 {
            assert!(pace.turn(ChatId(chat)).await);
        }
        assert!(begun.elapsed() < Duration::from_secs(1));
        pace.turn(ChatId(1)).await;
        assert!(begun.elapsed() >= Duration::from_secs(1));
    }

    #[tokio::test]
    async fn no_second_holds_more_than_the_pace() {
        let pace = Pace::new(NonZeroU32::new(20).unwrap());
        let begun = Instant::now();
        for chat in 1..=21 {
            pace.turn(ChatId(chat)).await;
        }
        assert!(begun.elapsed() >= Duration::from_millis(999));
    }

    #[tokio::test]
    async fn a_pause_is_kept_and_a_long_one_is_not_waited_for() {
        let pace = Pace::new(FAST);
        let begun = Instant::now();
        pace.hush(ChatId(1), Duration::from_millis(300));
        assert!(pace.turn(ChatId(1)).await);
        assert!(begun.elapsed() >= Duration::from_millis(300));
        pace.hush(ChatId(2), Duration::from_mins(10));
        assert!(!pace.turn(ChatId(2)).await);
        assert!(pace.turn(ChatId(3)).await);
    }

    #[tokio::test]
    async fn chats_that_are_quiet_again_are_forgotten() {
        let pace = Pace::new(FAST);
        pace.turn(ChatId(1)).await;
        pace.turn(ChatId(-2)).await;
        pace.hush(ChatId(3), Duration::ZERO);
        tokio::time::sleep(IN_A_CHAT * 2).await;
        pace.sweep();
        assert!(pace.chats.is_empty() && pace.hushed().is_empty());
    }
}
