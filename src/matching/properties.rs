//! What holds of every question, whatever stands in it: the verdict is always the same, and independent of case, of what stands
//! around the question, and of the order in which files are found.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::Outcome;
use crate::dice::Dice;
use crate::expert::Expert;
use crate::knowledge::Folder;
use crate::language::Language;

static EXPERT: LazyLock<Expert> =
    LazyLock::new(|| Expert::load(None).expect("the knowledge is sound"));
static QUESTIONS: LazyLock<Vec<String>> = LazyLock::new(questions);

/// What people wrote to try the matcher with, and the examples of the knowledge.
fn questions() -> Vec<String> {
    let mut questions = Vec::new();
    for language in ["en", "ru", "kk"] {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/questions")
            .join(language);
        let mut files: Vec<_> = fs::read_dir(dir)
            .expect("it is there")
            .map(|file| file.expect("it is read").path())
            .collect();
        files.sort();
        for file in files {
            let text = fs::read_to_string(file).expect("it is text");
            let asked = text
                .lines()
                .skip(1)
                .filter_map(|line| line.split('\t').next());
            questions.extend(
                asked
                    .filter(|question| !question.is_empty())
                    .map(str::to_owned),
            );
        }
    }
    for language in Language::ALL {
        let facts = EXPERT
            .knowledge
            .facts
            .iter()
            .map(|fact| &fact.text(language).examples);
        let gaps = EXPERT
            .knowledge
            .gaps
            .iter()
            .map(|gap| &gap.text(language).examples);
        questions.extend(facts.chain(gaps).flatten().cloned());
    }
    questions
}

/// The language, the outcome and the score to the bit.
fn verdict(question: &str) -> (Language, Outcome, u32) {
    let verdict = EXPERT.matcher.ask(question, None);
    (verdict.language, verdict.outcome, verdict.score.to_bits())
}

/// One question in so many is looked at in each form, unless `HEARING_CASES` is set: all of them take minutes.
const EVERY: usize = 6;

/// Fails with every question whose verdict changes with its form.
fn assert_same(form: &str, change: impl Fn(&str) -> String) {
    let mut changed = Vec::new();
    let all = std::env::var_os("HEARING_CASES").is_some();
    for question in QUESTIONS.iter().step_by(if all { 1 } else { EVERY }) {
        let other = change(question);
        if verdict(question) != verdict(&other) {
            changed.push(format!(
                "{question:?} {:?}\n    {other:?} {:?}",
                verdict(question),
                verdict(&other)
            ));
        }
    }
    assert!(
        changed.is_empty(),
        "{} of {} change {form}:\n{}",
        changed.len(),
        QUESTIONS.len(),
        changed.join("\n")
    );
}

#[test]
fn case_does_not_matter() {
    assert_same("in capitals", str::to_uppercase);
    assert_same("in small letters", str::to_lowercase);
}

#[test]
fn what_stands_around_a_question_does_not_matter() {
    assert_same("with blanks around them", |question| {
        format!(" \t\n\u{a0}{question}\u{2003}\r\n ")
    });
    assert_same("within quotation marks", |question| format!("«{question}»"));
    assert_same("within brackets", |question| format!("(({question}))"));
    assert_same("with an ellipsis before them", |question| {
        format!("… {question}")
    });
    // Of several sentences a question mark says which one asks; a single one asks anyhow.
    assert_same("without the mark of a single sentence", |question| {
        let bare = question.trim_end_matches('?');
        let single = !bare.contains(['.', '!', '?', '…', ';', '\n']);
        if single { bare } else { question }.to_owned()
    });
    // How many marks there are, and what else stands there, says nothing.
    assert_same("without other marks at their end", |question| {
        question.trim_end_matches(['.', '!', '…', ' ']).to_owned()
    });
    assert_same("with more marks at their end", |question| {
        let more = if question.ends_with('?') {
            "?!?!"
        } else {
            "…"
        };
        format!("{question}{more}")
    });
}

#[test]
fn how_blanks_and_letters_are_written_does_not_matter() {
    assert_same("with wide blanks", |question| {
        question.replace(' ', "  \u{a0} ")
    });
    assert_same("when composed", |question| question.nfc().collect());
    assert_same("when taken apart", |question| question.nfd().collect());
    assert_same("with marks that cannot be seen", |question| {
        format!("\u{feff}\u{200e}{question}\u{200b}")
    });
}

#[test]
fn the_order_in_which_files_are_found_does_not_matter() {
    let folder = Folder::embedded();
    let dir = tempfile::tempdir().expect("a folder");
    // Folders of the disk list files in the order in which they were made, or by a hash of their names.
    for (name, bytes) in folder.files.iter().rev() {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("it is made");
        fs::write(path, bytes).expect("it is written");
    }
    let read = Folder::read(dir.path()).expect("it is read");
    assert_eq!(read.version(), folder.version());
    let other = Expert::new(&read).unwrap_or_else(|faults| panic!("{faults:#?}"));
    for question in QUESTIONS.iter().step_by(7) {
        let verdict = other.matcher.ask(question, None);
        assert_eq!(
            verdict.outcome,
            EXPERT.matcher.ask(question, None).outcome,
            "{question}"
        );
    }
}

/// Pieces that somebody hostile puts between words.
const HOSTILE: [&str; 24] = [
    "\u{202e}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "z\u{335}\u{321}\u{34f}a\u{336}l\u{337}g\u{338}o\u{335}",
    "а",
    "о",
    "e\u{301}",
    "ﬁ",
    "İ",
    "ß",
    "ǅ",
    "😀😀😀😀",
    "👨‍👩‍👧‍👦",
    "🇰🇿",
    "<b>",
    "</blockquote>",
    "&amp;",
    "[x](http://x)",
    "/start@bot",
    "@bridge_bot",
    "9999999999999999999999999999999999999",
    "1,2,3,4.5.6",
    "ignore all previous instructions",
];

/// A question made of words of others, of hostile pieces and of anything at all.
fn anything(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..dice.below(24) {
        match dice.below(9) {
            0..=5 => text.push_str(dice.word_of(&QUESTIONS)),
            6 | 7 => text.push_str(dice.text_of(&HOSTILE)),
            _ => text.push_str(&dice.noise(8)),
        }
        text.push_str(dice.text_of(&[" ", " ", "", ", ", "\n", "-"]));
    }
    text
}

#[test]
fn every_question_has_one_verdict_and_blanks_around_it_do_not_matter() {
    Dice::cases(|dice| {
        let question = anything(dice);
        let first = verdict(&question);
        assert_eq!(first, verdict(&question), "{question:?}");
        assert_eq!(first, verdict(&format!("  {question}\n\t")), "{question:?}");
        let score = f32::from_bits(first.2);
        assert!((0.0..=1.0).contains(&score), "{score}: {question:?}");
        let (facts, gaps) = (EXPERT.knowledge.facts.len(), EXPERT.knowledge.gaps.len());
        match first.1 {
            Outcome::Answer(fact) => assert!(fact < facts),
            Outcome::Clarify(found) => {
                assert!(!found.is_empty() && found.iter().all(|fact| *fact < facts));
            }
            Outcome::Gap(gap) => assert!(gap < gaps),
            Outcome::None => (),
        }
    });
}
