//! What the bot says by itself, in every language: Fluent texts, compiled in. Knows neither the hearing nor Telegram.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use rust_decimal::Decimal;
use unic_langid::LanguageIdentifier;

use crate::knowledge::Date;
use crate::language::{ByLanguage, Language};

const SOURCES: ByLanguage<&str> = ByLanguage {
    en: include_str!("en.ftl"),
    ru: include_str!("ru.ftl"),
    kk: include_str!("kk.ftl"),
};

static BUNDLES: LazyLock<ByLanguage<FluentBundle<FluentResource>>> = LazyLock::new(|| ByLanguage {
    en: bundle(Language::En),
    ru: bundle(Language::Ru),
    kk: bundle(Language::Kk),
});

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let identifier: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // The marks around inserted values would be invisible characters inside quotes and figures.
    bundle.set_use_isolating(false);
    // The tests see to it that the texts are well-formed and complete; a broken line would only be missing here.
    let resource = FluentResource::try_new((*SOURCES.get(language)).to_owned())
        .unwrap_or_else(|(whole, _)| whole);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The text of an id in a language; each `{ $name }` in it is filled in.
#[must_use]
pub fn text(language: Language, id: &str, values: &[(&str, &str)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in values {
        args.set(*name, *value);
    }
    format(language, id, &args)
}

/// A day as the language writes it in running text.
#[must_use]
pub fn date(language: Language, date: Date) -> String {
    let mut args = FluentArgs::new();
    args.set("day", date.day.to_string());
    args.set("month", i64::from(date.month));
    args.set("year", date.year.to_string());
    format(language, "date", &args)
}

/// A number as the language writes it: `1,095` and `37.5` in English, `37,5` and thousands parted by blanks elsewhere.
#[must_use]
pub fn number(language: Language, number: Decimal) -> String {
    let (group, mark) = match language {
        Language::En => (',', '.'),
        Language::Ru | Language::Kk => ('\u{a0}', ','),
    };
    let plain = number.to_string();
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut written = String::new();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            written.push(group);
        }
        written.push(digit);
    }
    if !decimals.is_empty() {
        written.push(mark);
        written.push_str(decimals);
    }
    written
}

fn format(language: Language, id: &str, args: &FluentArgs<'_>) -> String {
    let bundle = BUNDLES.get(language);
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        return id.to_owned();
    };
    bundle
        .format_pattern(pattern, Some(args), &mut Vec::new())
        .into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(language: Language) -> BTreeSet<String> {
        let source = *SOURCES.get(language);
        FluentResource::try_new(source.to_owned()).expect("the texts are well-formed");
        let is_id = |line: &&str| line.chars().next().is_some_and(|c| c.is_ascii_lowercase());
        source
            .lines()
            .filter(is_id)
            .filter_map(|line| line.split_once(" ="))
            .map(|(id, _)| id.to_owned())
            .collect()
    }

    #[test]
    fn every_language_has_every_text() {
        for language in Language::ALL {
            assert_eq!(ids(language), ids(Language::En), "{language}");
        }
    }

    #[test]
    fn texts_ask_for_the_same_values_in_every_language() {
        let values = |language: Language, id: &str| -> BTreeSet<String> {
            let source = *SOURCES.get(language);
            let start = source.find(&format!("\n{id} =")).expect("the id is there");
            let text = &source[start + 1..];
            let end = text.find("\n\n").unwrap_or(text.len());
            let line = text[..end].lines().next().unwrap_or_default();
            line.split("{ $")
                .skip(1)
                .filter_map(|rest| rest.split([' ', '}']).next())
                .map(str::to_owned)
                .collect()
        };
        for id in ids(Language::En).iter().filter(|id| *id != "date") {
            for language in Language::ALL {
                assert_eq!(
                    values(language, id),
                    values(Language::En, id),
                    "{language} {id}"
                );
            }
        }
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        for (plain, en, ru) in [
            ("6", "6", "6"),
            ("599", "599", "599"),
            ("1095", "1,095", "1\u{a0}095"),
            ("1234567.89", "1,234,567.89", "1\u{a0}234\u{a0}567,89"),
            ("44.5", "44.5", "44,5"),
            ("22.0", "22.0", "22,0"),
        ] {
            let decimal: Decimal = plain.parse().expect("a number");
            assert_eq!(number(Language::En, decimal), en);
            assert_eq!(number(Language::Ru, decimal), ru);
            assert_eq!(number(Language::Kk, decimal), ru);
        }
    }

    #[test]
    fn days_are_written_as_the_language_writes_them() {
        let day = Date {
            year: 2023,
            month: 1,
            day: 5,
        };
        assert_eq!(date(Language::En, day), "5 January 2023");
        assert_eq!(date(Language::Ru, day), "5 января 2023 года");
        assert_eq!(date(Language::Kk, day), "2023 жылғы 5 қаңтар");
    }
}
