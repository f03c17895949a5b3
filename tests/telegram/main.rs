//! The Telegram bot end to end: the built program against a small Bot API server of the tests' own, each test with its own.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that finds this fails"
)]

mod buttons;
mod check;
mod crowd;
mod editors;
mod fake_api;
mod faults;
mod flood;
mod groups;
mod hook;
mod hostile;
mod inline;
mod load;
mod logs;
mod private;
mod reload;
mod replicas;
mod running;
mod secrets;
mod starting;
mod status;
#[path = "../support/mod.rs"]
mod support;
mod tester;
mod webhook;
