//! Answers questions about a parliament hearing with the figure and the sentence of the source that it stands in.

pub mod answer;
mod built_in;
pub mod chart;
pub mod computed;
pub mod context;
#[cfg(test)]
mod dice;
pub mod eval;
pub mod expert;
pub mod export;
pub mod knowledge;
pub mod language;
pub mod locale;
pub mod logging;
pub mod matching;
pub mod numbers;
mod parallel;
pub mod progress;
mod reasons;
pub mod review;
pub mod serving;
pub mod small_talk;
pub mod starter;
pub mod telegram;
pub mod terminal;
pub mod verify;
pub mod watch;
