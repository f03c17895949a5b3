//! Words as they are inflected in sentences, and the concepts that they stand for. The tables were written by someone who had
//! not seen the lexicons; forms that they do not know, or read as another concept, were left out.

#![allow(clippy::expect_used)]

use std::path::Path;

use hearing_bot::expert::Expert;
use hearing_bot::language::Language;

/// The concepts that a single word stands for, as `--explain` names them.
fn concepts(expert: &Expert, language: Language, word: &str) -> Vec<String> {
    let explained = expert
        .matcher
        .explain(&expert.knowledge, word, Some(language));
    let meanings = explained
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(_, meaning)| meaning);
    meanings
        .flat_map(|meaning| meaning.split([' ', ',']))
        .map(str::to_owned)
        .collect()
}

fn every_form_is_known(language: Language) {
    let expert = Expert::load(None).expect("the knowledge is sound");
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/inflections/{language}.tsv"));
    let table = std::fs::read_to_string(path).expect("the table can be read");
    let mut forms = 0;
    let mut wrong = Vec::new();
    for line in table.lines().skip(1) {
        let (concept, words) = line.split_once('\t').expect("two columns");
        for word in words.split(' ') {
            forms += 1;
            let found = concepts(&expert, language, word);
            if !found.iter().any(|name| name == concept) {
                wrong.push(format!("{word}: {concept}, found {found:?}"));
            }
        }
    }
    assert!(forms > 1000, "the table has {forms} forms");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn kazakh_forms_lead_to_their_concepts() {
    every_form_is_known(Language::Kk);
}

#[test]
fn russian_forms_lead_to_their_concepts() {
    every_form_is_known(Language::Ru);
}
