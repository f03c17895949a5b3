//! Sums over two figures: exact, with the rounding said and the sum shown. Knows neither questions nor channels, and decides
//! nothing about what may be computed.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::knowledge::{Computation, Fact, Knowledge, Operation};
use crate::language::Language;
use crate::locale;
use crate::numbers::numbers;

/// Shares are given with so many decimals; with more where they would seem to be nothing or everything.
const DECIMALS: std::ops::RangeInclusive<u32> = 1..=6;

/// What was computed, as a language writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// The result, with its unit where the figures carry one: `44.5%`, `20.8 billion tenge`.
    pub result: String,
    /// How it came about: `16.7 ÷ 37.5 ≈ 44.5%`.
    pub sum: String,
    /// Whether it was rounded.
    pub rounded: bool,
    /// Whether one of the figures is only approximate in the source.
    pub approximate: bool,
}

/// Computes; nothing where a figure is no number, or no sum can be made of them.
#[must_use]
pub fn compute(knowledge: &Knowledge, of: &Computation, language: Language) -> Option<Sum> {
    let first = knowledge.facts.get(of.first)?;
    let second = knowledge.facts.get(of.second)?;
    let (ours, theirs) = (first.value?, second.value?);
    let approximate = first.approximate == Some(true) || second.approximate == Some(true);
    let write = |value: Decimal| locale::number(language, value);
    if of.operation == Operation::Share {
        let (percent, rounded) = percent(ours, theirs)?;
        let equals = if rounded || approximate { "≈" } else { "=" };
        let percent = locale::text(language, "percent", &[("number", &write(percent))]);
        return Some(Sum {
            sum: format!("{} ÷ {} {equals} {percent}", write(ours), write(theirs)),
            result: about(approximate, percent),
            rounded,
            approximate,
        });
    }
    let (more, less, whole) = if ours > theirs {
        (ours, theirs, first)
    } else {
        (theirs, ours, second)
    };
    let rest = more.checked_sub(less)?.normalize();
    let equals = if approximate { "≈" } else { "=" };
    Some(Sum {
        sum: format!("{} − {} {equals} {}", write(more), write(less), write(rest)),
        result: about(
            approximate,
            like(figure(knowledge, whole, language), &write(rest)),
        ),
        rounded: false,
        approximate,
    })
}

fn about(approximate: bool, result: String) -> String {
    if approximate {
        format!("≈ {result}")
    } else {
        result
    }
}

/// A part in per cent of its whole, and whether that was rounded.
fn percent(part: Decimal, whole: Decimal) -> Option<(Decimal, bool)> {
    let exact = part
        .checked_mul(Decimal::ONE_HUNDRED)?
        .checked_div(whole)?
        .normalize();
    let seems_all_or_nothing = |rounded: Decimal| {
        rounded != exact && (rounded.is_zero() || rounded == Decimal::ONE_HUNDRED)
    };
    let mut rounded = exact;
    for decimals in DECIMALS {
        rounded = exact.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        if !seems_all_or_nothing(rounded) {
            break;
        }
    }
    Some((rounded, rounded != exact))
}

/// The figure of a fact as a language writes it, where it is a single one.
fn figure<'a>(knowledge: &Knowledge, fact: &'a Fact, language: Language) -> &'a str {
    let own = language == knowledge.source_of(fact).0.language;
    let figures = if own {
        &fact.figure
    } else {
        &fact.text(language).figure
    };
    match figures.as_slice() {
        [one] => one,
        _ => "",
    }
}

/// A number with the unit that stands in a figure: as in `37.5 billion tenge`. Words before the number (`almost`) are not
/// the unit, nor are endings that hang on it.
fn like(figure: &str, number: &str) -> String {
    let found = numbers(figure);
    let [only] = found.as_slice() else {
        return number.to_owned();
    };
    let before = figure.get(..only.start).unwrap_or_default();
    let sign = before
        .rsplit(char::is_whitespace)
        .next()
        .filter(|sign| !sign.chars().any(char::is_alphanumeric))
        .unwrap_or_default();
    let after = figure.get(only.end..).unwrap_or_default();
    let unit = if after.starts_with(char::is_whitespace) || after.starts_with('%') {
        after
    } else {
        ""
    };
    format!("{sign}{number}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn shares_are_exact_and_rounded_half_up() {
        for (part, whole, expected, rounded) in [
            ("16.7", "37.5", "44.5", true),
            ("599", "631", "94.9", true),
            ("132", "599", "22.0", true),
            ("12050", "48200", "25", false),
            ("1", "8", "12.5", false),
            ("1", "16", "6.3", true),
            // Neither nothing nor everything.
            ("1", "30000", "0.003", true),
            ("29999", "30000", "99.997", true),
            ("0", "7", "0", false),
            ("7", "7", "100", false),
        ] {
            let share = percent(decimal(part), decimal(whole)).expect("a share");
            assert_eq!(share.0, decimal(expected), "{part} of {whole}");
            assert_eq!(share.1, rounded, "{part} of {whole}");
        }
        assert_eq!(percent(decimal("1"), Decimal::ZERO), None);
        assert_eq!(percent(Decimal::MAX, decimal("2")), None);
    }

    #[test]
    fn a_result_carries_the_unit_of_the_figure() {
        for (figure, expected) in [
            ("37.5 billion tenge", "20.8 billion tenge"),
            ("37,5 млрд теңге", "20.8 млрд теңге"),
            ("almost $80 million", "$20.8 million"),
            ("over 1,000", "20.8"),
            ("1 000-нан астам", "20.8"),
            ("599", "20.8"),
            ("six", "20.8"),
            ("3 of 4", "20.8"),
        ] {
            assert_eq!(like(figure, "20.8"), expected, "{figure}");
        }
    }
}
