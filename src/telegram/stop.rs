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
        let listen =
            |kind| signal(kind).map_err(|error| format!("cannot listen for signals: {error}"));
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

    /// The outcome of `work`; nothing if the program was asked to stop before there was one.
    pub(super) async fn before<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut stop = self.0.clone();
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => None,
            outcome = work => Some(outcome),
        }
    }
}

/// Waits for one of two signals and says which came.
async fn either(terminate: &mut Signal, interrupt: &mut Signal) -> SignalKind {
    tokio::select! {
        _ = terminate.recv() => SignalKind::terminate(),
        _ = interrupt.recv() => SignalKind::interrupt(),
    }
}
