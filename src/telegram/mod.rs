//! x
use crate::expert::Expert;
use crate::knowledge::{Fact, Knowledge};
use crate::language::Language;
/// s
#[derive(Debug, clap::Args)]
pub struct Settings {}
impl Settings {
    /// s
    pub fn checked(self) -> Result<Self, String> {
        Ok(self)
    }
}
/// r
pub fn run(_: Settings, _: Expert) -> Result<(), String> {
    Ok(())
}
/// c
pub fn check_reply(_: &Knowledge, _: &Fact, _: Language) -> Result<(), String> {
    Ok(())
}
