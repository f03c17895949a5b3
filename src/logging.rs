//! The log: one line an event on standard error, levels by `RUST_LOG`. Of other crates only warnings and errors are let
//! through: below that they log addresses, and with them the bot's token, and whole messages.

use log::{Level, Log, Metadata, Record};

/// Starts the log.
pub fn start() {
    let logger =
        env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("info")).build();
    log::set_max_level(logger.filter());
    // It fails only where a log was started before; that one stays.
    let _ = log::set_boxed_logger(Box::new(Discreet(logger)));
}

struct Discreet(env_logger::Logger);

fn may_be_logged(metadata: &Metadata<'_>) -> bool {
    let own = metadata.target().split("::").next() == Some(env!("CARGO_CRATE_NAME"));
    own || metadata.level() <= Level::Warn
}

impl Log for Discreet {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        may_be_logged(metadata) && self.0.enabled(metadata)
    }

    fn log(&self, record: &Record<'_>) {
        if may_be_logged(record.metadata()) {
            self.0.log(record);
        }
    }

    fn flush(&self) {
        self.0.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_crates_are_heard_only_when_they_warn() {
        let allowed = |target: &str, level| {
            may_be_logged(&Metadata::builder().target(target).level(level).build())
        };
        assert!(allowed("hearing_bot::telegram", Level::Trace));
        assert!(allowed("reqwest::connect", Level::Warn));
        assert!(!allowed("reqwest::connect", Level::Info));
        assert!(!allowed("hearing_bot_extras", Level::Trace));
    }
}
