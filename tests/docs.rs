//! The guide for curators: every sample in it is one of a folder that loads, every command in it prints what it says, and
//! no field is left out.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::process::Command;

use hearing_bot::expert::Expert;
use hearing_bot::knowledge::Folder;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn guide() -> String {
    std::fs::read_to_string(format!("{ROOT}/docs/knowledge.md")).expect("the guide is there")
}

/// The fenced blocks of the guide in a language, each with the line that stands before it and the line it begins at.
fn blocks(guide: &str, language: &str) -> Vec<(String, usize, String)> {
    let mut blocks = Vec::new();
    let mut title = String::new();
    let mut lines = guide.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line == format!("```{language}") {
            let body: Vec<&str> = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| *line != "```")
                .collect();
            blocks.push((title.clone(), number + 1, body.join("\n")));
        } else if !line.is_empty() {
            line.clone_into(&mut title);
        }
    }
    blocks
}

#[test]
fn the_folder_of_the_samples_loads() {
    let folder = Folder::read(format!("{ROOT}/tests/fixtures/ferry").as_ref());
    let folder = folder.expect("the folder is readable");
    let faults = Expert::new(&folder).err().unwrap_or_default();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_sample_stands_in_that_folder() {
    let samples = blocks(&guide(), "toml");
    assert!(samples.len() >= 8, "only {} samples", samples.len());
    for (title, line, sample) in samples {
        let file = title.trim_matches('`');
        let text = std::fs::read_to_string(format!("{ROOT}/tests/fixtures/ferry/{file}"));
        let text = text.unwrap_or_else(|_| {
            panic!("docs/knowledge.md:{line}: `{title}` names no file of tests/fixtures/ferry")
        });
        assert!(
            text.contains(&sample),
            "docs/knowledge.md:{line}: is not what stands in {file}:\n{sample}"
        );
    }
}

#[test]
fn every_command_prints_what_the_guide_says() {
    let sessions = blocks(&guide(), "console");
    assert!(!sessions.is_empty());
    for (_, line, session) in sessions {
        let (command, expected) = session.split_once('\n').expect("a command and its output");
        let command = command
            .strip_prefix("$ hearing-bot ")
            .expect("a command of the program");
        let mut arguments: Vec<&str> = Vec::new();
        for (position, part) in command.split('"').enumerate() {
            match position % 2 {
                0 => arguments.extend(part.split_whitespace()),
                _ => arguments.push(part),
            }
        }
        let output = Command::new(env!("CARGO_BIN_EXE_hearing-bot"))
            .args(&arguments)
            .current_dir(ROOT)
            .env_remove("HEARING_KNOWLEDGE")
            .output()
            .expect("the program runs");
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8(printed).expect("the output is UTF-8");
        assert_eq!(
            printed.trim_end(),
            expected.trim_end(),
            "docs/knowledge.md:{line}"
        );
    }
}

#[test]
fn every_field_is_explained() {
    let guide = guide();
    let schema = [
        include_str!("../src/knowledge/schema/hearing.rs"),
        include_str!("../src/knowledge/schema/fact.rs"),
        include_str!("../src/knowledge/schema/gap.rs"),
        include_str!("../src/knowledge/schema/rules.rs"),
        include_str!("../src/knowledge/schema/lexicon.rs"),
    ];
    let fields = schema.iter().flat_map(|file| file.lines());
    let fields = fields.filter_map(|line| {
        let (name, _) = line.strip_prefix("    pub ")?.split_once(':')?;
        if name.contains('(') {
            return None;
        }
        // Written as dates, `match` and `a|b + c` in the files.
        let inner = ["year", "month", "day", "rules", "groups", "id"];
        (!inner.contains(&name) && !name.starts_with("fn ")).then_some(name)
    });
    let missing: Vec<&str> = fields
        .filter(|field| {
            let written = [
                format!("{field} ="),
                format!(".{field}]"),
                format!("[{field}]"),
                format!("[{field}."),
                format!("[[{field}]]"),
                format!("`{field}`"),
            ];
            !written.iter().any(|form| guide.contains(form))
        })
        .collect();
    assert!(missing.is_empty(), "not in docs/knowledge.md: {missing:?}");
}
