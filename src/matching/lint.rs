//! What makes lexicons ambiguous: keywords under two concepts, look-alikes. Part of `check`; knows no facts.

use std::collections::{BTreeMap, BTreeSet};

use super::fuzzy::{Fuzzy, tolerance};
use super::normalise::{phrase_words, words};
use super::stemming::Stemming;
use crate::knowledge::{Fault, Folder, Knowledge, Lexicon, Place};

/// Every fault of the lexicons of a folder.
#[must_use]
pub fn lexicon_faults(knowledge: &Knowledge, folder: &Folder) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (language, lexicon) in knowledge.lexicons.iter() {
        let file = format!("lexicon/{language}.toml");
        let place = folder.place(&file);
        if let Some(Err(problem)) = lexicon.stemmer.as_deref().map(Stemming::snowball) {
            faults.push(place.fault("stemmer", problem));
        }
        lint(lexicon, place, &mut faults);
    }
    faults
}

fn lint(lexicon: &Lexicon, place: Place<'_>, faults: &mut Vec<Fault>) {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    let fillers: BTreeSet<String> = lexicon
        .fillers
        .iter()
        .flat_map(|filler| words(filler))
        .collect();
    let shared: BTreeSet<String> = lexicon
        .shared
        .iter()
        .map(|keyword| phrase_words(keyword, |word| fillers.contains(word)).join(" "))
        .collect();
    for (concept, keywords) in &lexicon.concepts {
        for keyword in keywords.keywords.iter().chain(&keywords.weak) {
            let folded = phrase_words(keyword, |word| fillers.contains(word)).join(" ");
            let field = format!("concepts.{concept}");
            if folded.is_empty() {
                faults.push(place.fault(&field, format!("`{keyword}` holds no word")));
                continue;
            }
            if let Some(other) = owners.get(&folded)
                && other != concept
                && !shared.contains(&folded)
            {
                let problem = format!(
                    "`{keyword}` also stands under `{other}`: remove one, or name it in `shared`"
                );
                faults.push(place.fault_at(&field, keyword, problem));
            }
            owners.insert(folded, concept);
        }
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
    let fuzzy = Fuzzy::new(single.iter().map(|&word| word.clone()).collect(), 1);
    for word in &single {
        let (distance, near) = fuzzy.nearest(word, 1);
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
