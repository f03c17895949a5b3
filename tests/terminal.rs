//! The built program in a terminal: what it prints, on which stream, and its exit codes.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod support;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use support::copy;

/// Runs the program with arguments and standard input.
fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hearing-bot"))
        .args(args)
        .env_remove("HEARING_KNOWLEDGE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the input was written");
    output
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the messages are UTF-8")
}

fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).expect("the line is JSON")
}

#[test]
fn a_question_is_answered_with_figure_sentence_speaker_and_source() {
    let output = run(&["ask", "how many people were convicted?"], b"");
    assert!(output.status.success());
    insta::assert_snapshot!(stdout(&output), @r"
    599 – persons convicted, of 631 brought to trial

      He said: “631 defendants have been brought to trial. Of these, 599 persons were convicted, including 455 to restriction of liberty, 132 to imprisonment, six to community service and six to a fine.”

    Said by Marat Akhmetzhanov, Minister of Internal Affairs of Kazakhstan, at the hearing of 5 January 2023.
    Source: El.kz, citing primeminister.kz, 11 January 2023.
    ");
    assert_eq!(stderr(&output), "");
}

#[test]
fn an_answer_in_another_language_has_the_sentence_and_its_translation() {
    let output = run(&["ask", "сколько человек осуждено?"], b"");
    insta::assert_snapshot!(stdout(&output), @r"
    599 – осуждённые, из 631 подсудимого

      He said: “631 defendants have been brought to trial. Of these, 599 persons were convicted, including 455 to restriction of liberty, 132 to imprisonment, six to community service and six to a fine.”

    Перевод:
      Он сказал: «Перед судом предстал 631 подсудимый. Из них осуждены 599 человек, в том числе 455 — к ограничению свободы, 132 — к лишению свободы, шесть — к общественным работам и шесть — к штрафу».

    Кто это сказал: Марат Ахметжанов, министр внутренних дел Казахстана; слушания 5 января 2023 года.
    Источник: El.kz со ссылкой на primeminister.kz, 11 января 2023 года.
    ");
}

#[test]
fn what_the_source_does_not_say_gets_no_figure() {
    let output = run(&["ask", "how many people were killed?"], b"");
    insta::assert_snapshot!(stdout(&output));
    assert!(!stdout(&output).contains(|c: char| c.is_ascii_digit()));
}

#[test]
fn json_has_the_fields_of_the_contract() {
    let line = json(&stdout(&run(
        &["ask", "--json", "number of convictions"],
        b"",
    )));
    let keys: Vec<&String> = line.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        [
            "facts", "figure", "language", "outcome", "question", "quote", "score"
        ]
    );
    assert_eq!(line["outcome"], "answer");
    assert_eq!(line["facts"], serde_json::json!(["convictions"]));
    assert_eq!(line["figure"], "599");

    let line = json(&stdout(&run(
        &["ask", "--json", "what is the death toll?"],
        b"",
    )));
    assert_eq!(line["outcome"], "gap");
    assert_eq!(line["figure"], serde_json::Value::Null);

    let line = json(&stdout(&run(
        &["ask", "--json", "who from the KNB is on trial?"],
        b"",
    )));
    assert_eq!(
        line["figure"],
        serde_json::json!(["Karim Massimov", "Anuar Sadykulov", "Daulet Yergozhin"])
    );
}

#[test]
fn questions_on_standard_input_stream_line_by_line() {
    let output = run(
        &["ask", "--json"],
        "how many were convicted?\r\n\n\u{1f64f}\nсколько дел о пытках?".as_bytes(),
    );
    let lines: Vec<serde_json::Value> = stdout(&output).lines().map(json).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["question"], "how many were convicted?");
    assert_eq!(lines[0]["outcome"], "answer");
    assert_eq!(lines[1]["outcome"], "none");
    assert_eq!(lines[2]["outcome"], "none");
    assert_eq!(lines[3]["language"], "ru");
    assert_eq!(lines[3]["facts"], serde_json::json!(["torture"]));
}

#[test]
fn bad_input_is_answered_politely() {
    let long = "how many ".repeat(1200);
    let cases: [&[u8]; 7] = [
        b"",
        b"   \t ",
        b"\xff\xfe broken \xc3\x28",
        "\u{202e}\u{200b}\u{0}\u{7}".as_bytes(),
        "🙏🙏🙏".as_bytes(),
        b"<b>how many</b> <script>",
        long.as_bytes(),
    ];
    for case in cases {
        let mut input = case.to_vec();
        input.push(b'\n');
        let output = run(&["ask", "--json"], &input);
        assert!(output.status.success(), "{case:?}");
        let lines: Vec<_> = stdout(&output).lines().map(json).collect();
        assert_eq!(lines.len(), 1, "{case:?}");
        assert_eq!(lines[0]["figure"], serde_json::Value::Null, "{case:?}");
        assert_eq!(stderr(&output), "", "{case:?}");
    }
}

