//! Changes of one word in a lexicon that would mend a question. A change is told only if it harms none of the questions and no
//! example; whether it is true to the language, people must say.
//!
//! Which words to try is found out by asking the question in other words: with a keyword of the concept in place of the word, or
//! without the word. Only what passes that is tried with a matcher of its own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::change::{Change, Effect, broken_example, changed};
use super::{Asked, Report, ask};
use crate::knowledge::Knowledge;
use crate::matching::{KeywordOf, Meaning, Part, in_other_words, sample};
use crate::progress::Progress;

/// How many changes are tried at most, those first that promise to mend most questions.
const MOST_TRIED: usize = 200;

/// If more everyday words of a question than these would mend it, it does not hang on any of them, and none is told.
const MOST_EVERYDAY: usize = 2;

/// What a change does beyond what it promised.
struct Tried {
    /// The change; several where a word does the same under several concepts.
    changes: Vec<Change>,
    /// The questions that it makes better.
    better: Vec<usize>,
    /// A question or an example that it makes worse.
    harm: Option<String>,
}

impl Tried {
    /// Whether both add one word, and to the same effect.
    fn does_the_same(&self, other: &Self) -> bool {
        let added = |tried: &Self| match tried.changes.first() {
            Some(Change::Add(of)) => Some((of.language, of.keyword.clone())),
            _ => None,
        };
        let same = self.better == other.better && self.harm == other.harm;
        same && added(self).is_some_and(|word| Some(word) == added(other))
    }
}

/// Changes of which one suffices.
fn either(changes: &[Change]) -> String {
    let changes: Vec<String> = changes.iter().map(ToString::to_string).collect();
    changes.join(", or ")
}

pub(super) fn in_words(report: &Report<'_>) -> String {
    let (tried, untried) = tried(report);
    let (mends, harmful): (Vec<_>, Vec<_>) = tried.iter().partition(|tried| tried.harm.is_none());
    let mut words = String::from(
        "changes of one word that make a question better, and neither another one nor an example worse: ",
    );
    let _ = writeln!(words, "{}", mends.len());
    for Tried {
        changes, better, ..
    } in &mends
    {
        let _ = writeln!(words, "{}  {}", better.len(), either(changes));
        for question in report.questions(better) {
            let _ = writeln!(words, "   {question}");
        }
    }
    let _ = writeln!(words, "changes that also harm: {}", harmful.len());
    for Tried {
        changes,
        better,
        harm,
    } in &harmful
    {
        let harm = harm.as_deref().unwrap_or_default();
        let _ = writeln!(
            words,
            "{}  {}; harms: {harm}",
            better.len(),
            either(changes)
        );
    }
    if untried > 0 {
        let _ = writeln!(words, "changes that were not tried: {untried}");
    }
    let unknown = unknown_beside_a_figure(report);
    if !unknown.is_empty() {
        let _ = writeln!(
            words,
            "words that no lexicon knows, in questions that got a figure and should not: their concept or gap is missing"
        );
        for (word, question) in unknown {
            let _ = writeln!(words, "   \"{word}\"  {question}");
        }
    }
    words
}

/// Tries what is worth it, and says how many changes were too many; those first that help most questions.
fn tried(report: &Report<'_>) -> (Vec<Tried>, usize) {
    let mut promising = promising(report);
    for (keyword, effect) in &report.left_out().effects {
        if effect.only_helps() {
            promising.insert(Change::Remove(keyword.clone()), effect.better.clone());
        }
    }
    let mut promising: Vec<_> = promising.into_iter().collect();
    promising.sort_by_key(|(_, questions)| Reverse(questions.len()));
    let untried = promising.len().saturating_sub(MOST_TRIED);
    promising.truncate(MOST_TRIED);
    let progress = Progress::new("trying changes", promising.len());
    let mut tried: Vec<Tried> = Vec::new();
    for (change, _) in promising {
        if let Some(new) = try_out(report, change) {
            match tried.iter_mut().find(|known| known.does_the_same(&new)) {
                Some(known) => known.changes.extend(new.changes),
                None => tried.push(new),
            }
        }
        progress.step();
    }
    tried.sort_by_key(|tried| Reverse(tried.better.len()));
    (tried, untried)
}

