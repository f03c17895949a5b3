//! Which keywords made a difference to the questions: each that was found in one is left out once.
//!
//! Keywords that share no question are left out together: what one does to its questions the others do not see. So a few
//! matchers are built, and not one for each keyword.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::Report;
use super::change::{Change, Effect, changed};
use crate::matching::KeywordOf;
use crate::progress::Progress;

/// How many matchers are built at most. The keywords found most often come first; the rest is counted, not tried.
const MOST_ROUNDS: usize = 100;

/// What leaving out does, keyword by keyword.
pub(super) struct LeftOut {
    pub(super) effects: BTreeMap<KeywordOf, Effect>,
    /// How many were found in questions, but not tried.
    untried: usize,
}

/// Keywords that are left out together, and whose question each is.
#[derive(Default)]
struct Round {
    keywords: Vec<KeywordOf>,
    owner: BTreeMap<usize, usize>,
}

/// Leaves out every keyword that was found in a question.
pub(super) fn leave_out(report: &Report<'_>) -> LeftOut {
    let mut found: BTreeMap<KeywordOf, BTreeSet<usize>> = BTreeMap::new();
    for (position, asked) in report.asked.iter().enumerate() {
        let heard = report.hear(asked);
        for keyword in heard.parts.into_iter().flat_map(|part| part.keywords) {
            found.entry(keyword).or_default().insert(position);
        }
    }
    let (rounds, untried) = rounds(found);
    let mut effects = BTreeMap::new();
    let progress = Progress::new("leaving keywords out", rounds.len());
    for Round { keywords, owner } in rounds {
        let changes: Vec<Change> = keywords.iter().cloned().map(Change::Remove).collect();
        let mut of_round: Vec<Effect> = keywords.iter().map(|_| Effect::default()).collect();
        if let Some(matcher) = changed(report, &changes) {
            for (position, keyword) in owner {
                if let Some(effect) = of_round.get_mut(keyword) {
                    effect.compare(report, &matcher, position);
                }
            }
        }
        effects.extend(keywords.into_iter().zip(of_round));
        progress.step();
    }
    LeftOut { effects, untried }
}

/// Parts keywords into rounds in which no two share a question; says how many are in none.
fn rounds(found: BTreeMap<KeywordOf, BTreeSet<usize>>) -> (Vec<Round>, usize) {
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(_, questions)| std::cmp::Reverse(questions.len()));
    let mut rounds: Vec<Round> = Vec::new();
    let mut untried = 0;
    for (keyword, questions) in found {
        let free = |round: &Round| questions.iter().all(|at| !round.owner.contains_key(at));
        let position = rounds.iter().position(free).unwrap_or(rounds.len());
        if position == rounds.len() {
            if position == MOST_ROUNDS {
                untried += 1;
                continue;
            }
            rounds.push(Round::default());
        }
        if let Some(round) = rounds.get_mut(position) {
            let number = round.keywords.len();
            round
                .owner
                .extend(questions.into_iter().map(|at| (at, number)));
            round.keywords.push(keyword);
        }
    }
    (rounds, untried)
}

pub(super) fn in_words(report: &Report<'_>) -> String {
    let left_out = report.left_out();
    let effects = &left_out.effects;
    let all: usize = report
        .lexicons
        .iter()
        .flat_map(|(_, lexicon)| lexicon.concepts.values())
        .map(|said| said.keywords.len() + said.weak.len())
        .sum();
    let mut words = format!(
        "keywords: {} of {all} were found in these questions\n",
        effects.len() + left_out.untried
    );
    if left_out.untried > 0 {
        let _ = writeln!(words, "{} of them were not tried", left_out.untried);
    }
    let harmful = effects
        .iter()
        .filter(|(_, effect)| effect.only_helps())
        .count();
    let _ = writeln!(words, "only harm: {harmful}");
    for (keyword, effect) in effects.iter().filter(|(_, effect)| effect.only_helps()) {
        let KeywordOf {
            language,
            concept,
            keyword,
        } = keyword;
        let _ = writeln!(
            words,
            "   {language} {concept}: \"{keyword}\"; better without it:"
        );
        for question in report.questions(&effect.better) {
            let _ = writeln!(words, "      {question}");
        }
    }
    let _ = writeln!(
        words,
        "no difference to these questions (another keyword says the same, or the answer does not hang on it):"
    );
    let mut idle: BTreeMap<(_, &str), Vec<String>> = BTreeMap::new();
    for (keyword, effect) in effects {
        if effect.better.is_empty() && effect.worse.is_empty() {
            let list = idle
                .entry((keyword.language, &keyword.concept))
                .or_default();
            list.push(format!("\"{}\"", keyword.keyword));
        }
    }
    for ((language, concept), keywords) in idle {
        let _ = writeln!(words, "   {language} {concept}: {}", keywords.join(", "));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn keywords_of_one_question_are_left_out_apart_and_others_together() {
        let keyword = |keyword: &str| KeywordOf {
            language: Language::En,
            concept: "x".to_owned(),
            keyword: keyword.to_owned(),
        };
        let found = [
            ("a", &[0, 1, 2][..]),
            ("b", &[0]),
            ("c", &[1]),
            ("d", &[1, 3]),
        ];
        let found =
            found.map(|(word, questions)| (keyword(word), questions.iter().copied().collect()));
        let (rounds, untried) = rounds(found.into());
        assert_eq!(untried, 0);
        let words: Vec<Vec<&str>> = rounds
            .iter()
            .map(|round| round.keywords.iter().map(|k| k.keyword.as_str()).collect())
            .collect();
        assert_eq!(words, [vec!["a"], vec!["d", "b"], vec!["c"]]);
        // Each question of a round is one keyword's.
        assert_eq!(rounds[1].owner, BTreeMap::from([(0, 1), (1, 0), (3, 0)]));
    }

    #[test]
    fn there_is_an_end_to_the_rounds() {
        let found = (0..MOST_ROUNDS + 5).map(|number| {
            let keyword = KeywordOf {
                language: Language::En,
                concept: "x".to_owned(),
                keyword: number.to_string(),
            };
            (keyword, BTreeSet::from([0]))
        });
        let (rounds, untried) = rounds(found.collect());
        assert_eq!((rounds.len(), untried), (MOST_ROUNDS, 5));
    }
}
