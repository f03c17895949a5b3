//! The words and phrases of one lexicon, indexed once: exact forms, stems, typos and phrases. Immutable. Knows
//! what concept a word stands for, but nothing of facts or scores.

use std::collections::{HashMap, HashSet};

use super::concept::{ConceptId, Concepts};
use super::fuzzy::{Fuzzy, MOST_EDITS};
use super::normalise::{fold, phrase_words, words};
use super::stemming::Stemming;
use super::typing::{cyrillic, skeleton};
use crate::knowledge::Lexicon;
use crate::language::Language;

/// A word of a lexicon as far as phrases are concerned: its stem, by number.
pub(crate) type StemId = u32;

/// In which letters an index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// The language's own.
    Native,
    /// Latin letters for a language that is written in Cyrillic ones.
    Latin,
}

/// A concept that a word or phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sense {
    /// The concept.
    pub(crate) concept: ConceptId,
    /// Whether the word is an everyday one that counts only beside others.
    pub(crate) weak: bool,
}

/// What a lexicon knows of a word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// The stems it may have, for phrases.
    pub(crate) stems: Vec<StemId>,
    /// The concepts it stands for by itself.
    pub(crate) senses: Vec<Sense>,
    /// Whether it means nothing and may be skipped inside phrases.
    pub(crate) filler: bool,
    /// Whether it means nothing but has the form of a thing that is counted ("how many accountants").
    pub(crate) plural: bool,
    /// How sure it is that this word was meant: 1 for its exact form.
    pub(crate) quality: f32,
}

/// A stem that was reached through an inflection.
const INFLECTED: f32 = 0.97;
/// One typo.
const ONE_EDIT: f32 = 0.85;
/// Two typos.
const TWO_EDITS: f32 = 0.7;

/// A phrase of at least two words.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// The stems of its words after the first.
    pub(crate) rest: Vec<StemId>,
    /// What it stands for.
    pub(crate) sense: Sense,
}

/// What is known of a stem.
#[derive(Debug, Default)]
struct Stem {
    senses: Vec<Sense>,
    filler: bool,
}

/// What is known of an exact form.
#[derive(Debug, Default)]
struct Form {
    stem: StemId,
    senses: Vec<Sense>,
    filler: bool,
    /// Stands in the lexicon as an everyday word: it means nothing and is no typo.
    ordinary: bool,
}

/// The index of one lexicon in one script.
pub(crate) struct Index {
    /// The language.
    pub(crate) language: Language,
    /// In which letters it is.
    pub(crate) script: Script,
    stemming: Stemming,
    plurals: Vec<String>,
    forms: HashMap<String, Form>,
    stem_ids: HashMap<String, StemId>,
    stems: Vec<Stem>,
    phrases: HashMap<StemId, Vec<Phrase>>,
    fuzzy: Fuzzy,
    /// The stems of the words that `fuzzy` finds, and the form where one was meant.
    fuzzy_forms: Vec<(StemId, Option<String>)>,
}

impl Index {
    /// Indexes a lexicon.
    ///
    /// # Errors
    /// The stemmer that does not exist.
    pub(crate) fn new(
        language: Language,
        script: Script,
        lexicon: &Lexicon,
        concepts: &Concepts,
    ) -> Result<Self, String> {
        let stemming = match (&lexicon.stemmer, &lexicon.suffixes) {
            (Some(name), _) => Stemming::snowball(name)?,
            (None, suffixes) => {
                let suffixes = suffixes.as_deref().unwrap_or_default();
                let typed = |suffix: &String| match script {
                    Script::Native => suffix.clone(),
                    Script::Latin => skeleton(&fold(suffix.trim_start_matches('-'))),
                };
                Stemming::suffixes(&suffixes.iter().map(typed).collect::<Vec<_>>())
            }
        };
        let plurals = lexicon.plurals.iter().map(|ending| match script {
            Script::Native => fold(ending),
            Script::Latin => skeleton(&fold(ending)),
        });
        let mut index = Self {
            language,
            script,
            stemming,
            plurals: plurals.collect(),
            forms: HashMap::new(),
            stem_ids: HashMap::new(),
            stems: Vec::new(),
            phrases: HashMap::new(),
            fuzzy: Fuzzy::new(Vec::new(), MOST_EDITS),
            fuzzy_forms: Vec::new(),
        };
        index.add_everyday_words(lexicon);
        for (id, keywords) in &lexicon.concepts {
            let Some(concept) = concepts.id(id) else {
                continue;
            };
            for (weak, list) in [(false, &keywords.keywords), (true, &keywords.weak)] {
                for keyword in list {
                    index.add_keyword(keyword, Sense { concept, weak });
                }
            }
        }
        index.add_typos();
        Ok(index)
    }

