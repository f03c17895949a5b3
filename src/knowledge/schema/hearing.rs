//! `hearing.toml`: the hearing, its sources, who spoke, and the headings.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::language::{ByLanguage, Language};

/// `hearing.toml`: what was said, when, where and by whom, and where we have it from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::knowledge) struct HearingFile {
    /// The hearing itself.
    pub hearing: Hearing,
    /// The article that everything is taken from.
    pub source: SourceInfo,
    /// Further sources, by an id that facts name.
    #[serde(default)]
    pub sources: BTreeMap<String, SourceInfo>,
    /// Who spoke, by an id that facts name: name and office.
    pub speakers: BTreeMap<String, ByLanguage<String>>,
    /// The topics that facts are listed under, in order.
    pub topics: Vec<Topic>,
}

/// The hearing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hearing {
    /// The day it took place.
    pub date: Date,
    /// What it is called in running text.
    pub title: ByLanguage<String>,
}

/// The article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceInfo {
    /// The file of the folder that holds it word for word.
    pub file: String,
    /// The SHA-256 of that file, in lower-case hexadecimal.
    pub sha256: String,
    /// The language it is written in.
    pub language: Language,
    /// The day it was published.
    pub date: Date,
    /// Its headline.
    pub headline: String,
    /// Who published it.
    pub publisher: ByLanguage<String>,
}

/// A heading that facts are listed under.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// What facts name it by.
    pub id: String,
    /// The heading in English.
    pub en: String,
    /// The heading in Russian.
    pub ru: String,
    /// The heading in Kazakh.
    pub kk: String,
}

impl Topic {
    /// The heading in one language.
    #[must_use]
    pub fn title(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Ru => &self.ru,
            Language::Kk => &self.kk,
        }
    }
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "toml::value::Datetime")]
pub struct Date {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl TryFrom<toml::value::Datetime> for Date {
    type Error = &'static str;

    fn try_from(datetime: toml::value::Datetime) -> Result<Self, Self::Error> {
        match (datetime.date, datetime.time) {
            (Some(date), None) => Ok(Self {
                year: date.year,
                month: date.month,
                day: date.day,
            }),
            _ => Err("is not a day: write it as 2023-01-05"),
        }
    }
}
