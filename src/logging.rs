//! The log: one line an event on standard error, levels by `RUST_LOG`. Of other crates only warnings and errors are let
//! through: below that they log addresses, and with them the bot's token, and whole messages.

use std::env;
use std::io::Write;

use env_logger::Env;
use log::{Level, Log, Metadata, Record};
use serde_json::json;

/// The levels of events that are logged: one for all, or one for each part of the program.
const LEVELS: &str = "RUST_LOG";
/// What is logged unless the operator says otherwise.
const USUAL: &str = "info";

/// How an event is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Words for people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

impl Format {
    /// The format of a name.
    ///
    /// # Errors
    /// There is none of this name, in one line.
    pub fn parse(name: &str) -> Result<Self, String> {
        match name {
            "" | "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            other => Err(format!("`{other}` is no format of logs: give text or json")),
        }
    }
}

/// Starts the log.
///
/// # Errors
/// `RUST_LOG` cannot be read, in one line.
pub fn start(format: Format) -> Result<(), String> {
    if let Ok(levels) = env::var(LEVELS) {
        env_filter::Builder::new().try_parse(&levels).map_err(|_| {
            format!("{LEVELS} is `{levels}`, which names no levels such as info or warn")
        })?;
    }
    let mut builder = env_logger::Builder::from_env(Env::default().filter_or(LEVELS, USUAL));
    if format == Format::Json {
        builder.format(|line, record| {
            let event = json!({
                "time": line.timestamp_millis().to_string(),
                "level": record.level().as_str(),
                "target": record.target(),
                "message": record.args().to_string(),
            });
            writeln!(line, "{event}")
        });
    }
    let logger = builder.build();
    log::set_max_level(logger.filter());
    // It fails only where a log was started before; that one stays.
    let _ = log::set_boxed_logger(Box::new(Discreet(logger)));
    Ok(())
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

    #[test]
    fn a_format_has_a_name() {
        assert_eq!(Format::parse("json"), Ok(Format::Json));
        assert_eq!(Format::parse(""), Ok(Format::Text));
        assert!(Format::parse("xml").is_err_and(|error| error.contains("`xml`")));
    }
}