    fn add_everyday_words(&mut self, lexicon: &Lexicon) {
        for word in words(&lexicon.ordinary) {
            self.form(&word).ordinary = true;
        }
        for filler in &lexicon.fillers {
            for word in words(filler) {
                let stem = {
                    let form = self.form(&word);
                    form.filler = true;
                    form.stem
                };
                if let Some(stem) = self.stems.get_mut(stem as usize) {
                    stem.filler = true;
                }
            }
        }
    }

    fn add_keyword(&mut self, keyword: &str, sense: Sense) {
        let parts = phrase_words(keyword, |word| {
            self.forms
                .get(&self.typed(word))
                .is_some_and(|form| form.filler)
        });
        if let [word] = parts.as_slice() {
            let form = self.form(word);
            form.senses.push(sense);
            let stem = form.stem;
            if let Some(stem) = self.stems.get_mut(stem as usize)
                && !stem.senses.contains(&sense)
            {
                stem.senses.push(sense);
            }
            return;
        }
        let mut stems = parts
            .iter()
            .map(|word| self.form(word).stem)
            .collect::<Vec<_>>()
            .into_iter();
        if let Some(first) = stems.next() {
            self.phrases.entry(first).or_default().push(Phrase {
                rest: stems.collect(),
                sense,
            });
        }
    }

    fn add_typos(&mut self) {
        let mut words: Vec<(String, StemId, Option<String>)> = Vec::new();
        let everyday = |form: &Form| form.ordinary || (form.filler && form.senses.is_empty());
        let mut known: HashSet<&str> = HashSet::new();
        for (word, form) in &self.forms {
            known.insert(word);
            if !everyday(form) {
                words.push((word.clone(), form.stem, Some(word.clone())));
            }
        }
        let meant: HashSet<StemId> = words.iter().map(|(_, stem, _)| *stem).collect();
        for (word, &stem) in &self.stem_ids {
            if !known.contains(word.as_str()) && meant.contains(&stem) {
                words.push((word.clone(), stem, None));
            }
        }
        words.sort();
        self.fuzzy = Fuzzy::new(
            words.iter().map(|(word, ..)| word.clone()).collect(),
            MOST_EDITS,
        );
        self.fuzzy_forms = words
            .into_iter()
            .map(|(_, stem, form)| (stem, form))
            .collect();
    }

    /// The word as this index holds it.
    fn typed(&self, word: &str) -> String {
        match self.script {
            Script::Native => word.to_owned(),
            Script::Latin => skeleton(word),
        }
    }

    fn form(&mut self, word: &str) -> &mut Form {
        let stem = self.typed(&self.stemming.index_stem(word));
        let next = u32::try_from(self.stems.len()).unwrap_or(StemId::MAX);
        let stem = *self.stem_ids.entry(stem).or_insert(next);
        if stem == next {
            self.stems.push(Stem::default());
        }
        let word = self.typed(word);
        self.forms.entry(word).or_insert_with(|| Form {
            stem,
            ..Form::default()
        })
    }

    /// The stems that a word of a question may have in this language; the longest first.
    fn stems_of(&self, word: &str) -> Vec<String> {
        match (self.script, &self.stemming) {
            (Script::Native, stemming) => stemming.stems(word),
            (Script::Latin, Stemming::Snowball(_)) => {
                let stems = self.stemming.stems(&cyrillic(word, self.language));
                stems.iter().map(|stem| skeleton(stem)).collect()
            }
            (Script::Latin, Stemming::Suffixes(_)) => self
                .stemming
                .stems(&skeleton(&cyrillic(word, self.language))),
        }
    }

    fn form_of(&self, word: &str) -> String {
        match self.script {
            Script::Native => word.to_owned(),
            Script::Latin => skeleton(&cyrillic(word, self.language)),
        }
    }

