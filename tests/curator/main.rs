//! What a curator does in a terminal: begins a folder, checks it, measures it, makes it better, and hands the table on.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod beginning;
mod export;
mod measuring;
mod reviewing;
#[path = "../support/mod.rs"]
mod support;

use std::process::{Command, Output};

use support::copy;

/// A small complete hearing, the one of docs/knowledge.md.
const FERRY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ferry");

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hearing-bot"));
    command.env_remove("HEARING_KNOWLEDGE");
    command
}

fn run(args: &[&str]) -> Output {
    program().args(args).output().expect("the program runs")
}

/// Runs a command on the small hearing; it succeeds and complains of nothing.
fn on_the_ferry(args: &[&str]) -> String {
    let output = run(&[&["--knowledge", FERRY], args].concat());
    assert!(output.status.success(), "{}", words(&output));
    assert!(output.stderr.is_empty(), "{}", words(&output));
    words(&output)
}

fn words(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat())
        .expect("the output is UTF-8")
}
