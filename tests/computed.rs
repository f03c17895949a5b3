//! Figures computed from figures: only where the files relate them and the question names nothing else; always shown as
//! computed, with both sentences.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

use hearing_bot::answer::{Answer, answer};
use hearing_bot::computed::Sum;
use hearing_bot::expert::Expert;
use hearing_bot::knowledge::Folder;

const FERRY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ferry");

fn sum(expert: &Expert, question: &str) -> Option<Sum> {
    let verdict = expert.matcher.ask(question, None);
    match answer(&expert.knowledge, &verdict) {
        Answer::Computed(computed) => Some(computed.sum),
        _ => None,
    }
}

/// The results of questions, `-` where none is given.
#[track_caller]
fn assert_results(expert: &Expert, cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (question, expected) in cases {
        let got = sum(expert, question).map_or("-".to_owned(), |sum| sum.result);
        // A blank that does not break is a blank to people.
        let got = got.replace('\u{a0}', " ");
        if got != *expected {
            wrong.push(format!("{question:?}: wanted {expected}, got {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn shares_rests_and_differences_of_the_hearing() {
    let expert = Expert::load(None).expect("the knowledge is sound");
    assert_results(
        &expert,
        &[
            ("what share of the damage was paid?", "44.5%"),
            (
                "how much compensation is still unpaid?",
                "20.8 billion tenge",
            ),
            ("what percentage was convicted?", "94.9%"),
            ("what share of the convicted went to prison?", "22.0%"),
            ("what percent of the defendants were jailed?", "20.9%"),
            ("what share is 599 of 631?", "94.9%"),
            (
                "how many more were sentenced to restriction of liberty than to prison?",
                "323",
            ),
            ("какую долю ущерба возместили?", "44,5 %"),
            ("какой процент подсудимых осудили?", "94,9 %"),
            ("сколько компенсаций ещё не выплатили?", "20,8 млрд тенге"),
            ("залалдың қанша бөлігі өтелді?", "44,5 %"),
            ("сотталушылардың неше пайызы сотталды?", "94,9 %"),
        ],
    );
}

#[test]
fn what_the_files_do_not_relate_is_not_computed() {
    let expert = Expert::load(None).expect("the knowledge is sound");
    assert_results(
        &expert,
        &[
            // Counted differently.
            ("what share of torture cases ended in convictions?", "-"),
            ("what percent of 329 is 599?", "-"),
            ("what percent of the 800 convicted went to prison?", "-"),
            ("из 800 осуждённых какой процент посадили?", "-"),
            ("what share of the torture cases are against officers?", "-"),
            (
                "what share of people brought to criminal responsibility were convicted?",
                "-",
            ),
            // Something else is asked as well.
            ("what percentage of the convicted were women?", "-"),
            (
                "what share of the 16.7 billion went to businesses in Almaty?",
                "-",
            ),
            ("what share of the compensation went to businesses?", "-"),
            ("what percentage was not convicted?", "-"),
            ("who paid what share of the damage?", "-"),
            ("when will the rest of the compensation be paid?", "-"),
            // Stated, so nothing is computed.
            ("how many people were convicted?", "-"),
        ],
    );
}

#[test]
fn another_hearing_computes_what_its_own_files_relate() {
    let folder = Folder::read(FERRY.as_ref()).expect("the folder is readable");
    let expert = Expert::new(&folder).expect("the knowledge is sound");
    assert_results(
        &expert,
        &[
            (
                "what percentage of the passengers had a season ticket?",
                "25%",
            ),
            (
                "how many more passengers were there in 2023 than in 2022?",
                "6,500",
            ),
            ("what share of the complaints were answered?", "≈ 34.4%"),
            ("what share of the complaints had a bicycle?", "-"),
            ("what percentage of the cost was income?", "-"),
        ],
    );
    let exact = sum(
        &expert,
        "what percentage of the passengers had a season ticket?",
    );
    let exact = exact.expect("a sum");
    assert!(!exact.rounded && !exact.approximate);
    let about = sum(&expert, "what share of the complaints were answered?").expect("a sum");
    assert!(about.rounded && about.approximate);

    // Without the relation there is nothing to compute.
    let mut folder = folder;
    let file = folder
        .files
        .get_mut("facts/season_tickets.toml")
        .expect("it is there");
    let text = String::from_utf8(file.clone()).expect("it is UTF-8");
    *file = text.replace("part_of = \"passengers\"\n", "").into_bytes();
    let expert = Expert::new(&folder).expect("the knowledge is sound");
    assert_results(
        &expert,
        &[(
            "what percentage of the passengers had a season ticket?",
            "-",
        )],
    );
}

#[test]
fn relations_that_mean_nothing_are_faults() {
    let folder = Folder::read(FERRY.as_ref()).expect("the folder is readable");
    for (file, from, to, expected) in [
        (
            "facts/complaints.toml",
            "approximate = true\n",
            "",
            "facts/complaints.toml:1: approximate: `about` stands beside the number",
        ),
        (
            "facts/passengers.toml",
            "after = \"passengers_2022\"",
            "after = \"complaints\"",
            "facts/passengers.toml:15: after: `complaints` counts something else",
        ),
        (
            "facts/passengers.toml",
            "after = \"passengers_2022\"",
            "part_of = \"bicycles\"",
            "facts/passengers.toml:15: part_of: leads back to the fact itself",
        ),
        (
            "gaps/shares.toml",
            "computes = [\"share\"]",
            "computes = [\"shares\"]",
            "gaps/shares.toml:3: unknown variant `shares`",
        ),
    ] {
        let mut folder = folder.clone();
        let bytes = folder.files.get_mut(file).expect("the file is there");
        let text = String::from_utf8(bytes.clone()).expect("it is UTF-8");
        assert!(text.contains(from), "{file} does not hold {from:?}");
        *bytes = text.replacen(from, to, 1).into_bytes();
        let faults = Expert::new(&folder).err().unwrap_or_default();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(
            told.iter().any(|fault| fault.starts_with(expected)),
            "wanted {expected}\ngot {told:#?}"
        );
    }
}

#[test]
fn a_sum_is_marked_as_computed_and_shows_both_sentences() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_hearing-bot"))
        .args(["ask", "what share of the damage was paid?"])
        .env_remove("HEARING_KNOWLEDGE")
        .output()
        .expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("the output is UTF-8");
    for wanted in [
        "44.5%\n16.7 ÷ 37.5 ≈ 44.5%\nComputed from two figures of the source; the source itself does not state it. The result is rounded.",
        "Compensation in the amount of 16.7 billion tenge has been paid out to cover the damages.",
        "businesses suffered damage in the amount of 37.5 billion tenge",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in\n{text}");
    }
}

#[test]
fn json_says_that_the_source_does_not_state_it() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_hearing-bot"))
        .args(["ask", "--json", "what share of the damage was paid?"])
        .env_remove("HEARING_KNOWLEDGE")
        .output()
        .expect("the program runs");
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(line["outcome"], "gap");
    assert_eq!(line["facts"], serde_json::json!(["compensation", "damage"]));
    assert_eq!(line["figure"], serde_json::Value::Null);
    assert_eq!(line["computed"]["result"], "44.5%");
}
