//! How well labelled questions are answered, in figures. Knows no surface and changes nothing.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use crate::expert::Expert;
use crate::matching::Outcome;

/// What became of one labelled question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// The right figure.
    Right,
    /// "Do you mean", with the right fact among those offered.
    Clarified,
    /// "Do you mean", without it.
    Misled,
    /// Another fact's figure.
    Wrong,
    /// No figure, though the source has it.
    Missed,
    /// No figure, and the source has none.
    Abstained,
    /// "Do you mean", though the source has nothing.
    Offered,
    /// A figure, though the source has none.
    FalseFigure,
}

/// How often each fate befell questions.
#[derive(Debug, Clone, Default)]
struct Tally(BTreeMap<Fate, usize>);

impl Tally {
    fn count(&self, fates: &[Fate]) -> usize {
        fates.iter().filter_map(|fate| self.0.get(fate)).sum()
    }

    fn answerable(&self) -> usize {
        self.count(&[
            Fate::Right,
            Fate::Clarified,
            Fate::Misled,
            Fate::Wrong,
            Fate::Missed,
        ])
    }

    fn unanswerable(&self) -> usize {
        self.count(&[Fate::Abstained, Fate::Offered, Fate::FalseFigure])
    }

    /// Right answers and right abstentions, and half of the clarifications with the right fact, as a share of all.
    fn honest_accuracy(&self) -> f64 {
        let right = self.count(&[Fate::Right, Fate::Abstained]);
        share(
            2 * right + self.count(&[Fate::Clarified]),
            2 * (self.answerable() + self.unanswerable()),
        )
    }

    fn line(&self, name: &str) -> String {
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
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// The figures over labelled questions.
#[derive(Debug, Default)]
pub struct Report {
    kinds: BTreeMap<String, Tally>,
    all: Tally,
    wrong: Vec<String>,
}

impl Report {
    /// Right answers and right abstentions, and half of the clarifications with the right fact, as a share of all
    /// questions.
    #[must_use]
    pub fn honest_accuracy(&self) -> f64 {
        self.all.honest_accuracy()
    }

    /// The figures in lines: by kind and together; with the questions that went wrong where they are wanted.
    #[must_use]
    pub fn in_words(&self, wrong: bool) -> String {
        let mut words = String::new();
        if wrong {
            for line in &self.wrong {
                let _ = writeln!(words, "{line}");
            }
        }
        for (kind, tally) in &self.kinds {
            let _ = writeln!(words, "{}", tally.line(kind));
        }
        let _ = writeln!(words, "{}", self.all.line("all"));
        words
    }
}

/// Asks every question of the files and compares the verdicts with the labels.
///
/// # Errors
/// The file and line that cannot be read, or a label that is no fact.
pub fn evaluate(expert: &Expert, files: &[PathBuf]) -> Result<Report, String> {
    let mut report = Report::default();
    for file in files {
        let name = file.display();
        let text =
            fs::read_to_string(file).map_err(|error| format!("cannot read {name}: {error}"))?;
        let mut lines = text.lines().enumerate();
        if lines.next().map(|(_, line)| line.trim_end()) != Some("question\tlabel\tkind") {
            return Err(format!(
                "{name}:1: must be the columns question, label and kind, parted by tabs"
            ));
        }
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [question, label, kind] = columns.as_slice() else {
                return Err(format!(
                    "{name}:{}: has {} columns, not 3",
                    index + 1,
                    columns.len()
                ));
            };
            let labels: Vec<&str> = if *label == "none" {
                Vec::new()
            } else {
                label.split('|').collect()
            };
            if let Some(unknown) = labels.iter().find(|id| expert.knowledge.fact(id).is_none()) {
                return Err(format!(
                    "{name}:{}: label: `{unknown}` is neither a fact nor `none`",
                    index + 1
                ));
            }
            report.take(expert, question, &labels, kind);
        }
    }
    Ok(report)
}

impl Report {
    fn take(&mut self, expert: &Expert, question: &str, labels: &[&str], kind: &str) {
        let verdict = expert.matcher.ask(question, None);
        let id = |fact: &usize| {
            expert
                .knowledge
                .facts
                .get(*fact)
                .map(|fact| fact.id.as_str())
                .unwrap_or_default()
        };
        let (got, fate) = match &verdict.outcome {
            Outcome::Answer(fact) => {
                let fate = match labels.contains(&id(fact)) {
                    true => Fate::Right,
                    false if labels.is_empty() => Fate::FalseFigure,
                    false => Fate::Wrong,
                };
                (id(fact).to_owned(), fate)
            }
            Outcome::Clarify(facts) => {
                let ids: Vec<&str> = facts.iter().map(id).collect();
                let fate = match ids.iter().any(|id| labels.contains(id)) {
                    true => Fate::Clarified,
                    false if labels.is_empty() => Fate::Offered,
                    false => Fate::Misled,
                };
                (format!("clarify {}", ids.join("|")), fate)
            }
            Outcome::Gap(gap) => {
                let gap = expert
                    .knowledge
                    .gaps
                    .get(*gap)
                    .map(|gap| gap.id.as_str())
                    .unwrap_or_default();
                (
                    format!("gap {gap}"),
                    if labels.is_empty() {
                        Fate::Abstained
                    } else {
                        Fate::Missed
                    },
                )
            }
            Outcome::None => (
                "none".to_owned(),
                if labels.is_empty() {
                    Fate::Abstained
                } else {
                    Fate::Missed
                },
            ),
        };
        if !matches!(fate, Fate::Right | Fate::Abstained) {
            let label = if labels.is_empty() {
                "none".to_owned()
            } else {
                labels.join("|")
            };
            self.wrong.push(format!(
                "{fate:?}\t{kind}\twanted {label}\tgot {got}\t{question}"
            ));
        }
        *self
            .kinds
            .entry(kind.to_owned())
            .or_default()
            .0
            .entry(fate)
            .or_default() += 1;
        *self.all.0.entry(fate).or_default() += 1;
    }
}
