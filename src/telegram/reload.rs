//! Knowledge at run time: SIGHUP loads the folder anew. Good knowledge takes the place of the old between two updates; faulty
//! knowledge is told in the log and changes nothing.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::signal::unix::Signal;
use tokio::sync::watch;

use crate::expert::{Expert, LoadError};
use crate::serving::Metrics;

/// The knowledge in use, which the signal replaces from now on.
pub(super) fn on_signal(
    mut hang_up: Signal,
    expert: Expert,
    dir: Option<PathBuf>,
    metrics: Arc<Metrics>,
) -> watch::Receiver<Arc<Expert>> {
    metrics.knowledge(&expert.version);
    let (replace, current) = watch::channel(Arc::new(expert));
    tokio::spawn(async move {
        while hang_up.recv().await.is_some() {
            if dir.is_none() {
                log::warn!(
                    "the knowledge is built in; only a folder given with --knowledge can be loaded anew"
                );
                continue;
            }
            match load(dir.clone()).await {
                Ok(expert) => {
                    metrics.knowledge(&expert.version);
                    log::info!(
                        "new knowledge {} with {} facts is in use",
                        expert.version,
                        expert.knowledge.facts.len()
                    );
                    replace.send_replace(Arc::new(expert));
                }
                Err(error) => log::error!("{error}; the old knowledge stays in use"),
            }
        }
    });
    current
}

/// Loads the knowledge; everything else goes on meanwhile, since this reads files and computes.
///
/// # Errors
/// The knowledge cannot be used; each fault is in the log.
pub(super) async fn load(dir: Option<PathBuf>) -> Result<Expert, String> {
    let loaded = tokio::task::spawn_blocking(move || Expert::load(dir.as_deref())).await;
    loaded
        .map_err(|_| "the knowledge could not be loaded".to_owned())?
        .map_err(|error| {
            if let LoadError::Faulty(faults) = &error {
                for fault in faults {
                    log::error!("{fault}");
                }
            }
            error.to_string()
        })
}
