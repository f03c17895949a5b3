//! The languages that people ask and are answered in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of questions, texts and replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Russian.
    Ru,
    /// Kazakh.
    Kk,
}

impl Language {
    /// All languages, in the order in which they are listed to people.
    pub const ALL: [Self; 3] = [Self::En, Self::Ru, Self::Kk];

    /// The ISO 639-1 code, which is also the name of the lexicon file.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
            Self::Kk => "kk",
        }
    }

    /// The language that a text is most likely in, by its letters: those that only Kazakh has, else Cyrillic ones, else English.
    #[must_use]
    pub fn of_letters(text: &str) -> Self {
        let any = |of: fn(char) -> bool| text.chars().any(of);
        if any(is_kazakh) {
            Self::Kk
        } else if any(is_cyrillic) {
            Self::Ru
        } else {
            Self::En
        }
    }

    /// The language for an IETF tag as Telegram sends it (`User.language_code`): Kazakh and Russian as they are,
    /// English for everything else.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        match tag.split(['-', '_']).next() {
            Some("ru") => Self::Ru,
            Some("kk") => Self::Kk,
            _ => Self::En,
        }
    }
}

/// Whether a letter is Cyrillic.
pub(crate) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// Whether a letter is one that Kazakh has and Russian has not.
pub(crate) fn is_kazakh(c: char) -> bool {
    matches!(
        c.to_lowercase().next(),
        Some('ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і')
    )
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .ok_or_else(|| format!("`{code}` is not a language of this bot: use en, ru or kk"))
    }
}

/// One value for each language. In TOML: the keys `en`, `ru` and `kk`.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ByLanguage<T> {
    /// The English value.
    pub en: T,
    /// The Russian value.
    pub ru: T,
    /// The Kazakh value.
    pub kk: T,
}

impl<T> ByLanguage<T> {
    /// The value for one language.
    pub fn get(&self, language: Language) -> &T {
        match language {
            Language::En => &self.en,
            Language::Ru => &self.ru,
            Language::Kk => &self.kk,
        }
    }

    /// The value for one language, to be changed.
    pub fn get_mut(&mut self, language: Language) -> &mut T {
        match language {
            Language::En => &mut self.en,
            Language::Ru => &mut self.ru,
            Language::Kk => &mut self.kk,
        }
    }

    /// What becomes of each value.
    pub fn map<'a, U>(&'a self, f: impl Fn(&'a T) -> U) -> ByLanguage<U> {
        ByLanguage {
            en: f(&self.en),
            ru: f(&self.ru),
            kk: f(&self.kk),
        }
    }

    /// Every value with its language.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &T)> {
        Language::ALL
            .into_iter()
            .map(|language| (language, self.get(language)))
    }
}
