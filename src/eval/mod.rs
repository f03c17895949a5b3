//! How well labelled questions are answered, in figures, and what in the lexicons stands in the way. Knows no surface and
//! changes nothing.

mod change;
mod confusions;
mod fate;
mod intervals;
mod keywords;
mod mends;
mod table;
mod tally;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use fate::Fate;
use keywords::LeftOut;
use table::Question;
use tally::Tally;

use crate::expert::Expert;
use crate::knowledge::{Knowledge, Lexicons};
use crate::matching::{Heard, Matcher, Outcome, Verdict};
use crate::progress::Progress;

/// What is said beyond the figures.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct Wanted {
    /// List the questions that went wrong.
    #[arg(long)]
    pub wrong: bool,
    /// Say how far each share can be trusted: Wilson 95 % intervals, by language and kind.
    #[arg(long)]
    pub intervals: bool,
    /// Say which fact or gap took which question, and through which keyword.
    #[arg(long)]
    pub confusions: bool,
    /// Say which keywords made no difference to these questions, and which only did harm.
    #[arg(long)]
    pub keywords: bool,
    /// Say which change of one word in a lexicon would mend a question.
    #[arg(long)]
    pub mends: bool,
}

/// A question that was asked.
struct Asked {
    question: Question,
    verdict: Verdict,
    fate: Fate,
}

/// The figures over labelled questions.
pub struct Report<'a> {
    expert: &'a Expert,
    lexicons: &'a Lexicons,
    asked: Vec<Asked>,
    left_out: OnceCell<LeftOut>,
}

/// Asks every question of the files and compares the verdicts with the labels. The lexicons are those that the expert has
/// indexed.
///
/// # Errors
/// The file and line that cannot be read, or a label that is no fact.
pub fn evaluate<'a>(
    expert: &'a Expert,
    lexicons: &'a Lexicons,
    files: &[PathBuf],
) -> Result<Report<'a>, String> {
    let mut questions = Vec::new();
    for file in files {
        questions.extend(table::read(&expert.knowledge, file)?);
    }
    let progress = Progress::new("asking", questions.len());
    let ask = |question: Question| {
        let (verdict, fate) = ask(&expert.knowledge, &expert.matcher, &question);
        progress.step();
        Asked {
            question,
            verdict,
            fate,
        }
    };
    Ok(Report {
        expert,
        lexicons,
        asked: questions.into_iter().map(ask).collect(),
        left_out: OnceCell::new(),
    })
}

fn ask(knowledge: &Knowledge, matcher: &Matcher, question: &Question) -> (Verdict, Fate) {
    let verdict = matcher.ask(&question.text, None);
    let fate = Fate::of(knowledge, &verdict.outcome, &question.labels);
    (verdict, fate)
}

impl Report<'_> {
    /// Right answers and right abstentions, and half of the clarifications with the right fact, as a share of all
    /// questions.
    #[must_use]
    pub fn honest_accuracy(&self) -> f64 {
        self.tally(|_| true).honest_accuracy()
    }

    fn tally(&self, of: impl Fn(&Asked) -> bool) -> Tally {
        let mut tally = Tally::default();
        for asked in self.asked.iter().filter(|asked| of(asked)) {
            tally.add(asked.fate);
        }
        tally
    }

    /// What a question is heard as.
    fn hear(&self, asked: &Asked) -> Heard {
        let matcher = &self.expert.matcher;
        matcher.hear(self.lexicons, &asked.question.text)
    }

    /// What each keyword does to the questions; worked out once.
    fn left_out(&self) -> &LeftOut {
        self.left_out.get_or_init(|| keywords::leave_out(self))
    }

    /// The texts of questions by position.
    fn questions<'a>(&'a self, positions: &'a [usize]) -> impl Iterator<Item = &'a str> {
        let asked = positions.iter().filter_map(|&at| self.asked.get(at));
        asked.map(|asked| asked.question.text.as_str())
    }

    /// The figures in lines: by kind and together, and whatever else is wanted.
    #[must_use]
    pub fn in_words(&self, wanted: &Wanted) -> String {
        let mut words = String::new();
        if wanted.wrong {
            for asked in self.asked.iter().filter(|asked| !asked.fate.is_right()) {
                let _ = writeln!(words, "{}", self.wrong(asked));
            }
        }
        let mut kinds: BTreeMap<&str, Tally> = BTreeMap::new();
        for asked in &self.asked {
            let tally = kinds.entry(&asked.question.kind).or_default();
            tally.add(asked.fate);
        }
        for (kind, tally) in &kinds {
            let _ = writeln!(words, "{}", tally.line(kind));
        }
        let _ = writeln!(words, "{}", self.tally(|_| true).line("all"));
        let mut part = |is_wanted: bool, of: &dyn Fn(&Self) -> String| {
            if is_wanted {
                let _ = write!(words, "\n{}", of(self));
            }
        };
        part(wanted.intervals, &intervals::in_words);
        part(wanted.confusions, &confusions::in_words);
        part(wanted.keywords, &keywords::in_words);
        part(wanted.mends, &mends::in_words);
        words
    }

    fn wrong(&self, asked: &Asked) -> String {
        let Asked { question, fate, .. } = asked;
        let (wanted, got) = (question.wanted(), self.got(&asked.verdict.outcome));
        let (kind, text) = (&question.kind, &question.text);
        format!("{fate:?}\t{kind}\twanted {wanted}\tgot {got}\t{text}")
    }

    /// What a question reached, in a few words.
    fn got(&self, outcome: &Outcome) -> String {
        let knowledge = &self.expert.knowledge;
        let fact = |position: &usize| {
            let fact = knowledge.facts.get(*position);
            fact.map_or("", |fact| fact.id.as_str())
        };
        match outcome {
            Outcome::Answer(position) => fact(position).to_owned(),
            Outcome::Clarify(positions) => {
                let ids: Vec<&str> = positions.iter().map(fact).collect();
                format!("clarify {}", ids.join("|"))
            }
            Outcome::Gap(gap) => {
                let gap = knowledge.gaps.get(*gap);
                format!("gap {}", gap.map_or("", |gap| gap.id.as_str()))
            }
            Outcome::None => "none".to_owned(),
        }
    }
}
