//! Knowledge at run time: SIGHUP loads the folder anew. Good knowledge takes the place of the old between two updates; faulty
//! knowledge is told in the log and changes nothing.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::signal::unix::SignalKind;
use tokio::sync::watch;

use super::stop::listen;
use crate::expert::{Expert, LoadError};
use crate::serving::Metrics;

/// The knowledge in use, which SIGHUP replaces from now on.
///
/// # Errors
/// The system does not let us listen for the signal.
pub(super) fn on_signal(
    expert: Expert,
    dir: Option<PathBuf>,
    metrics: Arc<Metrics>,
) -> Result<watch::Receiver<Arc<Expert>>, String> {
    let mut hang_up = listen(SignalKind::hangup())?;
    metrics.knowledge(&expert.version);
    let (replace, current) = watch::channel(Arc::new(expert));
    tokio::spawn(async move {
        while hang_up.recv().await.is_some() {
            let Some(dir) = dir.clone() else {
                log::warn!(
                    "the knowledge is built in; only a folder given with --knowledge can be loaded anew"
                );
                continue;
            };
            // Loading reads files and computes; updates go on meanwhile.
            match tokio::task::spawn_blocking(move || Expert::load(Some(&dir))).await {
                Ok(Ok(expert)) => {
                    metrics.knowledge(&expert.version);
                    log::info!(
                        "new knowledge {} with {} facts is in use",
                        expert.version,
                        expert.knowledge.facts.len()
                    );
                    replace.send_replace(Arc::new(expert));
                }
                Ok(Err(error)) => refuse(&error),
                Err(_) => {
                    log::error!("the new knowledge could not be loaded; the old stays in use");
                }
            }
        }
    });
    Ok(current)
}

fn refuse(error: &LoadError) {
    if let LoadError::Faulty(faults) = error {
        for fault in faults {
            log::error!("{fault}");
        }
    }
    log::error!("{error}; the old knowledge stays in use");
}
