//! What stands in the files of a knowledge folder: every file and field, as serde reads it. Checks nothing beyond form.

mod fact;
mod gap;
mod hearing;
mod lexicon;
mod rules;

pub use fact::{Fact, FactText};
pub use gap::{Gap, GapText};
pub(super) use hearing::HearingFile;
pub use hearing::{Date, Hearing, SourceInfo, Topic};
pub use lexicon::{Concept, Keywords, Lexicon, Role};
pub use rules::{Rules, Way};
