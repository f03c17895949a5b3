//! A new folder, and checks that repeat themselves.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::{program, run, words};

/// Far longer than any of this takes; only a test that would hang waits for it.
const PATIENCE: Duration = Duration::from_mins(1);

fn source(dir: &Path, text: &str) -> String {
    let path = dir.join("report.txt");
    std::fs::write(&path, text).expect("the source is written");
    path.to_str().expect("the path is UTF-8").to_owned()
}

/// Makes a folder and asks it one question.
fn new_and_ask(text: &str, options: &[&str], question: &str) -> serde_json::Value {
    let dir = tempfile::tempdir().expect("a folder");
    let source = source(dir.path(), text);
    let made = dir.path().join("made");
    let made = made.to_str().expect("the path is UTF-8");
    let mut args = vec!["new", made, "--source", &source, "--date", "2024-05-14"];
    args.extend(options);
    let output = run(&args);
    assert!(output.status.success(), "{}", words(&output));
    let output = run(&["--knowledge", made, "check"]);
    assert!(output.status.success(), "{}", words(&output));
    assert!(
        words(&output).contains("to do: facts/first.toml: "),
        "{}",
        words(&output)
    );
    let output = run(&["--knowledge", made, "ask", "--json", question]);
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

const REPORT: &str = "What the ferry costs\n\nThe committee met. It heard that 48,200 passengers used \
                      the ferry, of whom 12,050 had season tickets. “We are glad,” said the director.\n";

#[test]
fn a_new_folder_passes_the_check_and_answers_at_once() {
    let line = new_and_ask(REPORT, &["--language", "en"], "how many passengers?");
    assert_eq!(line["outcome"], "answer");
    assert_eq!(line["figure"], "48,200");
    assert_eq!(
        line["quote"],
        "It heard that 48,200 passengers used the ferry, of whom 12,050 had season tickets."
    );

    let options = [
        "--language",
        "en",
        "--sentence",
        "of whom 12,050",
        "--figure",
        "12,050",
        "--keyword",
        "en=season tickets",
        "--keyword",
        "ru=абонемент",
        "--keyword",
        "kk=абонемент",
        "--publisher",
        "The \"Courier\"",
    ];
    let line = new_and_ask(REPORT, &options, "сколько абонементов?");
    assert_eq!(
        (&line["language"], &line["figure"]),
        (&"ru".into(), &"12,050".into())
    );
}

#[test]
fn a_source_may_be_russian_or_kazakh() {
    let text = "Заголовок\n\nКомитет заслушал директора. Паром перевёз 48 200 пассажиров.\n";
    let line = new_and_ask(text, &["--language", "ru"], "сколько пассажиров?");
    assert_eq!(
        (&line["outcome"], &line["figure"]),
        (&"answer".into(), &"48 200".into())
    );

    let text = "Тақырып\n\nКомитет жиналды. Паром 48 200 жолаушыны тасыды.\n";
    let line = new_and_ask(text, &["--language", "kk"], "қанша жолаушыны?");
    assert_eq!(
        (&line["outcome"], &line["figure"]),
        (&"answer".into(), &"48 200".into())
    );
}

#[test]
fn what_does_not_fit_is_told_and_nothing_is_written() {
    let dir = tempfile::tempdir().expect("a folder");
    let source = source(dir.path(), REPORT);
    let made = dir.path().join("made");
    let path = made.to_str().expect("the path is UTF-8");
    for (options, code, problem) in [
        (
            &["--sentence", "no such words"][..],
            2,
            "no sentence of the source holds `no such words`",
        ),
        (&["--figure", "7"], 2, "`7` does not stand in the sentence"),
        (
            &["--sentence", "The committee met"],
            2,
            "the sentence holds no number",
        ),
        (&["--keyword", "de=Schiff"], 2, "`de` is not a language"),
        (&["--keyword", "en="], 2, "holds no word"),
        (&["--date", "yesterday"], 2, "`yesterday` is not a day"),
        (&["--keyword", "en=how many"], 1, "nothing was written"),
    ] {
        let mut args = vec!["new", path, "--source", &source, "--language", "en"];
        if options[0] != "--date" {
            args.extend(["--date", "2024-05-14"]);
        }
        args.extend(options);
        let output = run(&args);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{options:?}: {}",
            words(&output)
        );
        assert!(
            words(&output).contains(problem),
            "{options:?}: {}",
            words(&output)
        );
        assert_eq!(words(&output).lines().count(), 1, "{}", words(&output));
        assert!(!made.exists(), "{options:?}");
    }
    // Nothing that is there is overwritten.
    let here = dir.path().to_str().expect("the path is UTF-8");
    let output = run(&[
        "new",
        here,
        "--source",
        &source,
        "--language",
        "en",
        "--date",
        "2024-05-14",
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        words(&output).contains("there are files in it"),
        "{}",
        words(&output)
    );
}

/// The program while it watches a folder; ended when dropped.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(dir: &Path) -> Self {
        let mut child = program()
            .args([
                "--knowledge",
                dir.to_str().expect("the path is UTF-8"),
                "check",
                "--watch",
            ])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let out = child.stdout.take().expect("its output is piped");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, lines }
    }

    /// Waits for a line that begins so.
    #[track_caller]
    fn says(&self, start: &str) {
        let mut seen = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.starts_with(start) => return,
                Ok(line) => seen.push(line),
                Err(error) => panic!("{error}: waited for `{start}`, got {seen:#?}"),
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_watched_folder_is_checked_again_after_every_change() {
    let dir = tempfile::tempdir().expect("a folder");
    let source = source(dir.path(), REPORT);
    let made = dir.path().join("made");
    let path = made.to_str().expect("the path is UTF-8");
    let output = run(&[
        "new",
        path,
        "--source",
        &source,
        "--language",
        "en",
        "--date",
        "2024-05-14",
    ]);
    assert!(output.status.success(), "{}", words(&output));

    let watching = Watching::start(&made);
    watching.says("the knowledge is sound: 1 facts, 1 gaps");
    let fact = made.join("facts/first.toml");
    let sound = std::fs::read_to_string(&fact).expect("the fact is there");
    std::fs::write(&fact, sound.replace("\"none\"", "\"nobody\"")).expect("it is written");
    watching.says("facts/first.toml:");
    watching.says("faults: 1");
    std::fs::write(&fact, sound).expect("it is written");
    watching.says("the knowledge is sound: 1 facts, 1 gaps");
    std::fs::remove_dir_all(&made).expect("the folder is removed");
    watching.says("cannot read `");

    assert_eq!(run(&["check", "--watch"]).status.code(), Some(2));
}
