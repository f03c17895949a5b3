//! Another hearing is another folder: the built program answers about it, and the code knows nothing of the one it carries.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use hearing_bot::expert::Expert;
use hearing_bot::knowledge::Folder;
use hearing_bot::language::Language;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn ask(question: &str) -> serde_json::Value {
    let output = Command::new(env!("CARGO_BIN_EXE_hearing-bot"))
        .args([
            "--knowledge",
            "tests/fixtures/ferry",
            "ask",
            "--json",
            question,
        ])
        .current_dir(ROOT)
        .output()
        .expect("the program runs");
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

#[test]
fn it_answers_in_three_languages_and_is_silent_where_it_should_be() {
    for (question, language, outcome, facts, figure) in [
        (
            "how many pasengers were there?",
            "en",
            "answer",
            &["passengers"][..],
            Some("48,200"),
        ),
        (
            "how many passengers were there in 2022?",
            "en",
            "answer",
            &["passengers_2022"],
            Some("41,700"),
        ),
        (
            "how much did tickets bring in?",
            "en",
            "answer",
            &["income"],
            Some("6.4 million crowns"),
        ),
        (
            "what is 12,050?",
            "en",
            "answer",
            &["season_tickets"],
            Some("12,050"),
        ),
        (
            "сколько стоил ремонт причала?",
            "ru",
            "answer",
            &["pier_repair", "pier_repair_minutes"],
            Some("2.5 million crowns"),
        ),
        (
            "skolko bylo passazhirov",
            "ru",
            "answer",
            &["passengers"],
            Some("48,200"),
        ),
        (
            "қанша шағымға жауап берілді?",
            "kk",
            "answer",
            &["complaints_answered"],
            Some("About 310"),
        ),
        (
            "how many accidents were there?",
            "en",
            "gap",
            &["complaints"],
            None,
        ),
        ("сколько стоит билет?", "ru", "gap", &["income"], None),
        ("what is the weather tomorrow?", "en", "none", &[], None),
        // Nothing of the hearing that the program carries.
        ("how many people were convicted?", "en", "none", &[], None),
    ] {
        let line = ask(question);
        assert_eq!(line["outcome"], outcome, "{question}: {line}");
        assert_eq!(line["language"], language, "{question}: {line}");
        assert_eq!(
            line["facts"],
            serde_json::json!(facts),
            "{question}: {line}"
        );
        assert_eq!(
            line["figure"],
            serde_json::json!(figure),
            "{question}: {line}"
        );
    }
}

#[test]
fn two_sources_that_differ_are_both_shown() {
    for command in [
        &["how much was the repair of the pier?"][..],
        &["сколько стоил ремонт причала?"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_hearing-bot"))
            .args([
                "--knowledge",
                "tests/fixtures/ferry",
                "ask",
                "--language",
                "en",
            ])
            .args(command)
            .current_dir(ROOT)
            .output()
            .expect("the program runs");
        let text = String::from_utf8(output.stdout).expect("it is UTF-8");
        insta::allow_duplicates! {
            insta::assert_snapshot!(text, @r"
            2.5 million crowns – what the repair of the pier cost

              The repair of the pier cost 2.5 million crowns.

            The article attributes this sentence to no speaker. The hearing was on 14 May 2024.
            Source: The Lakeside Courier, 18 May 2024.

            Another source differs:

            2.3 million crowns – what the repair of the pier cost, by the minutes

              Mr Vale stated that the repair of the pier cost 2.3 million crowns.

            Said by Tom Vale, treasurer, at the hearing of 14 May 2024.
            Source: the town council, 21 May 2024.
            ");
        }
    }
    let line = ask("how much was the repair of the pier?");
    assert_eq!(line["differing"][0]["figure"], "2.3 million crowns");
}

#[test]
fn every_source_is_pinned_and_every_quote_stands_in_its_own() {
    let folder = Folder::read(format!("{ROOT}/tests/fixtures/ferry").as_ref());
    let folder = folder.expect("the folder is readable");
    let minutes = "facts/pier_repair_minutes.toml";
    for (file, from, to, expected) in [
        (
            "minutes.txt",
            "2.3",
            "2.4",
            "hearing.toml:28: sources.minutes.sha256: does not match `minutes.txt`",
        ),
        (
            minutes,
            "source = \"minutes\"\n",
            "",
            "facts/pier_repair_minutes.toml:6: quote: does not stand in the source",
        ),
        (
            minutes,
            "source = \"minutes\"",
            "source = \"minuets\"",
            "facts/pier_repair_minutes.toml:9: source: `minuets` is not one of the [sources] of hearing.toml (did you mean `minutes`?)",
        ),
        (
            minutes,
            "differs_from = \"pier_repair\"",
            "differs_from = \"pier\"",
            "facts/pier_repair_minutes.toml:11: differs_from: `pier` is not a fact",
        ),
        (
            "facts/income.toml",
            "speaker = \"none\"",
            "speaker = \"none\"\ndiffers_from = \"running_cost\"",
            "facts/income.toml:8: differs_from: `running_cost` is of the same source",
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

/// The Rust code and the texts of the program, without the tests that stand beside the code.
fn code(dir: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(dir).expect("the folder is readable") {
        let path = entry.expect("the entry is readable").path();
        let name = path.display().to_string();
        if path.is_dir() {
            code(&path, found);
        } else if !name.ends_with("tests.rs") && !name.ends_with("testing.rs") {
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            let text = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default();
            let lines = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            found.push((name, lines.collect::<Vec<_>>().join("\n").to_lowercase()));
        }
    }
}

#[test]
fn no_id_word_or_count_of_the_hearing_stands_in_the_code() {
    let expert = Expert::load(None).expect("the knowledge is sound");
    let knowledge = &expert.knowledge;
    let mut words: BTreeSet<String> = BTreeSet::new();
    for fact in &knowledge.facts {
        // Figures of one or two digits are any number, and ids that are plain English words of the program are no sign.
        words.extend(
            fact.figure
                .iter()
                .filter(|figure| figure.len() > 2)
                .cloned(),
        );
        words.extend(
            fact.value
                .map(|value| value.to_string())
                .filter(|value| value.len() > 2),
        );
        words.insert(format!("\"{}\"", fact.id));
    }
    words.extend(knowledge.gaps.iter().map(|gap| format!("\"{}\"", gap.id)));
    words.extend(knowledge.speakers.keys().cloned());
    words.extend(
        knowledge
            .topics
            .iter()
            .map(|topic| format!("\"{}\"", topic.id)),
    );
    for text in [
        &knowledge.source.headline,
        knowledge.source.publisher.get(Language::En),
    ] {
        words.insert(text.clone());
    }
    for word in [
        "mazhilis",
        "mäjilis",
        "tokayev",
        "massimov",
        "january events",
        "amnesty",
        "torture",
        "convict",
        "el.kz",
    ] {
        words.insert(word.to_owned());
    }
    // Round numbers are no count of anything.
    words.retain(|word| !word.chars().all(|c| c == '0' || c == '1'));
    // Words that the program itself needs.
    for own in ["\"hearing\"", "\"source\"", "\"general\""] {
        words.remove(own);
    }
    let mut files = Vec::new();
    code(&Path::new(ROOT).join("src"), &mut files);
    assert!(files.len() > 30, "only {} files", files.len());
    let mut found = Vec::new();
    for (file, text) in &files {
        for word in words.iter().map(|word| word.to_lowercase()) {
            let whole = |(at, _): (usize, &str)| {
                let before = text[..at].chars().next_back();
                let after = text[at + word.len()..].chars().next();
                let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '_');
                !(word.chars().all(|c| c.is_ascii_digit()) && (is_digit(before) || is_digit(after)))
            };
            if text.match_indices(word.as_str()).any(whole) {
                found.push(format!("{file}: {word}"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