/// What a change does to all questions and examples; nothing where it helps none.
fn try_out(report: &Report<'_>, change: Change) -> Option<Tried> {
    let matcher = changed(report, [&change])?;
    let mut effect = Effect::default();
    for position in 0..report.asked.len() {
        effect.compare(report, &matcher, position);
    }
    if effect.better.is_empty() {
        return None;
    }
    let worse = report.questions(&effect.worse).next();
    let harm = worse.or_else(|| broken_example(report, &matcher));
    Some(Tried {
        changes: vec![change],
        harm: harm.map(str::to_owned),
        better: effect.better,
    })
}

/// The changes that are worth a try, with the questions that they may mend.
fn promising(report: &Report<'_>) -> BTreeMap<Change, Vec<usize>> {
    let mut promising: BTreeMap<Change, Vec<usize>> = BTreeMap::new();
    for (position, asked) in report.asked.iter().enumerate() {
        if !asked.fate.is_right() {
            for change in promising_for(report, asked) {
                promising.entry(change).or_default().push(position);
            }
        }
    }
    promising
}

/// The changes that may mend a question: of its unknown words and typos, and only where these do not help of its everyday words.
fn promising_for(report: &Report<'_>, asked: &Asked) -> BTreeSet<Change> {
    let heard = report.hear(asked);
    let language = heard.verdict.language;
    let concepts = wanted_concepts(&report.expert.knowledge, asked);
    let open = heard.parts.iter().filter(|part| part.may_be_a_keyword());
    let (everyday, odd): (Vec<&Part>, Vec<&Part>) =
        open.partition(|part| part.meaning == Meaning::Everyday);
    let additions = |parts: &[&Part]| {
        let mut changes = BTreeSet::new();
        for part in parts {
            for &concept in &concepts {
                let lexicon = report.lexicons.get(language);
                let known = sample(lexicon, concept);
                if known.is_some_and(|known| reaches_better(report, asked, &part.words, known)) {
                    changes.insert(Change::Add(KeywordOf {
                        language,
                        concept: concept.clone(),
                        keyword: part.words.clone(),
                    }));
                }
            }
        }
        changes
    };
    let mut changes = additions(&odd);
    for part in odd.iter().filter(|part| part.typo) {
        if reaches_better(report, asked, &part.words, "") {
            changes.insert(Change::Ordinary(language, part.words.clone()));
        }
    }
    if changes.is_empty() {
        changes = additions(&everyday);
        let words: BTreeSet<&str> = changes.iter().map(Change::word).collect();
        if words.len() > MOST_EVERYDAY {
            changes.clear();
        }
    }
    changes
}

/// What the facts that were wanted need, count and answer.
fn wanted_concepts<'a>(knowledge: &'a Knowledge, asked: &Asked) -> BTreeSet<&'a String> {
    let labels = asked.question.labels.iter();
    let rules = labels.filter_map(|id| Some(&knowledge.fact(id)?.rules));
    rules
        .flat_map(|rules| {
            let needs = rules
                .needs
                .iter()
                .flat_map(|way| way.groups.iter().flatten());
            needs.chain(&rules.counts).chain(&rules.asks)
        })
        .collect()
}

fn reaches_better(report: &Report<'_>, asked: &Asked, word: &str, other: &str) -> bool {
    let Some(text) = in_other_words(&asked.question.text, word, other) else {
        return false;
    };
    let mut question = asked.question.clone();
    question.text = text;
    let expert = report.expert;
    let (_, fate) = ask(&expert.knowledge, &expert.matcher, &question);
    fate.worth() > asked.fate.worth()
}

/// Unknown words of questions that got a figure though the source has none.
fn unknown_beside_a_figure<'a>(report: &'a Report<'_>) -> Vec<(String, &'a str)> {
    let mut found = Vec::new();
    let stolen = report.asked.iter();
    for asked in stolen.filter(|asked| asked.question.labels.is_empty() && !asked.fate.is_right()) {
        let open = report.hear(asked).parts.into_iter();
        let open = open.filter(Part::is_new_word);
        found.extend(open.map(|part| (part.words, asked.question.text.as_str())));
    }
    found
}
