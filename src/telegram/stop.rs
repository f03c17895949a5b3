//! When to stop: SIGTERM and SIGINT. The first one asks to finish, the second one ends the program at once.

use std::future::Future;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

/// Whether the program was asked to stop.
#[derive(Clone)]
pub(super) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Listens for signals from now on.
    pub(super) fn on_signals() -> Result<Self, String> {
        let mut terminate = listen(SignalKind::terminate())?;
        let mut interrupt = listen(SignalKind::interrupt())?;
        let (asked, stop) = watch::channel(false);
        tokio::spawn(async move {
            either(&mut terminate, &mut interrupt).await;
            log::info!("stopping");
            asked.send_replace(true);
            let kind = either(&mut terminate, &mut interrupt).await;
            std::process::exit(128 + kind.as_raw_value());
        });
        Ok(Self(stop))
    }

    /// Stops when this is true.
    #[cfg(test)]
    pub(super) fn when(asked: watch::Receiver<bool>) -> Self {
        Self(asked)
    }

    /// Returns once the program was asked to stop.
    pub(super) async fn asked(&self) {
        // The other end lives as long as the program.
        let _ = self.0.clone().wait_for(|stop| *stop).await;
    }

    /// The outcome of `work`; nothing if the program was asked to stop before there was one.
    pub(super) async fn before<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.asked() => None,
            outcome = work => Some(outcome),
        }
    }
}

/// Takes a signal over from the system, which would end the program.
pub(super) fn listen(kind: SignalKind) -> Result<Signal, String> {
    signal(kind).map_err(|error| format!("cannot listen for signals: {error}"))
}

/// Waits for one of two signals and says which came.
async fn either(terminate: &mut Signal, interrupt: &mut Signal) -> SignalKind {
    tokio::select! {
        _ = terminate.recv() => SignalKind::terminate(),
        _ = interrupt.recv() => SignalKind::interrupt(),
    }
}
