//! What stands in the files of a knowledge folder: every file and field, as serde reads it. Checks nothing beyond form.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::Error as _;

use super::relation::Operation;
use crate::language::{ByLanguage, Language};

/// `hearing.toml`: what was said, when, where and by whom, and where we have it from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HearingFile {
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

/// Which questions a fact or a gap is for, in terms of concepts and so once for all languages.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The kinds of question it answers; empty: every kind.
    #[serde(default)]
    pub asks: Vec<String>,
    /// What it counts, where "how many" names a thing: other things rule it out. Empty: whatever.
    #[serde(default)]
    pub counts: Vec<String>,
    /// The ways to ask for it; one suffices.
    #[serde(default)]
    pub needs: Vec<Way>,
    /// Concepts that may stand in its questions, too.
    #[serde(default)]
    pub supports: Vec<String>,
    /// Concepts that rule it out.
    #[serde(default)]
    pub excludes: Vec<String>,
}

/// One way to ask for a fact: groups of concepts, of which each must be met by one of its own. Written `a|b + c`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Way {
    /// The groups; all must be met.
    pub groups: Vec<Vec<String>>,
}

impl TryFrom<String> for Way {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let groups: Vec<Vec<String>> = text
            .split('+')
            .map(|group| group.split('|').map(|id| id.trim().to_owned()).collect())
            .collect();
        if groups.iter().flatten().any(String::is_empty) {
            return Err(format!(
                "`{text}` names no concept at one place: write it as `a|b + c`"
            ));
        }
        Ok(Self { groups })
    }
}

/// An idea that questions are made of, independent of any language (`concepts.toml`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// What it means, for whoever writes a lexicon.
    pub gloss: String,
    /// How it weighs in a question.
    #[serde(default)]
    pub role: Role,
    /// Whether "how many" can count it.
    #[serde(default)]
    pub counted: bool,
    /// The more general counted concept that it also answers to.
    pub is_a: Option<String>,
    /// Of several kinds of question in one sentence the one with the highest priority is asked.
    #[serde(default)]
    pub priority: u8,
}

/// How a concept weighs in a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// What is asked for: who, why, how much.
    Kind,
    /// The kind of question that asks for a number; the thing counted is named beside it.
    Count,
    /// Only marks the clause that asks.
    Ask,
    /// Only marks a clause in which people speak of themselves.
    Intro,
    /// What every question here is about; every fact explains it.
    Frame,
    /// Points back at something named elsewhere: him, such, the same.
    Pointer,
    /// Asks for a part of what was named elsewhere: of them, among them. What stands there must be explained too.
    Among,
    /// Turns round what stands beside it: not, never, without.
    Negation,
    /// Says little by itself.
    Soft,
    /// Says what the question is about.
    #[default]
    Topic,
}

/// `lexicon/LANGUAGE.toml`: how one language says each concept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    /// The Snowball algorithm that cuts inflections off, by its name.
    pub stemmer: Option<String>,
    /// For languages without one: every inflectional suffix; a word may carry a chain of them.
    pub suffixes: Option<Vec<String>>,
    /// Words that mean nothing by themselves and may stand between the words of a phrase.
    #[serde(default)]
    pub fillers: Vec<String>,
    /// Everyday words that mean nothing here, listed so that they are not taken for typos; separated by blanks.
    #[serde(default)]
    pub ordinary: String,
    /// Endings of an everyday word that "how many" counts: `s` in English. What is counted then is none of the concepts.
    #[serde(default)]
    pub plurals: Vec<String>,
    /// Words that make a number approximate where they stand beside it: about, almost, over.
    #[serde(default)]
    pub approximations: Vec<String>,
    /// Keywords that may stand under more than one concept.
    #[serde(default)]
    pub shared: Vec<String>,
    /// Pairs of look-alike keywords of different concepts, one edit apart and yet both meant: `court count`.
    #[serde(default)]
    pub lookalikes: Vec<String>,
    /// The keywords of each concept.
    pub concepts: BTreeMap<String, Keywords>,
}

/// How one language says one concept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keywords {
    /// Words and phrases.
    pub keywords: Vec<String>,
    /// Everyday words that count only where other words of a fact stand beside them.
    #[serde(default)]
    pub weak: Vec<String>,
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
