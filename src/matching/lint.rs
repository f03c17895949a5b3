//! What makes lexicons ambiguous: keywords under two concepts, look-alikes. Part of `check`; knows no facts.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::folded::{Folded, phrase};
use super::fuzzy::{Fuzzy, tolerance};
use super::normalise::words;
use super::stemming::Stemming;
use super::vocabulary::Words;
use crate::knowledge::{Fault, Folder, Lexicon, Place};
use crate::language::{ByLanguage, Language};
use crate::parallel::in_parallel;

/// Every fault of the lexicons of a folder.
#[must_use]
pub fn lexicon_faults(lexicons: &ByLanguage<Lexicon>, folder: &Folder) -> Vec<Fault> {
    let found = in_parallel(&Language::ALL, |&language| {
        let mut faults = Vec::new();
        let lexicon = lexicons.get(language);
        let folded = Folded::new(lexicon);
        let file = format!("lexicon/{language}.toml");
        let place = folder.place(&file);
        let stemmer = lexicon.stemmer.as_deref();
        if let Some(Err(problem)) = stemmer.map(Stemming::snowball) {
            faults.push(place.fault("stemmer", problem));
        }
        lint(&folded, place, &mut faults);
        faults
    });
    found.into_iter().flatten().collect()
}

fn lint(folded: &Folded<'_>, place: Place<'_>, faults: &mut Vec<Fault>) {
    let lexicon = folded.lexicon;
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    let all = folded.words.words();
    let fillers = folded.fillers.iter().filter_map(|&filler| all.get(filler));
    let fillers: HashSet<&str> = fillers.collect();
    let as_looked_for = |words: &[String]| {
        let words = words.iter().map(String::as_str);
        let words: Vec<&str> = phrase(words, |word| fillers.contains(word)).collect();
        words.join(" ")
    };
    let shared = lexicon.shared.iter();
    let shared: BTreeSet<String> = shared
        .map(|keyword| as_looked_for(&words(keyword)))
        .collect();
    for keyword in &folded.keywords {
        let (concept, written) = (keyword.concept, keyword.written);
        let words = folded.phrase(keyword, |word| {
            all.get(word).is_some_and(|word| fillers.contains(word))
        });
        let words: Vec<&str> = words.filter_map(|word| all.get(word)).collect();
        let phrase = words.join(" ");
        let field = || format!("concepts.{concept}");
        if phrase.is_empty() {
            faults.push(place.fault(&field(), format!("`{written}` holds no word")));
            continue;
        }
        if let Some(other) = owners.get(&phrase)
            && *other != concept
            && !shared.contains(&phrase)
        {
            let problem = format!(
                "`{written}` also stands under `{other}`: remove one, or name it in `shared`"
            );
            faults.push(place.fault_at(&field(), written, problem));
        }
        owners.insert(phrase, concept);
    }
    look_alikes(lexicon, place, &owners, faults);
}

/// Single keywords of two concepts within one edit of each other: a typo could turn one into the other.
fn look_alikes(
    lexicon: &Lexicon,
    place: Place<'_>,
    owners: &BTreeMap<String, &str>,
    faults: &mut Vec<Fault>,
) {
    let allowed: BTreeSet<Vec<String>> = lexicon
        .lookalikes
        .iter()
        .map(|pair| {
            let mut pair = words(pair);
            pair.sort();
            pair
        })
        .collect();
    let single: Vec<&String> = owners
        .keys()
        .filter(|word| !word.contains(' ') && tolerance(word.chars().count()) > 0)
        .collect();
    let mut vocabulary = Words::default();
    for word in &single {
        vocabulary.push(word);
    }
    let fuzzy = Fuzzy::new(&vocabulary, vocabulary.numbers());
    for word in &single {
        let (distance, near) = fuzzy.nearest(&vocabulary, word, 1);
        for other in near
            .into_iter()
            .filter_map(|position| single.get(position as usize))
        {
            let (Some(ours), Some(theirs)) = (owners.get(*word), owners.get(*other)) else {
                continue;
            };
            let pair = vec![(*word).clone(), (*other).clone()];
            if distance == 1 && ours != theirs && word < other && !allowed.contains(&pair) {
                let problem = format!(
                    "`{word}` is one letter from `{other}` of `{theirs}`: name both in `lookalikes`"
                );
                faults.push(place.fault_at(&format!("concepts.{ours}"), word, problem));
            }
        }
    }
}
