//! The table of facts and the proof of quotes: what they print can be checked without the program.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::{FERRY, copy, on_the_ferry, run, words};

fn fingerprint(file: &str) -> String {
    let bytes = std::fs::read(format!("{FERRY}/{file}")).expect("the source is there");
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The characters of a source from one position to another.
fn stretch(file: &str, start: usize, end: usize) -> String {
    let text = std::fs::read_to_string(format!("{FERRY}/{file}")).expect("the source is there");
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn every_line_of_the_table_can_be_looked_up_in_its_source() {
    let table = on_the_ferry(&["export", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .expect("a header")
        .iter()
        .map(str::to_owned)
        .collect();
    let column = |name: &str| {
        let found = header.iter().position(|column| column == name);
        found.unwrap_or_else(|| panic!("no column {name} in {header:?}"))
    };
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 11);
    for row in &rows {
        let of = |name: &str| &row[column(name)];
        let number = |name: &str| of(name).parse().expect("a number");
        let found = stretch(of("file"), number("start"), number("end"));
        assert_eq!(found, of("quote"), "{}", of("id"));
        assert_eq!(of("sha256"), fingerprint(of("file")));
        for figure in of("figure").split("; ") {
            assert!(found.contains(figure), "{figure}");
        }
    }
    let passengers = rows
        .iter()
        .find(|row| &row[column("id")] == "passengers")
        .expect("it is there");
    for (name, value) in [
        ("title", "Passengers"),
        ("figure", "48,200"),
        ("value", "48200"),
        ("unit", "passengers"),
        ("approximate", "false"),
        ("speaker", "Mira Holt"),
        ("role", "director of the ferry company"),
        ("source", "The Lakeside Courier"),
        ("published", "2024-05-18"),
    ] {
        assert_eq!(&passengers[column(name)], value);
    }
    // A sentence that is nobody's stays nobody's.
    let boats = rows.iter().find(|row| &row[column("id")] == "boats");
    let boats = boats.expect("it is there");
    assert_eq!(
        (&boats[column("speaker")], &boats[column("role")]),
        ("", "")
    );
}

#[test]
fn the_data_are_quotations_with_their_speakers_and_no_ratings() {
    let data = on_the_ferry(&["export", "--format", "json"]);
    let data: serde_json::Value = serde_json::from_str(&data).expect("it is JSON");
    assert_eq!(data["@type"], "Dataset");
    let sources = data["isBasedOn"].as_array().expect("the sources");
    assert_eq!(sources.len(), 2);
    let quotations = data["hasPart"].as_array().expect("the quotations");
    assert_eq!(quotations.len(), 11);
    for quotation in quotations {
        assert_eq!(quotation["@type"], "Quotation");
        let source = sources
            .iter()
            .find(|source| source["@id"] == quotation["isPartOf"]["@id"])
            .expect("the source is among them");
        let file = source["encoding"]["name"].as_str().expect("a file");
        assert_eq!(source["encoding"]["sha256"], fingerprint(file));
        let at = |end: &str| {
            let position = quotation["oa:hasSelector"][end].as_u64().expect("a number");
            usize::try_from(position).expect("it is small")
        };
        assert_eq!(
            quotation["text"],
            stretch(file, at("oa:start"), at("oa:end"))
        );
    }
    let find = |id: &str| {
        quotations
            .iter()
            .find(|quotation| quotation["identifier"] == id)
            .expect("it is there")
    };
    assert_eq!(find("passengers")["about"]["value"], 48200);
    assert_eq!(find("pier_repair")["about"]["value"], 2.5);
    // What the source gives as "about" is no number here.
    assert_eq!(find("complaints")["about"]["value"], "about 900");
    assert_eq!(
        find("passengers")["spokenByCharacter"],
        serde_json::json!({
            "@type": "Person", "name": "Mira Holt", "jobTitle": "director of the ferry company"
        })
    );
    assert!(find("boats").get("spokenByCharacter").is_none());
    assert!(!data.to_string().contains("Review"));
}

#[test]
fn the_page_is_in_the_language_that_is_wanted_and_its_quotes_in_the_source_s() {
    let page = on_the_ferry(&["export", "--format", "markdown", "--language", "ru"]);
    for wanted in [
        "# Что прозвучало: слушания 14 мая 2024 года об озёрном пароме\n",
        "\n## Деньги\n\n| Имя | Число |",
        "| `passengers` | 48,200 | Пассажиры | Мира Холт, директор паромной компании | Director Mira Holt said",
        "`minutes.txt` 76–143 |",
    ] {
        assert!(page.contains(wanted), "{wanted} is not in\n{page}");
    }
    assert_eq!(page.matches("\n| `").count(), 11);
    assert_eq!(run(&["export"]).status.code(), Some(2));
    assert_eq!(run(&["export", "--format", "xml"]).status.code(), Some(2));
}

#[test]
fn every_quote_is_proven_again_and_what_does_not_hold_is_named() {
    let proof = on_the_ferry(&["verify"]);
    let minutes = fingerprint("minutes.txt");
    let line = format!("pier_repair_minutes: minutes.txt, characters 76-143, sha256 {minutes}\n");
    assert!(proof.contains(&line), "{proof}");
    assert_eq!(proof.matches(", sha256 ").count(), 11);

    for (file, from, to, problem) in [
        // A word of the source, and so its fingerprint and every quote that holds the word.
        (
            "minutes.txt",
            "2.3 million",
            "2.4 million",
            &[
                "facts/pier_repair_minutes.toml:6: quote: does not stand in the source word for word",
                "hearing.toml:28: sources.minutes.sha256: does not match `minutes.txt`",
            ][..],
        ),
        (
            "facts/passengers.toml",
            "figure = \"48,200\"",
            "figure = \"48,300\"",
            &[
                "facts/passengers.toml:6: figure: `48,300` does not stand in the quote word for word",
            ],
        ),
        // What no answer rests on is for `check`.
        (
            "facts/passengers.toml",
            "topic = \"line\"",
            "topic = \"lines\"",
            &[],
        ),
    ] {
        let dir = tempfile::tempdir().expect("a folder");
        copy(Path::new(FERRY), dir.path());
        let path = dir.path().join(file);
        let text = std::fs::read_to_string(&path).expect("the file is there");
        assert!(text.contains(from), "{file}");
        std::fs::write(&path, text.replace(from, to)).expect("it is written");
        let dir = dir.path().to_str().expect("the path is UTF-8");
        let output = run(&["--knowledge", dir, "verify"]);
        let code = i32::from(!problem.is_empty());
        assert_eq!(output.status.code(), Some(code), "{}", words(&output));
        for problem in problem {
            assert!(words(&output).contains(problem), "{}", words(&output));
        }
        assert!(!words(&output).contains("panicked"));
    }
}
