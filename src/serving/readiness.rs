//! Whether the program can answer people just now. Calls nothing: it is told.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long ago Telegram may have been reached last by a program that fetches updates.
const FRESH: Duration = Duration::from_mins(1);

/// How updates come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The program fetches them.
    Polling,
    /// They are sent to an address where the program listens.
    Webhook,
}

/// What is known about the program's readiness.
#[derive(Default)]
pub(crate) struct Readiness(Mutex<State>);

#[derive(Default)]
struct State {
    way: Option<Way>,
    reached: Option<Instant>,
    stopping: bool,
}

impl Readiness {
    /// Updates can come from now on.
    pub(crate) fn open(&self, way: Way) {
        self.change(|state| state.way = Some(way));
    }

    /// Telegram answered a call.
    pub(crate) fn reached(&self) {
        self.change(|state| state.reached = Some(Instant::now()));
    }

    /// The program takes no more updates.
    pub(crate) fn stopping(&self) {
        self.change(|state| state.stopping = true);
    }

    /// Nothing where the program is ready, or why it is not.
    pub(crate) fn obstacle(&self) -> Option<&'static str> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = state.reached.is_some_and(|at| at.elapsed() < FRESH);
        match state.way {
            _ if state.stopping => Some("stopping"),
            None => Some("starting: Telegram was not reached yet"),
            Some(Way::Polling) if !fresh => Some("Telegram was not reached in the last minute"),
            Some(_) => None,
        }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polling_is_ready_while_telegram_is_reached() {
        let readiness = Readiness::default();
        assert!(readiness.obstacle().is_some());
        readiness.reached();
        readiness.open(Way::Polling);
        assert_eq!(readiness.obstacle(), None);
        let long_ago = Instant::now().checked_sub(FRESH);
        readiness.change(|state| state.reached = long_ago);
        assert!(
            readiness
                .obstacle()
                .is_some_and(|why| why.contains("minute"))
        );
        readiness.reached();
        assert_eq!(readiness.obstacle(), None);
        readiness.stopping();
        assert_eq!(readiness.obstacle(), Some("stopping"));
    }

    #[test]
    fn a_webhook_is_ready_once_it_listens() {
        let readiness = Readiness::default();
        readiness.open(Way::Webhook);
        assert_eq!(readiness.obstacle(), None);
    }
}
