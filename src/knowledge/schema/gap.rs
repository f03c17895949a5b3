//! `gaps/ID.toml`.

use serde::Deserialize;

use super::Rules;
use crate::knowledge::relation::Operation;
use crate::language::Language;

/// `gaps/ID.toml`: something that people ask and the source does not say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The file's name without `.toml`.
    #[serde(skip)]
    pub id: String,
    /// The facts to offer instead, nearest first.
    pub nearest: Vec<String>,
    /// What may be computed instead, from facts that the question names.
    #[serde(default)]
    pub computes: Vec<Operation>,
    /// Which questions it is about.
    #[serde(rename = "match")]
    pub rules: Rules,
    /// Its texts in English.
    pub en: GapText,
    /// Its texts in Russian.
    pub ru: GapText,
    /// Its texts in Kazakh.
    pub kk: GapText,
}

impl Gap {
    /// Its texts in one language.
    #[must_use]
    pub fn text(&self, language: Language) -> &GapText {
        match language {
            Language::En => &self.en,
            Language::Ru => &self.ru,
            Language::Kk => &self.kk,
        }
    }
}

/// The texts of a gap in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GapText {
    /// What the source does not say.
    pub sentence: String,
    /// Questions that must end in this gap. They test the matcher, which never reads them.
    pub examples: Vec<String>,
}