    /// What the lexicon knows of a folded word, by its exact form or its stem.
    ///
    /// A word that the lexicon lists by itself means what it is listed under, whatever shares its stem; a word that
    /// stands only inside phrases also means what its stem does.
    ///
    /// A single letter is a preposition or a slip: it may stand in a phrase, but is no keyword by itself.
    pub(crate) fn find(&self, word: &str) -> Option<Found> {
        let mut found = self.find_in_any_length(word)?;
        if word.chars().nth(1).is_none() {
            found.senses.clear();
        }
        Some(found)
    }

    fn find_in_any_length(&self, word: &str) -> Option<Found> {
        let form = self.forms.get(&self.form_of(word));
        let mut found = Found {
            stems: form.iter().map(|form| form.stem).collect(),
            senses: form.map(|form| form.senses.clone()).unwrap_or_default(),
            filler: form.is_some_and(|form| form.filler),
            plural: false,
            quality: if form.is_some() { 1.0 } else { INFLECTED },
        };
        if form.is_some_and(|form| form.ordinary && form.senses.is_empty()) {
            let word = self.form_of(word);
            found.plural = self.plurals.iter().any(|ending| word.ends_with(ending));
        }
        if form.is_some_and(|form| form.ordinary || form.filler || !form.senses.is_empty()) {
            return Some(found);
        }
        self.add_stems(&mut found, self.stems_of(word));
        (!found.stems.is_empty()).then_some(found)
    }

    /// Adds the stems that the lexicon knows, and what the longest of them means where nothing else is meant yet.
    fn add_stems(&self, found: &mut Found, stems: Vec<String>) {
        for stem in stems {
            let Some(&stem) = self.stem_ids.get(&stem) else {
                continue;
            };
            let Some(meaning) = self.stems.get(stem as usize) else {
                continue;
            };
            if !found.stems.contains(&stem) {
                found.filler |= found.stems.is_empty() && meaning.filler;
                found.stems.push(stem);
            }
            if found.senses.is_empty() {
                found.senses.clone_from(&meaning.senses);
            }
        }
    }

    /// What the lexicon knows of the words that a folded word may be a typo of.
    pub(crate) fn find_typo(&self, word: &str) -> Option<Found> {
        let form = self.form_of(word);
        let (mut distance, mut near) = self.fuzzy.nearest(&form, MOST_EDITS);
        for stem in self.stems_of(word).into_iter().filter(|stem| *stem != form) {
            let nearer = if near.is_empty() {
                MOST_EDITS
            } else {
                distance - 1
            };
            if nearer == 0 {
                break;
            }
            let (further, others) = self.fuzzy.nearest(&stem, nearer);
            if !others.is_empty() {
                (distance, near) = (further, others);
            }
        }
        if near.is_empty() {
            (distance, near) = (2, self.fuzzy.without_vowels(&form));
        }
        let mut found = Found {
            stems: Vec::new(),
            senses: Vec::new(),
            filler: false,
            plural: false,
            quality: if distance == 1 { ONE_EDIT } else { TWO_EDITS },
        };
        for position in near {
            let Some((stem, form)) = self.fuzzy_forms.get(position as usize) else {
                continue;
            };
            let mut meant = self.found_as(*stem, form.as_deref());
            found.stems.append(&mut meant.stems);
            found.senses.append(&mut meant.senses);
        }
        found.senses.sort_unstable();
        found.senses.dedup();
        found.stems.sort_unstable();
        found.stems.dedup();
        (!found.stems.is_empty()).then_some(found)
    }

    /// What a word that was meant stands for: by its own form, else by its stems, as if it had been typed right.
    fn found_as(&self, stem: StemId, form: Option<&str>) -> Found {
        let senses = form
            .and_then(|form| self.forms.get(form))
            .map(|form| form.senses.clone());
        let mut found = Found {
            stems: vec![stem],
            senses: senses.unwrap_or_default(),
            filler: false,
            plural: false,
            quality: 1.0,
        };
        if found.senses.is_empty()
            && let Some(meaning) = self.stems.get(stem as usize)
        {
            found.senses.clone_from(&meaning.senses);
        }
        if let (Some(form), Stemming::Suffixes(_)) = (form, &self.stemming)
            && found.senses.is_empty()
        {
            self.add_stems(&mut found, self.stemming.stems(form));
        }
        found
    }

    /// The phrases whose first word has this stem.
    pub(crate) fn phrases(&self, first: StemId) -> &[Phrase] {
        self.phrases
            .get(&first)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }
}
