//! Answers questions about a parliament hearing with the figure and the sentence of the source that it stands in.

pub mod knowledge;
pub mod answer;
pub mod eval;
pub mod expert;
pub mod language;
pub mod matching;
pub mod numbers;
pub mod telegram;
pub mod terminal;
pub mod locale;
