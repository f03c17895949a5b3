//! `concepts.toml` and `lexicon/LANGUAGE.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

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
    /// Whether it is another place, time or event: in a sentence that asks it always belongs to what is asked.
    #[serde(default)]
    pub elsewhere: bool,
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
    /// Says that what follows is not asked: rather than, as opposed to.
    Contrast,
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
