//! Questions that people sent: grouped, and every line that is offered does what it says once it is pasted.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use crate::{FERRY, copy, on_the_ferry, program, run, words};

fn asked(dir: &Path, questions: &str) -> String {
    let path = dir.join("asked.txt");
    std::fs::write(&path, questions).expect("the questions are written");
    path.to_str().expect("the path is UTF-8").to_owned()
}

#[test]
fn questions_are_grouped_by_verdict_and_what_needs_work_comes_first() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = asked(
        dir.path(),
        "how many passengers used it?\n\n  how many voyagers were there?  \nhow many passengers drowned?\n\
         how many voyagers were there?\nсколько было пассажиров?\nwhat share of the passengers had a season ticket?\n",
    );
    let review = on_the_ferry(&["review", &file]);
    let headings: Vec<&str> = review
        .lines()
        .filter_map(|line| line.strip_prefix("== "))
        .collect();
    assert_eq!(
        headings,
        [
            "nothing found; no lexicon knows \"voyagers\"",
            "computed, in place of the gap shares",
            "the source does not say it: the gap accidents",
            "answered by the fact passengers",
        ]
    );
    for wanted in [
        "questions: 6; answered 2, \"do you mean\" 0, computed 1, not said by the source 1, nothing found 2\n",
        "  how many voyagers were there? (×2)\n",
        "facts/passengers.toml, [en], after `examples = [`\n    \"how many passengers used it?\",\n",
        "gaps/accidents.toml, [en], after `examples = [`\n    \"how many passengers drowned?\",\n",
    ] {
        assert!(review.contains(wanted), "{wanted} is not in\n{review}");
    }
    // Already an example.
    assert!(!review.contains("\"сколько было пассажиров?\""), "{review}");
}

#[test]
fn a_keyword_that_is_pasted_does_what_was_promised() {
    let dir = tempfile::tempdir().expect("a folder");
    let question = "how many voyagers were there?";
    let file = asked(dir.path(), question);
    let review = on_the_ferry(&["review", &file]);
    let offer = "lexicon/en.toml, that concept, after `keywords = [`\n    \"voyagers\",\n";
    assert!(review.contains(offer), "{review}");
    let reached = "\n      passenger: then it reaches the fact passengers\n";
    assert!(review.contains(reached), "{review}");

    let ferry = dir.path().join("ferry");
    std::fs::create_dir(&ferry).expect("the folder is made");
    copy(Path::new(FERRY), &ferry);
    let lexicon = ferry.join("lexicon/en.toml");
    let text = std::fs::read_to_string(&lexicon).expect("the lexicon is there");
    let key = "\npassenger = { keywords = [";
    std::fs::write(&lexicon, text.replace(key, &format!("{key}\"voyagers\",")))
        .expect("it is written");
    let ferry = ferry.to_str().expect("the path is UTF-8");
    let output = run(&["--knowledge", ferry, "ask", "--json", question]);
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(line["facts"][0], "passengers", "{}", words(&output));
}

#[test]
fn a_gap_that_is_pasted_passes_the_check_once_its_dots_are_filled_in() {
    let dir = tempfile::tempdir().expect("a folder");
    let question = "who fixed the bicycles?";
    let file = asked(dir.path(), question);
    let review = on_the_ferry(&["review", &file]);
    let start = "a new file gaps/bicycle_repair.toml\n";
    let (_, gap) = review
        .split_once(start)
        .unwrap_or_else(|| panic!("{review}"));
    let gap = gap.replacen(
        "examples = []",
        "examples = [\"кто занимался ремонтом велосипедов?\"]",
        1,
    );
    let gap = gap.replacen(
        "examples = []",
        "examples = [\"велосипед жөндеуді кім жасады?\"]",
        1,
    );

    let ferry = dir.path().join("ferry");
    std::fs::create_dir(&ferry).expect("the folder is made");
    copy(Path::new(FERRY), &ferry);
    std::fs::write(ferry.join("gaps/bicycle_repair.toml"), gap).expect("it is written");
    let ferry = ferry.to_str().expect("the path is UTF-8");
    let output = run(&["--knowledge", ferry, "check"]);
    assert!(output.status.success(), "{}\n{review}", words(&output));
    let output = run(&["--knowledge", ferry, "ask", "--json", question]);
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(line["outcome"], "gap", "{}", words(&output));
}

#[test]
fn questions_may_come_from_a_pipe_and_a_missing_file_is_one_line() {
    let mut child = program()
        .args(["--knowledge", FERRY, "review", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("its input is piped");
    input
        .write_all(b"how many boats?\n\xff\xfe\n")
        .expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert!(
        words(&output).starts_with("questions: 2;"),
        "{}",
        words(&output)
    );

    let output = run(&["review", "/nowhere/asked.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(words(&output).lines().count(), 1, "{}", words(&output));
    assert!(words(&output).contains("cannot read /nowhere/asked.txt"));
}