#[test]
fn facts_are_listed_as_the_contract_says() {
    let facts = json(&stdout(&run(&["facts", "--json"], b"")));
    let facts = facts.as_array().expect("an array");
    assert_eq!(facts.len(), 31);
    for fact in facts {
        for key in [
            "id", "command", "topic", "figure", "quote", "speaker", "title", "keywords", "examples",
        ] {
            assert!(fact.get(key).is_some(), "{} has no {key}", fact["id"]);
        }
        for key in ["title", "keywords", "examples"] {
            for language in ["en", "ru", "kk"] {
                assert!(
                    fact[key].get(language).is_some(),
                    "{} {key} {language}",
                    fact["id"]
                );
            }
        }
        let quote = fact["quote"].as_str().expect("a string");
        let figures = match &fact["figure"] {
            serde_json::Value::Array(figures) => figures.clone(),
            figure => vec![figure.clone()],
        };
        for figure in figures {
            assert!(
                quote.contains(figure.as_str().expect("a string")),
                "{}: {figure}",
                fact["id"]
            );
        }
    }
    let listed = stdout(&run(&["facts"], b""));
    assert!(
        listed.contains("convictions") && listed.contains("599"),
        "{listed}"
    );
}

#[test]
fn check_says_that_the_knowledge_is_sound() {
    let output = run(&["check"], b"");
    assert!(output.status.success());
    assert!(
        stdout(&output).starts_with("the knowledge is sound: 31 facts, "),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_conversation_ends_with_an_empty_line() {
    let output = run(&["chat"], b"how many got amnesty?\n\nnever read\n");
    assert!(output.status.success());
    assert!(stdout(&output).contains("1,095"), "{}", stdout(&output));
}

#[test]
fn explain_shows_words_concepts_and_candidates() {
    let text = stdout(&run(
        &["ask", "--explain", "how many people were convicted?"],
        b"",
    ));
    for wanted in [
        "language: en",
        "convicted = convicted",
        "convictions",
        "verdict: answer convictions",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in\n{text}");
    }
}

#[test]
fn eval_prints_the_figures_by_kind() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("questions.tsv");
    let questions = "question\tlabel\tkind\nhow many were convicted?\tconvictions\tplain\n\
                     how many died?\tnone\tnear\nhow many were convicted?\ttorture\tplain\n";
    std::fs::write(&file, questions).expect("the file is written");
    let path = file.to_str().expect("the path is UTF-8");
    let output = run(&["eval", "--wrong", path], b"");
    insta::assert_snapshot!(stdout(&output));
    assert_eq!(
        run(&["eval", "--floor", "0.9", path], b"").status.code(),
        Some(1)
    );

    std::fs::write(&file, "question\tlabel\tkind\na\tnonsense\tplain\n")
        .expect("the file is written");
    let output = run(&["eval", path], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("questions.tsv:2: label: `nonsense` is neither"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn failures_are_one_clear_line_and_an_exit_code() {
    let output = run(&["--knowledge", "/nowhere", "check"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("cannot read `/nowhere`"),
        "{}",
        stderr(&output)
    );

    assert_eq!(
        run(&["ask", "--language", "de", "wie viele?"], b"")
            .status
            .code(),
        Some(2)
    );
    assert_eq!(run(&["nonsense"], b"").status.code(), Some(2));
    assert_eq!(run(&[], b"").status.code(), Some(2));
}

#[test]
fn a_broken_folder_stops_with_every_fault() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge")),
        dir.path(),
    );
    for (file, from, to) in [
        (
            "facts/amnesty.toml",
            "figure = \"1,095\"",
            "figure = \"1,059\"",
        ),
        (
            "facts/torture.toml",
            "speaker = \"asylov\"",
            "speaker = \"asilov\"",
        ),
    ] {
        let path = dir.path().join(file);
        let text = std::fs::read_to_string(&path)
            .expect("the file is there")
            .replacen(from, to, 1);
        std::fs::write(&path, text).expect("the file is written");
    }
    let dir = dir.path().to_str().expect("the path is UTF-8");
    for command in [
        &["--knowledge", dir, "check"][..],
        &["--knowledge", dir, "ask", "how many?"],
    ] {
        let output = run(command, b"");
        assert_eq!(output.status.code(), Some(1));
        let lines: Vec<String> = stderr(&output).lines().map(str::to_owned).collect();
        assert!(
            lines[0].starts_with("hearing-bot: facts/amnesty.toml:4: figure: "),
            "{lines:?}"
        );
        assert!(
            lines
                .iter()
                .any(|line| line.contains("facts/torture.toml:8: speaker: ")),
            "{lines:?}"
        );
        assert!(!stderr(&output).contains("panicked"));
    }
}

#[test]
fn a_good_folder_may_be_given() {
    let output = run(
        &[
            "--knowledge",
            concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge"),
            "ask",
            "--json",
            "599",
        ],
        b"",
    );
    assert_eq!(
        json(&stdout(&output))["facts"],
        serde_json::json!(["convictions"])
    );
}
