//! The facts as schema.org data: a Dataset whose parts are Quotations.
//!
//! `ClaimReview` is a fact-checker's rating of somebody's claim, and needs one (`reviewRating`). This program rates nothing. `Claim`
//! is what a review is about: it would say that the speaker's words are in dispute. A `Quotation` is what a fact is: words, and who
//! said them.

use serde_json::{Map, Value, json};

use super::{Export, Row, iso};
use crate::knowledge::SourceInfo;
use crate::locale;

pub(super) fn data(export: &Export<'_>) -> Value {
    let Export {
        knowledge,
        language,
        rows,
    } = export;
    let hearing = &knowledge.hearing;
    let title = hearing.title.get(*language);
    let further = knowledge.sources.values().map(|(source, _)| source);
    let sources: Vec<Value> = std::iter::once(&knowledge.source)
        .chain(further)
        .map(|source| work(source, export))
        .collect();
    let quotations: Vec<Value> = rows.iter().map(quotation).collect();
    json!({
        // Schema.org has no word for where in a text something stands; the Web Annotation vocabulary has.
        "@context": ["https://schema.org", { "oa": "http://www.w3.org/ns/oa#" }],
        "@type": "Dataset",
        "name": locale::text(*language, "export-title", &[("hearing", title)]),
        "description": locale::text(*language, "export-about", &[]),
        "inLanguage": language.code(),
        "about": { "@type": "Event", "name": title, "startDate": iso(hearing.date) },
        "isBasedOn": sources,
        "hasPart": quotations,
    })
}

/// A source: whether it is an article, minutes or a transcript, the files do not say.
fn work(source: &SourceInfo, export: &Export<'_>) -> Value {
    json!({
        "@type": "CreativeWork",
        "@id": node(&source.file),
        "headline": source.headline,
        "datePublished": iso(source.date),
        "inLanguage": source.language.code(),
        "publisher": { "@type": "Organization", "name": source.publisher.get(export.language) },
        "encoding": {
            "@type": "MediaObject",
            "name": source.file,
            "encodingFormat": "text/plain; charset=utf-8",
            "sha256": source.sha256,
        },
    })
}

fn quotation(row: &Row<'_>) -> Value {
    let mut figure = Map::new();
    figure.insert("@type".to_owned(), "PropertyValue".into());
    figure.insert("name".to_owned(), row.title.into());
    figure.insert("value".to_owned(), value(row));
    if let Some(unit) = row.unit {
        figure.insert("unitText".to_owned(), unit.into());
    }
    let description = format!("{} – {}", row.figure, row.statement);
    figure.insert("description".to_owned(), description.into());
    let mut quotation = json!({
        "@type": "Quotation",
        "@id": format!("#{}", row.id),
        "identifier": row.id,
        "name": row.title,
        "text": row.quote,
        "inLanguage": row.language.code(),
        "about": figure,
        "isPartOf": { "@id": node(row.file) },
        "oa:hasSelector": {
            "@type": "oa:TextPositionSelector",
            "oa:start": row.start,
            "oa:end": row.end,
        },
    });
    if let (Some(fields), Some(name)) = (quotation.as_object_mut(), row.speaker) {
        // Without an office it may be a person, a body or a crowd: then only the name is said.
        let speaker = match row.role {
            Some(role) => json!({ "@type": "Person", "name": name, "jobTitle": role }),
            None => json!({ "name": name }),
        };
        fields.insert("spokenByCharacter".to_owned(), speaker);
    }
    quotation
}

/// A number where the figure is exactly that; otherwise its words, so that no "about" is lost.
fn value(row: &Row<'_>) -> Value {
    let exact = row.value.as_ref().filter(|_| !row.approximate);
    match exact.and_then(|value| value.parse().ok()) {
        Some(number) => Value::Number(number),
        None => row.figure.as_str().into(),
    }
}

/// How the parts of the data name a source.
fn node(file: &str) -> String {
    format!("#source/{}", file.replace(' ', "%20"))
}
