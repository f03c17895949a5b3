//! What becomes of a question: a verdict beside what was wanted.

use crate::knowledge::Knowledge;
use crate::matching::Outcome;

/// What became of one labelled question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
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

impl Fate {
    /// What a verdict is beside the labels, the ids of the facts of which each is right; none where the source does not say.
    pub(super) fn of(knowledge: &Knowledge, outcome: &Outcome, labels: &[String]) -> Self {
        let right = |position: &usize| {
            let fact = knowledge.facts.get(*position);
            fact.is_some_and(|fact| labels.contains(&fact.id))
        };
        let none = labels.is_empty();
        match outcome {
            Outcome::Answer(fact) if right(fact) => Self::Right,
            Outcome::Answer(_) if none => Self::FalseFigure,
            Outcome::Answer(_) => Self::Wrong,
            Outcome::Clarify(facts) if facts.iter().any(right) => Self::Clarified,
            Outcome::Clarify(_) if none => Self::Offered,
            Outcome::Clarify(_) => Self::Misled,
            Outcome::Gap(_) | Outcome::None if none => Self::Abstained,
            Outcome::Gap(_) | Outcome::None => Self::Missed,
        }
    }

    /// Whether nothing is left to wish for.
    pub(super) fn is_right(self) -> bool {
        matches!(self, Self::Right | Self::Abstained)
    }

    /// How good it is, the higher the better: silence beats a wrong figure.
    pub(super) fn worth(self) -> u8 {
        match self {
            Self::Right | Self::Abstained => 3,
            Self::Clarified => 2,
            Self::Misled | Self::Missed | Self::Offered => 1,
            Self::Wrong | Self::FalseFigure => 0,
        }
    }
}
