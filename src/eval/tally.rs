//! How often each fate befell questions, and what share of them that is.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::fate::Fate;

/// How often each fate befell questions.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally(BTreeMap<Fate, usize>);

impl Tally {
    /// Counts one more.
    pub(super) fn add(&mut self, fate: Fate) {
        *self.0.entry(fate).or_default() += 1;
    }

    pub(super) fn count(&self, fates: &[Fate]) -> usize {
        fates.iter().filter_map(|fate| self.0.get(fate)).sum()
    }

    pub(super) fn answerable(&self) -> usize {
        self.count(&[
            Fate::Right,
            Fate::Clarified,
            Fate::Misled,
            Fate::Wrong,
            Fate::Missed,
        ])
    }

    pub(super) fn unanswerable(&self) -> usize {
        self.count(&[Fate::Abstained, Fate::Offered, Fate::FalseFigure])
    }

    /// Right answers and right abstentions, and half of the clarifications with the right fact, as a share of all.
    pub(super) fn honest_accuracy(&self) -> f64 {
        let right = self.count(&[Fate::Right, Fate::Abstained]);
        share(
            2 * right + self.count(&[Fate::Clarified]),
            2 * (self.answerable() + self.unanswerable()),
        )
    }

    pub(super) fn line(&self, name: &str) -> String {
        let (answerable, unanswerable) = (self.answerable(), self.unanswerable());
        let mut line = format!(
            "{name:<12} {:>5}  honest {:.4}",
            answerable + unanswerable,
            self.honest_accuracy()
        );
        if answerable > 0 {
            let of = |fates: &[Fate]| share(self.count(fates), answerable);
            let _ = write!(
                line,
                "  | {answerable} answerable: right {:.3}, clarified {:.3}, missed {:.3}, wrong {:.3}",
                of(&[Fate::Right]),
                of(&[Fate::Clarified]),
                of(&[Fate::Missed, Fate::Misled]),
                of(&[Fate::Wrong]),
            );
        }
        if unanswerable > 0 {
            let of = |fate: Fate| share(self.count(&[fate]), unanswerable);
            let _ = write!(
                line,
                "  | {unanswerable} not: abstained {:.3}, offered {:.3}, figure {:.3}",
                of(Fate::Abstained),
                of(Fate::Offered),
                of(Fate::FalseFigure),
            );
        }
        line
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of questions are far below 2^52"
)]
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}
