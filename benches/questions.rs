//! Questions for the benches: those of `tests/questions`, and texts that nobody sends in good faith.

use std::fs;
use std::path::Path;

/// The longest message that Telegram lets through, in characters.
pub(crate) const LONGEST: usize = 4096;

/// The questions of a language whose kind is one of these; all where none is named.
pub(crate) fn questions(language: &str, kinds: &[&str]) -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions");
    let mut files: Vec<_> = fs::read_dir(dir.join(language))
        .expect("the questions stand there")
        .map(|entry| entry.expect("is readable").path())
        .collect();
    files.sort();
    let mut questions = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).expect("is readable");
        for line in text.lines().skip(1) {
            let mut columns = line.split('\t');
            let (question, kind) = (columns.next(), columns.nth(1));
            if kinds.is_empty() || kind.is_some_and(|kind| kinds.contains(&kind)) {
                questions.extend(question.map(str::to_owned));
            }
        }
    }
    questions
}

/// Questions of a language, one after the other, as long as a message may be.
pub(crate) fn long(language: &str) -> String {
    let all = questions(language, &[]).join(" ");
    all.chars().take(LONGEST).collect()
}

/// Questions of a language in which every word is one that no lexicon knows.
pub(crate) fn unknown(language: &str) -> Vec<String> {
    let letters = if language == "en" {
        "bcdfghjklm"
    } else {
        "бвгджзклмн"
    };
    let letters: Vec<char> = letters.chars().collect();
    let word = |mut n: usize| -> String {
        let mut word = String::new();
        for _ in 0..7 {
            word.push(letters[n % letters.len()]);
            n = n / letters.len() + 7 * n % 13;
        }
        word
    };
    (0..200)
        .map(|n| {
            (0..8)
                .map(|k| word(31 * n + 977 * k))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

/// Texts of 4,096 characters made to cost much, each with what it tries.
pub(crate) fn hostile() -> Vec<(&'static str, String)> {
    let filled = |part: &str| part.chars().cycle().take(LONGEST).collect::<String>();
    let distinct = |letters: &str, length: usize| {
        let letters: Vec<char> = letters.chars().collect();
        let mut state = 7_usize;
        let mut text = String::new();
        while text.chars().count() < LONGEST {
            for _ in 0..length {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                text.push(letters[(state >> 33) % letters.len()]);
            }
            text.push(' ');
        }
        text.chars().take(LONGEST).collect::<String>()
    };
    vec![
        ("near keywords", filled("convictde ")),
        ("near keywords, Kazakh", filled("сотталгандардынн ")),
        ("one word", filled("a")),
        ("one word of suffixes", filled("лар")),
        ("hundreds of questions", filled("how many? ")),
        ("hundreds of clauses", filled("how many, ")),
        ("hundreds of cases", filled("how many cases. ")),
        ("starts of phrases", filled("how ")),
        ("numbers", filled("4,623 ")),
        ("one number", filled("1,111")),
        ("letters that become many", filled("ﷺ")),
        ("marks without letters", filled("e\u{301}\u{301}\u{301}")),
        ("no words", filled("?")),
        ("distinct words of 4", distinct("abcdefghijklmnoprstu", 4)),
        ("distinct words of 8", distinct("abcdeghiklmnoprst", 8)),
        ("distinct Cyrillic words", distinct("абдеиклмнорстуы", 8)),
    ]
}
