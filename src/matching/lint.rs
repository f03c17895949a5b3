//! What makes lexicons ambiguous: keywords under two concepts, look-alikes. Part of `check`; knows no facts.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::folded::{Folded, phrase};
use super::fuzzy::{Fuzzy, tolerance};
use super::normalise::words;
use super::stemming::Stemming;
use super::vocabulary::Words;
use crate::knowledge::{Fault, Folder, Lexicon, Place};
use crate::language::ByLanguage;

/// Every fault of the lexicons of a folder.
pub(super) fn lexicon_faults(lexicons: &ByLanguage<Folded<'_>>, folder: &Folder) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (language, folded) in lexicons.iter() {
        let file = format!("lexicon/{language}.toml");
        let place = folder.place(&file);
        let stemmer = folded.lexicon.stemmer.as_deref();
        if let Some(Err(problem)) = stemmer.map(Stemming::snowball) {
            faults.push(place.fault("stemmer", problem));
        }
        lint(folded, place, &mut faults);
    }
    faults
}

fn lint(folded: &Folded<'_>, place: Place<'_>, faults: &mut Vec<Fault>) {
    let lexicon = folded.lexicon;
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    let fillers: HashSet<&str> = folded.fillers.iter().map(String::as_str).collect();
    let is_filler = |word: &str| fillers.contains(word);
    let shared: BTreeSet<String> = lexicon
        .shared
        .iter()
        .map(|keyword| phrase(&words(keyword), is_filler).join(" "))
        .collect();
    for keyword in &folded.keywords {
        let (concept, written) = (keyword.concept, keyword.written);
        let phrase = keyword.phrase(is_filler).join(" ");
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
    let fuzzy = Fuzzy::new(vocabulary, 1);
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
