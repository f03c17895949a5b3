//! Every fault that `check` finds, each made by one change of the real knowledge.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::too_many_lines)]

use hearing_bot::expert::Expert;
use hearing_bot::knowledge::Folder;

/// The real knowledge with one file changed.
fn changed(file: &str, from: &str, to: &str) -> Folder {
    let mut folder = Folder::embedded();
    let bytes = folder.files.get_mut(file).expect("the file exists");
    let text = String::from_utf8(bytes.clone()).expect("the file is UTF-8");
    assert!(text.contains(from), "{file} does not hold {from:?}");
    *bytes = text.replacen(from, to, 1).into_bytes();
    folder
}

fn faults(folder: &Folder) -> Vec<String> {
    match Expert::new(folder) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

/// The change makes exactly the faults that start as given, among others that follow from them.
#[track_caller]
fn assert_fault(folder: &Folder, start: &str) {
    let faults = faults(folder);
    assert!(
        faults.iter().any(|fault| fault.starts_with(start)),
        "wanted {start}\ngot {faults:#?}"
    );
}

#[test]
fn the_real_knowledge_has_no_fault() {
    assert_eq!(faults(&Folder::embedded()), Vec::<String>::new());
}

#[test]
fn each_fault_is_found_with_its_file_line_and_field() {
    let mut missed = Vec::new();
    for (file, from, to, expected) in [
        // The source and what is taken from it.
        (
            "source.txt",
            "4,623",
            "4,624",
            "hearing.toml:14: source.sha256: does not match `source.txt`",
        ),
        (
            "facts/convictions.toml",
            "599 persons were convicted",
            "599 people were convicted",
            "facts/convictions.toml:7: quote: does not stand in the source word for word; the nearest is: … trial. Of these, 599 [-people-]{+persons+} were convicted, including …",
        ),
        (
            "facts/amnesty.toml",
            "1,095 persons.\"",
            "1,095\"",
            "facts/amnesty.toml:7: quote: is not one or more whole sentences of the source",
        ),
        (
            "facts/amnesty.toml",
            "figure = \"1,095\"",
            "figure = \"1,096\"",
            "facts/amnesty.toml:4: figure: `1,096` does not stand",
        ),
        (
            "facts/fines.toml",
            "within = \"six to a fine\"",
            "within = \"six to a find\"",
            "facts/fines.toml:5: within: does not stand",
        ),
        (
            "facts/amnesty.toml",
            "value = 1095",
            "value = 1096",
            "facts/amnesty.toml:5: value: 1096 is not the number",
        ),
        (
            "facts/amnesty.toml",
            "unit = \"persons\"\n",
            "",
            "facts/amnesty.toml:1: unit: is missing",
        ),
        // Translations.
        (
            "facts/amnesty.toml",
            "1\u{a0}095 лицам",
            "1\u{a0}096 лицам",
            "facts/amnesty.toml:31: ru.quote: has the figures",
        ),
        // What stands beside a quote: a figure of its own, and signs that turn or hide what is read.
        (
            "facts/amnesty.toml",
            "statement = \"",
            "statement = \"77,777 of ",
            "facts/amnesty.toml:20: en.statement: has the figure 77777, which no source gives",
        ),
        (
            "facts/amnesty.toml",
            "title = \"",
            "title = \"\\u202E",
            "facts/amnesty.toml:19: en.title: holds U+202E, which hides or turns",
        ),
        (
            "facts/amnesty.toml",
            "1\u{a0}095 лицам",
            "1\u{a0}095\u{200b} лицам",
            "facts/amnesty.toml:31: ru.quote: holds U+200B",
        ),
        (
            "gaps/deaths.toml",
            "sentence = \"",
            "sentence = \"It was not 77,777. ",
            "gaps/deaths.toml:",
        ),
        (
            "hearing.toml",
            "headline = \"",
            "headline = \"\u{2066}",
            "hearing.toml:",
        ),
        // Form.
        (
            "facts/amnesty.toml",
            "topic =",
            "tpic =",
            "facts/amnesty.toml:1: unknown field `tpic`, expected one of `topic`, `command`, ",
        ),
        (
            "facts/amnesty.toml",
            "\"amnesty\"",
            "\"amnesty",
            "facts/amnesty.toml:1: ",
        ),
        (
            "facts/amnesty.toml",
            "command = \"amnesty\"",
            "command = \"Amnesty!\"",
            "facts/amnesty.toml:2: command: `Amnesty!` is not",
        ),
        (
            "facts/amnesty.toml",
            "command = \"amnesty\"",
            "command = \"torture\"",
            "facts/torture.toml:2: command: `torture` is taken",
        ),
        (
            "facts/amnesty.toml",
            "\"pardon\"",
            "\"Pardon\"",
            "facts/amnesty.toml:3: aliases: `Pardon` is not",
        ),
        (
            "facts/amnesty.toml",
            "\"pardon\"",
            "\"torture\"",
            "facts/torture.toml:2: command: `torture` is taken",
        ),
        (
            "facts/responsibility.toml",
            "\"defendants\", \"convictions\"]",
            "\"damage\"]",
            "facts/responsibility.toml:10: chart: `damage` is no number, or counts something else",
        ),
        // References.
        (
            "facts/amnesty.toml",
            "topic = \"amnesty\"",
            "topic = \"pardon\"",
            "facts/amnesty.toml:1: topic: `pardon` is not a topic",
        ),
        (
            "facts/amnesty.toml",
            "speaker = \"none\"",
            "speaker = \"nobody\"",
            "facts/amnesty.toml:8: speaker: `nobody` is neither",
        ),
        (
            "facts/amnesty.toml",
            "[\"amnesty_eligible\", ",
            "[\"pardon\", ",
            "facts/amnesty.toml:9: related: `pardon` is not a fact",
        ),
        (
            "gaps/deaths.toml",
            "\"torture\"",
            "\"tortures\"",
            "gaps/deaths.toml:1: nearest: `tortures` is not a fact (did you mean `torture`?)",
        ),
        // Sums.
        (
            "facts/convictions.toml",
            "\"fines\"]\npart_of",
            "]\npart_of",
            "facts/convictions.toml:9: parts: add up to 593, not to 599",
        ),
        (
            "facts/fines.toml",
            "part_of = \"convictions\"",
            "part_of = \"damage\"",
            "facts/fines.toml:10: part_of: `damage` is smaller, or counts",
        ),
        // Concepts.
        (
            "facts/torture.toml",
            "\n    \"torture\",\n",
            "\n    \"tortures\",\n",
            "facts/torture.toml:16: match.needs: `tortures` is not a concept of concepts.toml (did you mean `torture`?)",
        ),
        (
            "facts/torture.toml",
            "\n    \"torture\",\n",
            "\n    \"torture + \",\n",
            "facts/torture.toml:15: `torture + ` names no concept",
        ),
        (
            "facts/torture.toml",
            "asks = [\"how_many\"",
            "asks = [\"torture\"",
            "facts/torture.toml:12: match.asks: `torture` is not a kind",
        ),
        (
            "concepts.toml",
            "\ntorture = {",
            "\nracing = { gloss = \"cars\" }\ntorture = {",
            "concepts.toml:",
        ),
        (
            "lexicon/en.toml",
            "[concepts.torture]",
            "[concepts.tortures]",
            "lexicon/en.toml:",
        ),
        (
            "lexicon/en.toml",
            "stemmer = \"english\"",
            "stemmer = \"klingon\"",
            "lexicon/en.toml:",
        ),
        (
            "lexicon/en.toml",
            "\"torture\", ",
            "\"torture\", \"amnesty\", ",
            "lexicon/en.toml:",
        ),
        (
            "lexicon/en.toml",
            "\"torture\", ",
            "\"torture\", \"amnesti\", ",
            "lexicon/en.toml:",
        ),
        // Examples.
        (
            "facts/torture.toml",
            "\"how many torture cases were there?\"",
            "\"how many died?\"",
            "facts/torture.toml:28: en.examples: `how many died?` reaches the gap `deaths`",
        ),
    ] {
        let found = faults(&changed(file, from, to));
        if !found.iter().any(|fault| fault.starts_with(expected)) {
            missed.push(format!("wanted {expected}\n   got {found:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_misspelt_name_is_told_with_the_one_that_was_meant() {
    for (file, from, to, meant) in [
        (
            "facts/amnesty.toml",
            "topic = \"amnesty\"",
            "topic = \"amnesti\"",
            "amnesty",
        ),
        ("facts/torture.toml", "\"asylov\"", "\"asilov\"", "asylov"),
        ("facts/amnesty.toml", "topic =", "tpic =", "topic"),
        (
            "concepts.toml",
            "role = \"count\"",
            "role = \"cuont\"",
            "count",
        ),
        (
            "concepts.toml",
            "is_a = \"person\"",
            "is_a = \"persons\"",
            "person",
        ),
        (
            "lexicon/en.toml",
            "[concepts.torture]",
            "[concepts.tortrue]",
            "torture",
        ),
    ] {
        let faults = faults(&changed(file, from, to));
        let told = format!("(did you mean `{meant}`?)");
        assert!(
            faults
                .iter()
                .any(|fault| fault.starts_with(file) && fault.ends_with(&told)),
            "{file}: wanted {told}\ngot {faults:#?}"
        );
    }
}

#[test]
fn a_reply_over_telegrams_limits_is_a_fault() {
    let long = format!("statement = \"{} ", "very ".repeat(1000));
    let folder = changed("facts/amnesty.toml", "statement = \"", &long);
    assert_fault(&folder, "facts/amnesty.toml:");
}

#[test]
fn missing_and_foreign_files_are_faults() {
    let mut folder = Folder::embedded();
    folder.files.remove("hearing.toml");
    assert_fault(&folder, "hearing.toml:1: is missing");

    let mut folder = Folder::embedded();
    folder
        .files
        .insert("facts/notes.txt".to_owned(), Vec::new());
    assert_fault(
        &folder,
        "facts/notes.txt:1: is not a file of a knowledge folder",
    );

    let mut folder = Folder::embedded();
    folder
        .files
        .insert("facts/amnesty.toml".to_owned(), vec![0xff, 0xfe]);
    assert_fault(&folder, "facts/amnesty.toml:1: is not UTF-8 text");

    assert_fault(&Folder::default(), "facts/:1: has no file");
}

#[test]
fn all_faults_are_told_at_once() {
    let mut folder = changed(
        "facts/amnesty.toml",
        "figure = \"1,095\"",
        "figure = \"1,096\"",
    );
    let other = changed(
        "facts/torture.toml",
        "speaker = \"asylov\"",
        "speaker = \"asilov\"",
    );
    folder.files.insert(
        "facts/torture.toml".to_owned(),
        other.files["facts/torture.toml"].clone(),
    );
    let faults = faults(&folder);
    assert!(
        faults
            .iter()
            .any(|fault| fault.starts_with("facts/amnesty.toml:4")),
        "{faults:#?}"
    );
    assert!(
        faults
            .iter()
            .any(|fault| fault.starts_with("facts/torture.toml:")),
        "{faults:#?}"
    );
}

#[test]
fn a_keyword_of_two_concepts_and_a_look_alike_are_faults() {
    for (keyword, problem) in [
        ("amnesty", "`amnesty` also stands under `"),
        (
            "amnestu",
            "`amnestu` is one letter from `amnesty` of `amnesty`",
        ),
    ] {
        let added = format!("[concepts.torture]\nkeywords = [\"{keyword}\", ");
        let folder = changed(
            "lexicon/en.toml",
            "[concepts.torture]\nkeywords = [",
            &added,
        );
        let faults = faults(&folder);
        let told =
            |fault: &String| fault.starts_with("lexicon/en.toml:") && fault.contains(problem);
        let swapped =
            |fault: &String| fault.contains("`amnesty` is one letter from `amnestu` of `torture`");
        assert!(
            faults.iter().any(|fault| told(fault) || swapped(fault)),
            "{keyword}: {faults:#?}"
        );
    }
}

#[test]
fn what_only_one_check_would_find_is_found() {
    let ferry = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ferry");
    let sound = Folder::read(ferry.as_ref()).expect("the folder is readable");
    let mut missed = Vec::new();
    for (file, from, to, words) in [
        (
            "facts/boats.toml",
            "\"the Heron\", ",
            "\"\", ",
            "figure: `` does not stand",
        ),
        (
            "facts/bicycles.toml",
            "value =",
            "within = \"12,050 travelled\"\nvalue =",
            "figure: `3,915` does not stand",
        ),
        (
            "facts/boats.toml",
            "figure = [\"«Херон»\", \"«Оттер»\"]\n",
            "",
            "ru.figure: is missing",
        ),
        (
            "facts/boats.toml",
            "quote = \"Комитет также узнал, что линию обслуживают два судна: «Херон» и «Оттер».\"\n",
            "",
            "ru.quote: is missing",
        ),
        (
            "facts/boats.toml",
            "statement = \"the",
            "quote = \"The boats.\"\nstatement = \"the",
            "en.quote: is the source's own language",
        ),
        (
            "facts/boats.toml",
            "command = \"boats\"",
            "command = \"\"",
            "command: `` is not 1 to 32",
        ),
        (
            "facts/boats.toml",
            "command = \"boats\"",
            "command = \"a123456789b123456789c123456789d12\"",
            "is not 1 to 32",
        ),
        (
            "facts/boats.toml",
            "related = [\"passengers\"]",
            "related = [\"boats\"]",
            "related: names the fact itself",
        ),
        (
            "facts/boats.toml",
            "title = \"Boats\"",
            "title = \" \"",
            "en.title: is empty",
        ),
        (
            "gaps/accidents.toml",
            "sentence = \"The source does not say whether anybody was hurt.\"",
            "sentence = \"\"",
            "en.sentence: is empty",
        ),
        (
            "facts/complaints.toml",
            "related =",
            "parts = [\"complaints_answered\"]\nrelated =",
            "parts: add up to 310, not to 900",
        ),
        (
            "facts/passengers.toml",
            "related =",
            "parts = [\"passengers_2022\"]\nrelated =",
            "parts: `passengers_2022` does not say that it is a part of",
        ),
        (
            "facts/complaints.toml",
            "related =",
            "part_of = \"complaints_answered\"\nrelated =",
            "part_of: `complaints_answered` is smaller",
        ),
        (
            "facts/complaints.toml",
            "related =",
            "part_of = \"passengers\"\nrelated =",
            "part_of: `passengers` is smaller, or counts something else",
        ),
        (
            "facts/bicycles.toml",
            "related =",
            "separate_from = [\"passengers\"]\nrelated =",
            "separate_from: `passengers` is also named in part_of",
        ),
        (
            "facts/passengers.toml",
            "related =",
            "chart = [\"boats\"]\nrelated =",
            "chart: `boats` is no number",
        ),
        (
            "facts/passengers.toml",
            "related =",
            "chart = [\"complaints\"]\nrelated =",
            "chart: `complaints` is no number, or counts something else",
        ),
        (
            "facts/boats.toml",
            "related =",
            "after = \"complaints\"\nrelated =",
            "after: `complaints` counts something else",
        ),
        (
            "facts/income.toml",
            "speaker = \"none\"",
            "speaker = \"none\"\nsource = \"minutes\"\ndiffers_from = \"pier_repair_minutes\"",
            "differs_from: `pier_repair_minutes` is of the same source",
        ),
        (
            "facts/income.toml",
            "speaker = \"none\"",
            "speaker = \"none\"\ndiffers_from = \"pier_repair_minutes\"",
            "differs_from: `pier_repair_minutes` is of the same source, or differs from a third",
        ),
        (
            "facts/boats.toml",
            "related =",
            "unit = \"passengers\"\nchart = [\"passengers\"]\nrelated =",
            "chart: `passengers` is no number",
        ),
        (
            "facts/boats.toml",
            "related =",
            "unit = \"passengers\"\nafter = \"passengers_2022\"\nrelated =",
            "after: `passengers_2022` counts something else: both need a value",
        ),
        (
            "facts/boats.toml",
            "needs = [\"boat\"]",
            "needs = []",
            "match.needs: is empty",
        ),
        (
            "facts/boats.toml",
            "counts = [\"boat\"]",
            "counts = [\"pier\"]",
            "match.counts: `pier` is not counted",
        ),
        (
            "concepts.toml",
            "is_a = \"person\"",
            "is_a = \"pier\"",
            "is_a: `pier` is not a counted concept",
        ),
        (
            "concepts.toml",
            "boat = { counted = true,",
            "boat = { counted = true, is_a = \"passenger\",",
            "is_a: `passenger` is not a counted concept",
        ),
        (
            "lexicon/en.toml",
            "stemmer = \"english\"",
            "",
            "needs either a stemmer or suffixes",
        ),
        (
            "lexicon/en.toml",
            "stemmer = \"english\"",
            "stemmer = \"english\"\nsuffixes = [\"s\"]",
            "needs either a stemmer or suffixes",
        ),
        (
            "lexicon/en.toml",
            "pier = { keywords = [\"pier\", \"dock\", \"jetty\"] }",
            "pier = { keywords = [] }",
            "`pier` has no keyword",
        ),
    ] {
        let mut folder = sound.clone();
        let bytes = folder.files.get_mut(file).expect("the file exists");
        let text = String::from_utf8(bytes.clone()).expect("the file is UTF-8");
        assert!(text.contains(from), "{file} does not hold {from:?}");
        *bytes = text.replacen(from, to, 1).into_bytes();
        let found = faults(&folder);
        let fits = |fault: &String| fault.starts_with(file) && fault.contains(words);
        if !found.iter().any(fits) {
            missed.push(format!("wanted {file}: {words}\n   got {found:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
