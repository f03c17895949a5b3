//! Numbers as people and articles write them. Knows no language: digits, group separators and a decimal mark.

/// A number found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Digits with at most one `.`; no separators: `4623`, `37.5`.
    pub plain: String,
    /// Where it stands, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

/// Every number of a text, in order. `4,623`, `4 623` and `4623` are one number; so are `37.5` and `37,5`.
///
/// A separator followed by exactly three digits groups thousands, if at most three digits stand before it; a point or a
/// comma followed by another count of digits is a decimal mark.
#[must_use]
pub fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) = text
        .get(from..)
        .and_then(|rest| rest.find(|c: char| c.is_ascii_digit()))
    {
        let number = number_at(text, from + offset);
        from = number.end;
        found.push(number);
    }
    found
}

/// The number that starts at `start`, where a digit stands.
pub(crate) fn number_at(text: &str, start: usize) -> Number {
    let mut plain = String::new();
    let mut end = start + take_digits(text, start, &mut plain);
    let mut grouped = plain.len() <= 3;
    while let Some(separator) = text.get(end..).and_then(|rest| rest.chars().next()) {
        let after = end + separator.len_utf8();
        let mut digits = String::new();
        let length = take_digits(text, after, &mut digits);
        if grouped
            && length == 3
            && matches!(
                separator,
                ',' | '.' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'
            )
        {
            plain.push_str(&digits);
            end = after + length;
        } else {
            if length > 0 && matches!(separator, ',' | '.') {
                plain.push('.');
                plain.push_str(&digits);
                end = after + length;
            }
            break;
        }
        grouped = true;
    }
    Number { plain, start, end }
}

fn take_digits(text: &str, from: usize, into: &mut String) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    into.push_str(rest.get(..length).unwrap_or_default());
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (text, expected) in [
            ("4,623 cases", vec!["4623"]),
            ("4\u{a0}623 дела", vec!["4623"]),
            ("37.5 billion (almost $80 million)", vec!["37.5", "80"]),
            ("37,5 млрд", vec!["37.5"]),
            ("5 January 2023, 11:46", vec!["5", "2023", "11", "46"]),
            ("in 2022 599 persons", vec!["2022", "599"]),
            ("1 001 и 27.", vec!["1001", "27"]),
            ("no figure", vec![]),
            ("5,", vec!["5"]),
            ("1.234.567", vec!["1234567"]),
        ] {
            let plain: Vec<_> = numbers(text)
                .into_iter()
                .map(|number| number.plain)
                .collect();
            assert_eq!(plain, expected, "{text}");
        }
    }
}
