//! `facts/ID.toml`.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::Error as _;

use super::Rules;
use crate::language::Language;

/// `facts/ID.toml`: one figure or statement, and the sentence of the source that it stands in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The file's name without `.toml`.
    #[serde(skip)]
    pub id: String,
    /// The topic it is listed under.
    pub topic: String,
    /// The chat command that asks for it, without the slash.
    pub command: String,
    /// Other names of that command, which people may try: in other words, or in Latin letters of other languages.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The figure as the source prints it; several strings where the answer is several names.
    #[serde(deserialize_with = "one_or_many")]
    pub figure: Vec<String>,
    /// A longer stretch of the quote inside which the figure is meant, where the figure alone stands there twice.
    pub within: Option<String>,
    /// The figure as a number, where it is one.
    #[serde(default, deserialize_with = "decimal")]
    pub value: Option<Decimal>,
    /// What the number counts or measures.
    pub unit: Option<String>,
    /// Whether the source gives the number only approximately; to be said where a word for that stands beside it.
    pub approximate: Option<bool>,
    /// The source that the quote stands in: an id of `hearing.toml`; left out, the main one.
    pub source: Option<String>,
    /// The fact of another source that says otherwise. Both are then shown, whichever is asked for; questions are matched with
    /// the rules of that one.
    pub differs_from: Option<String>,
    /// One or more whole, adjoining sentences of the source, word for word.
    pub quote: String,
    /// Where the quote first stands in its source as whole sentences, in bytes; it does in knowledge that was loaded.
    #[serde(skip)]
    pub(crate) quote_at: Option<usize>,
    /// Who said it: an id of `hearing.toml`, or `none` where the article attributes it to nobody.
    pub speaker: String,
    /// The facts whose figures add up to this one.
    #[serde(default)]
    pub parts: Vec<String>,
    /// The fact whose figure this one is a part of.
    pub part_of: Option<String>,
    /// The facts to draw beside this one in a picture, in order, where they are not simply its parts.
    #[serde(default)]
    pub chart: Vec<String>,
    /// The fact that counted the same at an earlier time.
    pub after: Option<String>,
    /// Facts that this one looks like a part of, but is not: they count other things.
    #[serde(default)]
    pub separate_from: Vec<String>,
    /// The facts to offer beside this one, nearest first.
    pub related: Vec<String>,
    /// Which questions it answers.
    #[serde(rename = "match", default)]
    pub rules: Rules,
    /// Its texts in English.
    pub en: FactText,
    /// Its texts in Russian.
    pub ru: FactText,
    /// Its texts in Kazakh.
    pub kk: FactText,
}

impl Fact {
    /// Its texts in one language.
    #[must_use]
    pub fn text(&self, language: Language) -> &FactText {
        match language {
            Language::En => &self.en,
            Language::Ru => &self.ru,
            Language::Kk => &self.kk,
        }
    }

    /// The id of its speaker, if the article names one.
    #[must_use]
    pub fn speaker(&self) -> Option<&str> {
        (self.speaker != "none").then_some(self.speaker.as_str())
    }
}

/// The texts of a fact in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactText {
    /// A few words to list it by.
    pub title: String,
    /// One clause that says what the figure is; it stands beside the figure.
    pub statement: String,
    /// The figure as this language writes it; left out in the source's own. It stands in the translated quote.
    #[serde(default, deserialize_with = "one_or_many")]
    pub figure: Vec<String>,
    /// As [`Fact::within`], for the translated quote.
    pub within: Option<String>,
    /// The quote in this language; left out in the source's own.
    pub quote: Option<String>,
    /// Questions that must reach this fact. They test the matcher, which never reads them.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// A number of TOML, exactly as it is written there.
fn decimal<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        _ => return Err(D::Error::custom("is not a number")),
    };
    let number: Decimal = text
        .parse()
        .map_err(|_| D::Error::custom(format!("`{text}` is too long a number")))?;
    Ok(Some(number.normalize()))
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    match OneOrMany::deserialize(deserializer) {
        Ok(OneOrMany::One(one)) => Ok(vec![one]),
        Ok(OneOrMany::Many(many)) if !many.is_empty() => Ok(many),
        _ => Err(D::Error::custom(
            "is neither a string nor a list of strings",
        )),
    }
}
