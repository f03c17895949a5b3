//! What a question, loading and rendering cost on the built-in knowledge. `cargo bench --bench speed`.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a bench measures and may stop; its sizes are far from the limits of these types"
)]

mod questions;

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use hearing_bot::answer::answer;
use hearing_bot::expert::Expert;
use hearing_bot::knowledge::Folder;
use hearing_bot::language::Language;
use hearing_bot::terminal::{self, Style};

static EXPERT: LazyLock<Expert> =
    LazyLock::new(|| Expert::load(None).unwrap_or_else(|error| panic!("{error}")));

fn main() {
    LazyLock::force(&EXPERT);
    divan::main();
}

/// The median question of each kind: every sample asks all questions of the kind once.
#[divan::bench(
    args = ["en plain", "en typo", "en unknown", "en long", "ru plain", "ru typo", "ru unknown", "ru long",
            "kk plain", "kk typo", "kk unknown", "kk long"],
    sample_count = 50,
)]
fn ask(bencher: Bencher, what: &str) {
    let (language, kind) = what.split_once(' ').expect("it has two words");
    let questions = match kind {
        "unknown" => questions::unknown(language),
        "long" => vec![questions::long(language)],
        kind => questions::questions(language, &[kind]),
    };
    bencher
        .counter(divan::counter::ItemsCount::new(questions.len()))
        .bench(|| {
            for question in &questions {
                black_box(EXPERT.matcher.ask(black_box(question), None));
            }
        });
}

/// Texts of 4,096 characters made to cost much; `ask` has ordinary ones as long.
#[divan::bench(args = questions::hostile().iter().map(|(name, _)| *name).collect::<Vec<_>>(), sample_count = 20)]
fn hostile(bencher: Bencher, name: &str) {
    let texts = questions::hostile();
    let (_, text) = texts
        .iter()
        .find(|(other, _)| *other == name)
        .expect("it is one of them");
    bencher.bench(|| black_box(EXPERT.matcher.ask(black_box(text), None)));
}

/// From the files of the built-in folder to an expert with every check passed.
#[divan::bench(sample_count = 5)]
fn load_and_check() -> Expert {
    Expert::new(black_box(&Folder::embedded())).unwrap_or_else(|_| panic!("it passes"))
}

/// What every start does: the built-in knowledge with its lexicons indexed already.
#[divan::bench(sample_count = 20)]
fn load_built_in() -> Expert {
    Expert::load(None).unwrap_or_else(|error| panic!("{error}"))
}

/// From a verdict to the text of the terminal.
#[divan::bench(args = ["en", "ru", "kk"])]
fn render(bencher: Bencher, language: &str) {
    let language: Language = language.parse().expect("it is a language");
    let mut verdict = EXPERT.matcher.ask("how many convicted?", None);
    verdict.language = language;
    bencher.bench(|| {
        let answer = answer(&EXPERT.knowledge, black_box(&verdict));
        black_box(&answer);
    });
}

/// A question and its answer as text: all that `ask` does for a line.
#[divan::bench(args = ["how many convicted?", "сколько осудили?", "қанша адам сотталды?"])]
fn ask_and_render(bencher: Bencher, question: &str) {
    let style = Style {
        json: false,
        explain: false,
        colour: false,
        language: None,
    };
    bencher.bench(|| {
        let mut out = Vec::new();
        terminal::ask(&EXPERT, question, &style, &mut out).expect("memory takes it");
        out
    });
}
