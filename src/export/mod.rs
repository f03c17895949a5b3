//! All facts as a table, for people who want to work with them elsewhere. Knows no matching; adds nothing to what the files
//! say and leaves out what is not proven.

mod json;
mod markdown;

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;

use crate::knowledge::{Date, Fault, Knowledge, Proof};
use crate::language::Language;

/// How the table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables under the topics, to read or to paste into a page.
    Markdown,
    /// A line for each fact (RFC 4180), for spreadsheets.
    Csv,
    /// One JSON-LD object: a schema.org Dataset of Quotations.
    Json,
}

/// A fact as a line of the table. Title, statement and speaker are in the language of the export; the figure and the quote are the
/// source's.
#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    /// As the source prints it; several names are parted by `; `.
    figure: String,
    /// The figure as a number.
    value: Option<String>,
    unit: Option<&'a str>,
    /// Whether the source gives the number only as "about" or "over".
    approximate: bool,
    statement: &'a str,
    /// Who said it; nothing where the source attributes it to nobody.
    speaker: Option<&'a str>,
    /// The office, which stands in the files after the name and a comma.
    role: Option<&'a str>,
    quote: &'a str,
    /// Who published it.
    source: &'a str,
    published: String,
    file: &'a str,
    sha256: String,
    /// Where the quote begins in the file, in characters (Unicode code points) from 0.
    start: usize,
    /// Where it ends: the first character after it.
    end: usize,
    /// The language of the quote.
    #[serde(skip)]
    language: Language,
    #[serde(skip)]
    topic: &'a str,
}

impl<'a> Row<'a> {
    fn new(knowledge: &'a Knowledge, proof: Proof<'a>, language: Language) -> Self {
        let Proof {
            fact,
            source,
            sha256,
            characters,
        } = proof;
        let speaker = fact.speaker().and_then(|id| knowledge.speakers.get(id));
        let speaker = speaker.map(|names| names.get(language).as_str());
        let (speaker, role) = match speaker.and_then(|whole| whole.split_once(", ")) {
            Some((name, office)) => (Some(name), Some(office)),
            None => (speaker, None),
        };
        let text = fact.text(language);
        Self {
            id: &fact.id,
            title: &text.title,
            figure: fact.figure.join("; "),
            value: fact.value.map(|value| value.to_string()),
            unit: fact.unit.as_deref(),
            approximate: fact.approximate.unwrap_or_default(),
            statement: &text.statement,
            speaker,
            role,
            quote: &fact.quote,
            source: source.publisher.get(language),
            published: iso(source.date),
            file: &source.file,
            sha256,
            start: characters.start,
            end: characters.end,
            language: source.language,
            topic: &fact.topic,
        }
    }
}

/// A day as ISO 8601 writes it.
fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// All facts in the order of their ids, ready to be written.
pub struct Export<'a> {
    knowledge: &'a Knowledge,
    language: Language,
    rows: Vec<Row<'a>>,
}

impl<'a> Export<'a> {
    /// Collects the facts.
    ///
    /// # Errors
    /// The facts whose quote does not stand in its source.
    pub fn new(knowledge: &'a Knowledge, language: Language) -> Result<Self, Vec<Fault>> {
        let proofs = knowledge.proofs()?.into_iter();
        Ok(Self {
            rows: proofs
                .map(|proof| Row::new(knowledge, proof, language))
                .collect(),
            knowledge,
            language,
        })
    }

    /// Writes them.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn write(&self, format: Format, out: &mut impl Write) -> io::Result<()> {
        match format {
            Format::Markdown => write!(out, "{}", markdown::page(self)),
            Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&json::data(self))?),
            Format::Csv => {
                let mut table = csv::Writer::from_writer(out);
                for row in &self.rows {
                    table.serialize(row)?;
                }
                table.flush()
            }
        }
    }
}
