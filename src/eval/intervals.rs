//! How far the shares can be trusted: Wilson's score interval at 95 %, for all questions, each language, each kind, and each kind in
//! each language.
//!
//! Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference". Honest accuracy counts a
//! clarification as half; a mean of values between 0 and 1 never spreads wider than a share of the same size, so that its interval
//! errs on the wide side.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::fate::Fate;
use super::tally::{Tally, share};
use super::{Asked, Report};
use crate::language::Language;

/// The quantile of the normal distribution that leaves 2.5 % above it.
const Z: f64 = 1.959_963_985;

/// The interval of a share of so many questions.
fn wilson(share: f64, of: usize) -> (f64, f64) {
    let n = f64::from(u32::try_from(of).unwrap_or(u32::MAX));
    let middle = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    // At 0 and 1 the bounds are these; arithmetic may miss them by a hair.
    let low = ((middle - half) / whole).clamp(0.0, share);
    let high = ((middle + half) / whole).clamp(share, 1.0);
    (low, high)
}

pub(super) fn in_words(report: &Report<'_>) -> String {
    let mut words = format!(
        "95 % intervals (Wilson)\n{:<24} {:<10} {:>6} {:>6} {:>6} {:>6}\n",
        "questions", "share", "is", "from", "to", "of"
    );
    let mut group = |name: &str, of: &dyn Fn(&Asked) -> bool| {
        let tally = report.tally(of);
        for (what, share, of) in shares(&tally) {
            let (low, high) = wilson(share, of);
            let _ = writeln!(
                words,
                "{name:<24} {what:<10} {share:>6.3} {low:>6.3} {high:>6.3} {of:>6}"
            );
        }
    };
    group("all", &|_| true);
    let languages: BTreeSet<Language> = report.asked.iter().map(|a| a.verdict.language).collect();
    let kinds: BTreeSet<&str> = report
        .asked
        .iter()
        .map(|a| a.question.kind.as_str())
        .collect();
    for language in &languages {
        group(language.code(), &|a| a.verdict.language == *language);
    }
    for kind in &kinds {
        group(kind, &|a| a.question.kind == *kind);
    }
    if languages.len() > 1 {
        for (language, kind) in languages
            .iter()
            .flat_map(|l| kinds.iter().map(move |k| (l, k)))
        {
            let of = |a: &Asked| a.verdict.language == *language && a.question.kind == *kind;
            group(&format!("{language} {kind}"), &of);
        }
    }
    words
}

/// The shares of a group, each with the number of questions that it is a share of.
fn shares(tally: &Tally) -> Vec<(&'static str, f64, usize)> {
    let (answerable, unanswerable) = (tally.answerable(), tally.unanswerable());
    let all = answerable + unanswerable;
    let rows: [(&str, &[Fate], usize); 7] = [
        ("right", &[Fate::Right], answerable),
        ("clarified", &[Fate::Clarified], answerable),
        ("missed", &[Fate::Missed, Fate::Misled], answerable),
        ("wrong", &[Fate::Wrong], answerable),
        ("abstained", &[Fate::Abstained], unanswerable),
        ("offered", &[Fate::Offered], unanswerable),
        ("figure", &[Fate::FalseFigure], unanswerable),
    ];
    let rows = rows.into_iter();
    let rows = rows.map(|(what, fates, of)| (what, share(tally.count(fates), of), of));
    let honest = ("honest", tally.honest_accuracy(), all);
    let all = std::iter::once(honest).chain(rows);
    all.filter(|(_, _, of)| *of > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_books() {
        // Newcombe, R. G. (1998), Statistics in Medicine 17, table I, method 3.
        for (part, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
            (20, 20, 0.8389, 1.0),
        ] {
            let (from, to) = wilson(share(part, of), of);
            assert!((from - low).abs() < 5e-5, "{part} of {of}: from {from}");
            assert!((to - high).abs() < 5e-5, "{part} of {of}: to {to}");
        }
    }
}
