//! The instrument: how far figures can be trusted, what took which question, and which word of a lexicon would mend it.

use std::path::Path;

use crate::{FERRY, copy, on_the_ferry, run, words};

/// Writes labelled questions into a folder, and says where.
fn table(dir: &Path, rows: &[(&str, &str, &str)]) -> String {
    let mut text = "question\tlabel\tkind\n".to_owned();
    for (question, label, kind) in rows {
        text.push_str(&format!("{question}\t{label}\t{kind}\n"));
    }
    let path = dir.join("questions.tsv");
    std::fs::write(&path, text).expect("the table is written");
    path.to_str().expect("the path is UTF-8").to_owned()
}

/// A copy of the small hearing in which one line of a file is another.
fn ferry_with(dir: &Path, file: &str, from: &str, to: &str) -> String {
    let made = dir.join("ferry");
    std::fs::create_dir(&made).expect("the folder is made");
    copy(Path::new(FERRY), &made);
    let path = made.join(file);
    let text = std::fs::read_to_string(&path).expect("the file is there");
    assert!(text.contains(from), "{from}");
    std::fs::write(&path, text.replace(from, to)).expect("it is written");
    made.to_str().expect("the path is UTF-8").to_owned()
}

/// The lines of a part of the output, from the one that begins so to the next empty one.
#[track_caller]
fn part<'a>(output: &'a str, start: &str) -> &'a str {
    let from = output.find(&format!("\n{start}")).map(|at| at + 1);
    let rest = &output[from.unwrap_or_else(|| panic!("no `{start}` in\n{output}"))..];
    rest.split("\n\n").next().unwrap_or(rest)
}

#[test]
fn the_figures_stay_first_and_the_rest_comes_where_it_is_wanted() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = table(
        dir.path(),
        &[
            ("how many passengers were there?", "passengers", "plain"),
            ("сколько было пассажиров?", "passengers", "plain"),
            ("how many passengers drowned?", "none", "trap"),
        ],
    );
    let plain = on_the_ferry(&["eval", &file]);
    assert_eq!(plain.lines().count(), 3, "{plain}");
    assert!(plain.lines().last().unwrap_or_default().starts_with("all "));
    let more = on_the_ferry(&["eval", "--intervals", &file]);
    assert!(more.starts_with(&plain), "{more}");
    // Three of three: Wilson's interval begins at n / (n + z²).
    let rows: Vec<Vec<&str>> = part(&more, "95 %")
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    for wanted in [
        ["all", "honest", "1.000", "0.439", "1.000", "3"],
        ["en", "right", "1.000", "0.207", "1.000", "1"],
        ["plain", "right", "1.000", "0.342", "1.000", "2"],
        ["trap", "figure", "0.000", "0.000", "0.793", "1"],
    ] {
        assert!(
            rows.iter().any(|row| row == &wanted),
            "{wanted:?} in {more}"
        );
    }
    assert!(
        rows.iter().any(|row| row[..3] == ["ru", "plain", "honest"]),
        "{more}"
    );
    assert!(
        !rows.iter().any(|row| row[..2] == ["trap", "right"]),
        "{more}"
    );
}

#[test]
fn a_keyword_under_the_wrong_concept_is_found_out() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = table(
        dir.path(),
        &[
            ("how many riders were there?", "passengers", "plain"),
            ("how many boats were there?", "boats", "plain"),
            ("how many passengers were there?", "passengers", "plain"),
        ],
    );
    let lexicon = "lexicon/en.toml";
    let ferry = ferry_with(dir.path(), lexicon, "\"vessel\"", "\"vessel\", \"riders\"");
    let args = ["--confusions", "--keywords", "--mends"];
    let output = run(&[&["--knowledge", &ferry, "eval"], &args[..], &[&file]].concat());
    assert!(output.status.success(), "{}", words(&output));
    assert!(output.stderr.is_empty(), "{}", words(&output));
    let output = words(&output);
    let confusions = part(&output, "confusions");
    for wanted in [
        "1  wanted passengers, got boats\n   how many riders were there?\n",
        "boats through \"riders\" = boat",
        "passengers needs passenger, which is not named",
    ] {
        assert!(confusions.contains(wanted), "{wanted} is not in\n{output}");
    }
    let keywords = part(&output, "keywords");
    assert!(
        keywords.contains("only harm: 1\n   en boat: \"riders\"; better without it:\n      how many riders were there?\n"),
        "{output}"
    );
    // The one is needed, the other decides nothing.
    let idle = keywords.split("no difference").nth(1).unwrap_or_default();
    assert!(!idle.contains("\"passenger\""), "{output}");
    assert!(!idle.contains("\"boat\""), "{output}");
    let mends = part(&output, "changes of one word");
    assert!(
        mends.contains(
            "1  lexicon/en.toml: boat: remove \"riders\"\n   how many riders were there?\n"
        ),
        "{output}"
    );
}

#[test]
fn a_word_that_is_missing_is_proposed_only_where_it_harms_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = table(
        dir.path(),
        &[
            ("how many voyagers were there?", "passengers", "plain"),
            (
                "how many voyagers rode in 2022?",
                "passengers_2022",
                "plain",
            ),
            ("how many sandwiches were there?", "boats", "plain"),
            ("how many sandwiches are sold?", "none", "trap"),
        ],
    );
    let output = on_the_ferry(&["eval", "--confusions", "--mends", &file]);
    let mends = part(&output, "changes of one word");
    let (harmless, harmful) = mends
        .split_once("changes that also harm")
        .expect("both lists");
    assert!(
        harmless.contains(
            "  lexicon/en.toml: passenger: add \"voyagers\"\n   how many voyagers were there?\n"
        ),
        "{output}"
    );
    assert!(!harmless.contains("sandwiches"), "{output}");
    assert!(
        harmful.contains("boat: add \"sandwiches\"; harms: how many sandwiches are sold?"),
        "{output}"
    );
    assert!(output.contains("no lexicon knows \"voyagers\""), "{output}");
}
