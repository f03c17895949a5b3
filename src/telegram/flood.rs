//! Who asks too fast: a person or a group that floods gets one polite line and then silence until it is calm again. Whoever waits
//! for answers never gets there. Knows nothing of what is asked.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::{DefaultKeyedRateLimiter, RateLimiter};
use teloxide::types::{ChatId, UserId};

use super::pace::{IN_A_GROUP, quota};

/// Messages that a person may cause at once, and how often one more. They can all be sent before the program has to end.
const PERSON: (NonZeroU32, Duration) = (NonZeroU32::new(6).unwrap(), Duration::from_secs(1));
/// The same for all the people of a group together: a little more than Telegram lets a bot say there, so that who waits for answers
/// is slowed down by them alone.
const GROUP: (NonZeroU32, Duration) = (NonZeroU32::new(16).unwrap(), IN_A_GROUP.1);
/// The same for what a person types behind the bot's name: a query comes with nearly every letter.
const TYPING: (NonZeroU32, Duration) = (NonZeroU32::new(30).unwrap(), Duration::from_millis(250));
/// How long silence lasts after the last message that was too much.
const SILENCE: Duration = Duration::from_secs(30);
/// After so many judgments whoever is calm again is forgotten.
const SWEEP: usize = 1000;

/// What becomes of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judgment {
    /// It is given.
    Answer,
    /// A polite line is given in its place.
    Warn,
    /// Nothing is given.
    Silence,
}

/// Who asked how much lately.
pub(super) struct Flood {
    people: Limit,
    groups: Limit,
    typing: Limit,
}

impl Flood {
    /// Nobody has asked anything.
    pub(super) fn new() -> Self {
        Self {
            people: Limit::new(PERSON),
            groups: Limit::new(GROUP),
            typing: Limit::new(TYPING),
        }
    }

    /// Judges a reply of so many messages.
    pub(super) fn judge(
        &self,
        person: Option<UserId>,
        chat: Option<ChatId>,
        messages: usize,
    ) -> Judgment {
        let Some(messages) = u32::try_from(messages).ok().and_then(NonZeroU32::new) else {
            return Judgment::Answer;
        };
        let person = person.and_then(|person| i64::try_from(person.0).ok());
        let group = chat.map(|chat| chat.0).filter(|chat| *chat < 0);
        match person.map(|person| self.people.judge(person, messages)) {
            None | Some(Judgment::Answer) => {
                group.map_or(Judgment::Answer, |group| self.groups.judge(group, messages))
            }
            Some(other) => other,
        }
    }

    /// Judges the answer to an inline query.
    pub(super) fn judge_query(&self, person: UserId) -> Judgment {
        let person = i64::try_from(person.0).unwrap_or_default();
        self.typing.judge(person, NonZeroU32::MIN)
    }
}

/// How much each of many may cause.
struct Limit {
    limiter: DefaultKeyedRateLimiter<i64>,
    burst: NonZeroU32,
    silenced: Mutex<Silenced>,
}

/// Until when somebody gets nothing.
#[derive(Default)]
struct Silenced {
    until: HashMap<i64, Instant>,
    judged: usize,
}

impl Limit {
    fn new((burst, each): (NonZeroU32, Duration)) -> Self {
        Self {
            limiter: RateLimiter::keyed(quota(burst, each)),
            burst,
            silenced: Mutex::default(),
        }
    }

    fn judge(&self, who: i64, messages: NonZeroU32) -> Judgment {
        // More than fits at once counts as all that fits.
        let messages = messages.min(self.burst);
        let calm = matches!(self.limiter.check_key_n(&who, messages), Ok(Ok(())));
        let mut silenced = self.silenced.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        silenced.judged += 1;
        if silenced.judged >= SWEEP {
            self.sweep(&mut silenced, now);
        }
        let is_silenced = silenced.until.get(&who).is_some_and(|until| *until > now);
        if !calm {
            silenced.until.insert(who, now + SILENCE);
        }
        match (is_silenced, calm) {
            (true, _) => Judgment::Silence,
            (false, true) => Judgment::Answer,
            (false, false) => Judgment::Warn,
        }
    }

    fn sweep(&self, silenced: &mut Silenced, now: Instant) {
        silenced.judged = 0;
        silenced.until.retain(|_, until| *until > now);
        silenced.until.shrink_to_fit();
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_gets_one_line_and_then_silence_and_nobody_else_notices() {
        let flood = Flood::new();
        let ask = |person: u64| flood.judge(Some(UserId(person)), None, 1);
        let judgments: Vec<_> = (0..100).map(|_| ask(7)).collect();
        assert!(
            judgments
                .iter()
                .take(6)
                .all(|judgment| *judgment == Judgment::Answer)
        );
        assert_eq!(
            judgments
                .iter()
                .filter(|judgment| **judgment == Judgment::Warn)
                .count(),
            1
        );
        assert_eq!(judgments.last(), Some(&Judgment::Silence));
        assert_eq!(ask(8), Judgment::Answer);
    }

    #[test]
    fn a_group_has_a_limit_of_its_own_and_costs_are_messages() {
        let flood = Flood::new();
        let ask = |person: u64| flood.judge(Some(UserId(person)), Some(ChatId(-5)), 4);
        let answered = Judgment::Answer;
        assert_eq!([1, 2, 3, 4].map(ask), [answered; 4]);
        assert_eq!([5, 6].map(ask), [Judgment::Warn, Judgment::Silence]);
        assert_eq!(
            flood.judge(Some(UserId(1)), Some(ChatId(1)), 1),
            Judgment::Answer
        );
        assert_eq!(
            flood.judge(Some(UserId(9)), Some(ChatId(9)), 50),
            Judgment::Answer,
            "a long reply is given once"
        );
    }

    #[test]
    fn typing_has_a_limit_of_its_own() {
        let flood = Flood::new();
        let judgments: Vec<_> = (0..100).map(|_| flood.judge_query(UserId(7))).collect();
        let count = |wanted| judgments.iter().filter(|other| **other == wanted).count();
        assert!((30..40).contains(&count(Judgment::Answer)));
        assert_eq!(count(Judgment::Warn), 1);
        assert_eq!(judgments.last(), Some(&Judgment::Silence));
        assert_eq!(flood.judge_query(UserId(8)), Judgment::Answer);
        assert_eq!(flood.judge(Some(UserId(7)), None, 1), Judgment::Answer);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let flood = Flood::new();
        for person in 0..20_000 {
            flood.judge(Some(UserId(person)), None, 1);
        }
        std::thread::sleep(PERSON.1 * 2);
        for person in 0..SWEEP as u64 {
            flood.judge(Some(UserId(person)), None, 1);
        }
        assert!(
            flood.people.limiter.len() <= SWEEP,
            "{} people are remembered",
            flood.people.limiter.len()
        );
    }
}
