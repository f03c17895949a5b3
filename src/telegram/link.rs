//! The link to Telegram over time: how long to wait after a failure, and one line in the log when it goes and one when it is
//! back. Calls nothing itself.

use std::mem::{Discriminant, discriminant};
use std::time::Duration;

use super::problem::Problem;

/// The first pause after a failure; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause: after an outage people are not kept waiting much longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The link to Telegram, as the last calls found it.
pub(super) struct Link {
    trouble: Option<Discriminant<Problem>>,
    pause: Duration,
}

impl Link {
    /// A link that nothing is known against.
    pub(super) fn new() -> Self {
        Self {
            trouble: None,
            pause: FIRST_PAUSE,
        }
    }

    /// A call succeeded.
    pub(super) fn up(&mut self) {
        if self.trouble.is_some() {
            log::info!("Telegram is back");
        }
        *self = Self::new();
    }

    /// A call failed: how long to wait before the next one.
    pub(super) fn down(&mut self, problem: &Problem) -> Duration {
        // The same trouble is told once, however long it lasts.
        if self.trouble.replace(discriminant(problem)) != Some(discriminant(problem)) {
            log::warn!("nothing comes from Telegram: {problem}; trying again until it does");
        }
        let pause = self.pause;
        self.pause = (pause * 2).min(LONGEST_PAUSE);
        match problem {
            Problem::TooFast(wanted) => pause.max(*wanted),
            _ => pause,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit_and_begin_anew_after_a_success() {
        let mut link = Link::new();
        let problem = Problem::NoConnection;
        let pauses: Vec<u64> = (0..7).map(|_| link.down(&problem).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30]);
        link.up();
        assert_eq!(link.down(&problem).as_secs(), 1);
    }

    #[test]
    fn a_pause_that_telegram_wants_is_kept() {
        assert_eq!(
            Link::new()
                .down(&Problem::TooFast(Duration::from_secs(40)))
                .as_secs(),
            40
        );
    }
}
