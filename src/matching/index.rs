//! The words and phrases of one lexicon, indexed once: exact forms, stems, typos and phrases. Immutable. Knows
//! what concept a word stands for, but nothing of facts or scores.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::concept::{ConceptId, Concepts};
use super::folded::Folded;
use super::fuzzy::{Fuzzy, MOST_EDITS, MOST_VOWELS_MISSING};
use super::normalise::fold;
use super::stemming::Stemming;
use super::typing::{cyrillic, skeleton};
use super::vocabulary::{Vocabulary, Words};
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
#[derive(Clone, Copy, Default)]
struct Stem {
    senses: SensesId,
    filler: bool,
}

/// What is known of an exact form.
#[derive(Clone, Copy)]
struct Form {
    stem: StemId,
    senses: SensesId,
    filler: bool,
    /// Stands in the lexicon as an everyday word: it means nothing and is no typo.
    ordinary: bool,
}

/// Senses, by number; 0 for none. Most words have none.
type SensesId = u32;

/// The senses of all words.
struct SenseLists(Vec<Vec<Sense>>);

impl SenseLists {
    fn get(&self, id: SensesId) -> &[Sense] {
        self.0.get(id as usize).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, id: &mut SensesId, sense: Sense) {
        if *id == 0 {
            *id = u32::try_from(self.0.len()).unwrap_or_default();
            self.0.push(Vec::new());
        }
        if let Some(list) = self.0.get_mut(*id as usize) {
            list.push(sense);
        }
    }
}

/// A word of a question as one index looks it up.
struct Asked<'w> {
    /// In the letters of the language.
    meant: Cow<'w, str>,
    /// As the index holds its forms.
    form: Cow<'w, str>,
}

/// The index of one lexicon in one script.
pub(crate) struct Index {
    /// The language.
    pub(crate) language: Language,
    /// In which letters it is.
    pub(crate) script: Script,
    stemming: Stemming,
    plurals: Vec<String>,
    /// Exact forms; `forms` says by the same number what is known of them.
    words: Vocabulary,
    forms: Vec<Form>,
    /// Stems; `stems` says by the same number what is known of them.
    roots: Vocabulary,
    stems: Vec<Stem>,
    senses: SenseLists,
    phrases: HashMap<StemId, Vec<Phrase>>,
    fuzzy: Fuzzy,
    /// The stems of the words that `fuzzy` finds, and the form where one was meant.
    fuzzy_forms: Vec<(StemId, Option<u32>)>,
}

impl Index {
    /// Indexes a lexicon; `native` is its index in its own letters, where it is there already.
    ///
    /// # Errors
    /// The stemmer that does not exist.
    pub(crate) fn new(
        language: Language,
        script: Script,
        folded: &Folded<'_>,
        concepts: &Concepts,
        native: Option<&Self>,
    ) -> Result<Self, String> {
        let lexicon = folded.lexicon;
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
            words: Vocabulary::default(),
            forms: Vec::new(),
            roots: Vocabulary::default(),
            stems: Vec::new(),
            senses: SenseLists(vec![Vec::new()]),
            phrases: HashMap::new(),
            fuzzy: Fuzzy::new(Words::default(), MOST_EDITS),
            fuzzy_forms: Vec::new(),
        };
        index.add_everyday_words(folded, native);
        let mut last = None;
        for keyword in &folded.keywords {
            if last.is_none_or(|(id, _)| id != keyword.concept) {
                last = Some((keyword.concept, concepts.id(keyword.concept)));
            }
            if let Some((_, Some(concept))) = last {
                let is_filler = |word: &str| {
                    index
                        .known_form(&index.typed(word))
                        .is_some_and(|form| form.filler)
                };
                let parts = keyword.phrase(is_filler);
                let weak = keyword.weak;
                index.add_keyword(&parts, Sense { concept, weak }, native);
            }
        }
        index.add_typos();
        index.words.shrink();
        index.roots.shrink();
        index.forms.shrink_to_fit();
        index.stems.shrink_to_fit();
        Ok(index)
    }

    fn add_everyday_words(&mut self, folded: &Folded<'_>, native: Option<&Self>) {
        for word in &folded.ordinary {
            if let Some(form) = self.form(word, native) {
                form.ordinary = true;
            }
        }
        for word in &folded.fillers {
            let Some(form) = self.form(word, native) else {
                continue;
            };
            form.filler = true;
            let stem = form.stem;
            if let Some(stem) = self.stems.get_mut(stem as usize) {
                stem.filler = true;
            }
        }
    }

    fn add_keyword(&mut self, parts: &[&str], sense: Sense, native: Option<&Self>) {
        if let [word] = parts {
            let Some(form) = self.form(word, native) else {
                return;
            };
            let (stem, mut senses) = (form.stem, form.senses);
            self.senses.add(&mut senses, sense);
            if let Some(form) = self.form(word, native) {
                form.senses = senses;
            }
            if let Some(stem) = self.stems.get_mut(stem as usize)
                && !self.senses.get(stem.senses).contains(&sense)
            {
                self.senses.add(&mut stem.senses, sense);
            }
            return;
        }
        let stems = parts
            .iter()
            .filter_map(|word| self.form(word, native).map(|form| form.stem));
        let stems: Vec<StemId> = stems.collect();
        if let [first, rest @ ..] = stems.as_slice() {
            let phrases = self.phrases.entry(*first).or_default();
            phrases.push(Phrase {
                rest: rest.into(),
                sense,
            });
        }
    }

    fn add_typos(&mut self) {
        let mut words: Vec<(&str, StemId, Option<u32>)> = Vec::new();
        let little = |form: &Form| form.filler && form.senses == 0;
        for ((number, word), form) in (0..).zip(self.words.iter()).zip(&self.forms) {
            if !little(form) {
                words.push((word, form.stem, Some(number)));
            }
        }
        let meant: HashSet<StemId> = words.iter().map(|(_, stem, _)| *stem).collect();
        for (stem, word) in (0..).zip(self.roots.iter()) {
            if meant.contains(&stem) && self.words.number(word).is_none() {
                words.push((word, stem, None));
            }
        }
        words.sort_unstable();
        let mut vocabulary = Words::default();
        for (word, ..) in &words {
            vocabulary.push(word);
        }
        vocabulary.shrink();
        self.fuzzy_forms = words
            .into_iter()
            .map(|(_, stem, form)| (stem, form))
            .collect();
        self.fuzzy = Fuzzy::new(vocabulary, MOST_EDITS);
    }

    /// The word as this index holds it.
    fn typed<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match self.script {
            Script::Native => Cow::Borrowed(word),
            Script::Latin => Cow::Owned(skeleton(word)),
        }
    }

    /// What is known of an exact form.
    fn known_form(&self, word: &str) -> Option<&Form> {
        self.forms.get(self.words.number(word)? as usize)
    }

    /// The stem of a word that stands in the lexicon, in the language's own letters, and whether it is a filler.
    pub(crate) fn listed(&self, word: &str) -> Option<(StemId, bool)> {
        let form = self.known_form(&self.typed(word))?;
        Some((form.stem, form.filler))
    }

    /// The form of a word of the lexicon, new where it is not there yet.
    fn form(&mut self, word: &str, native: Option<&Self>) -> Option<&mut Form> {
        let number = self.words.add(&self.typed(word));
        let new = number as usize == self.forms.len();
        // Two words may be one in Latin letters, and yet have two stems.
        if new || native.is_some() {
            let known = native.and_then(|native| {
                let stem = native.known_form(word)?.stem;
                native.roots.word(stem).map(Cow::Borrowed)
            });
            let root = known.unwrap_or_else(|| Cow::Owned(self.stemming.index_stem(word)));
            let stem = self.roots.add(&self.typed(&root));
            if stem as usize == self.stems.len() {
                self.stems.push(Stem::default());
            }
            if new {
                self.forms.push(Form {
                    stem,
                    senses: 0,
                    filler: false,
                    ordinary: false,
                });
            }
        }
        self.forms.get_mut(number as usize)
    }

    /// Whether a clause ends in its verb, as in the languages that inflect by chains of suffixes.
    pub(crate) fn verb_final(&self) -> bool {
        matches!(self.stemming, Stemming::Suffixes(_))
    }

    /// A word of a question as it is looked up here.
    fn asked<'w>(&self, word: &'w str) -> Asked<'w> {
        match self.script {
            Script::Native => Asked {
                meant: Cow::Borrowed(word),
                form: Cow::Borrowed(word),
            },
            Script::Latin => {
                let meant = cyrillic(word, self.language);
                let form = Cow::Owned(skeleton(&meant));
                let meant = Cow::Owned(meant);
                Asked { meant, form }
            }
        }
    }

    /// The stems that a word of a question may have in this language; the longest first.
    fn stems_of(&self, asked: &Asked<'_>) -> Vec<String> {
        match (self.script, &self.stemming) {
            (Script::Native, _) | (_, Stemming::Suffixes(_)) => self.stemming.stems(&asked.form),
            (Script::Latin, Stemming::Snowball(_)) => {
                let stems = self.stemming.stems(&asked.meant);
                stems.iter().map(|stem| skeleton(stem)).collect()
            }
        }
    }

    /// What the lexicon knows of a folded word, by its exact form or its stem.
    ///
    /// A word that the lexicon lists by itself means what it is listed under, whatever shares its stem; a word that
    /// stands only inside phrases also means what its stem does.
    ///
    /// A single letter is a preposition or a slip: it may stand in a phrase, but is no keyword by itself.
    pub(crate) fn find(&self, word: &str) -> Option<Found> {
        let asked = self.asked(word);
        let mut found = self.find_in_any_length(&asked)?;
        let everyday = found.quality < 1.0 && found.senses.is_empty() && !found.filler;
        if everyday && let Some(meant) = self.find_short_of_a_vowel(&asked) {
            found = meant;
        }
        if word.chars().nth(1).is_none() {
            found.senses.clear();
        }
        Some(found)
    }

    fn find_in_any_length(&self, asked: &Asked<'_>) -> Option<Found> {
        let mut found = Found {
            stems: Vec::new(),
            senses: Vec::new(),
            filler: false,
            plural: false,
            quality: INFLECTED,
        };
        if let Some(form) = self.known_form(&asked.form) {
            found.stems.push(form.stem);
            found.senses.extend(self.senses.get(form.senses));
            found.filler = form.filler;
            found.quality = 1.0;
            if form.ordinary && form.senses == 0 {
                let mut plurals = self.plurals.iter();
                found.plural = plurals.any(|ending| asked.form.ends_with(ending));
            }
            if form.ordinary || form.filler || form.senses != 0 {
                return Some(found);
            }
        }
        self.add_stems(&mut found, &self.stems_of(asked));
        (!found.stems.is_empty()).then_some(found)
    }

    /// Adds the stems that the lexicon knows, and what the longest of them means where nothing else is meant yet.
    fn add_stems(&self, found: &mut Found, stems: &[String]) {
        for stem in stems {
            let Some(stem) = self.roots.number(stem) else {
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
                found.senses.extend(self.senses.get(meaning.senses));
            }
        }
    }

    /// What the lexicon knows of the words that a folded word may be a typo of.
    pub(crate) fn find_typo(&self, word: &str) -> Option<Found> {
        let asked = self.asked(word);
        let (mut distance, mut near) = self.fuzzy.nearest(&asked.form, MOST_EDITS);
        for stem in self.stems_of(&asked) {
            let nearer = if near.is_empty() {
                MOST_EDITS
            } else {
                distance - 1
            };
            if nearer == 0 {
                break;
            }
            if stem == asked.form {
                continue;
            }
            let (further, others) = self.fuzzy.nearest(&stem, nearer);
            if !others.is_empty() {
                (distance, near) = (further, others);
            }
        }
        if near.is_empty() {
            let missing = MOST_VOWELS_MISSING;
            (distance, near) = (2, self.fuzzy.without_vowels(&asked.form, missing));
        }
        self.found_near(&near, if distance == 1 { ONE_EDIT } else { TWO_EDITS })
    }

    /// What a word means that is some everyday word with suffixes, but also a keyword without one of its vowels: in languages
    /// with suffixes people drop them when they type fast.
    fn find_short_of_a_vowel(&self, asked: &Asked<'_>) -> Option<Found> {
        let Stemming::Suffixes(_) = &self.stemming else {
            return None;
        };
        let near = self.fuzzy.without_vowels(&asked.form, 1);
        let found = self.found_near(&near, ONE_EDIT)?;
        (!found.senses.is_empty()).then_some(found)
    }

    /// The words at these positions of `fuzzy`, as one.
    fn found_near(&self, near: &[u32], quality: f32) -> Option<Found> {
        let mut found = Found {
            stems: Vec::new(),
            senses: Vec::new(),
            filler: false,
            plural: false,
            quality,
        };
        for &position in near {
            if let Some(&(stem, form)) = self.fuzzy_forms.get(position as usize) {
                self.add_meant(&mut found, stem, form);
            }
        }
        found.senses.sort_unstable();
        found.senses.dedup();
        found.stems.sort_unstable();
        found.stems.dedup();
        (!found.stems.is_empty()).then_some(found)
    }

    /// Adds what a word that was meant stands for: by its own form, else by its stems, as if it had been typed right.
    fn add_meant(&self, found: &mut Found, stem: StemId, form: Option<u32>) {
        let own = form.and_then(|form| self.forms.get(form as usize));
        if own.is_some_and(|form| form.ordinary && form.senses == 0) {
            found.stems.push(stem);
            return;
        }
        let own = own.map_or(0, |form| form.senses);
        let by_stem = || self.stems.get(stem as usize).map_or(0, |stem| stem.senses);
        let senses = self.senses.get(if own == 0 { by_stem() } else { own });
        found.stems.push(stem);
        found.senses.extend(senses);
        if let (Some(form), Stemming::Suffixes(_)) = (form, &self.stemming)
            && senses.is_empty()
            && let Some(form) = self.words.word(form)
        {
            let mut meant = Found {
                stems: vec![stem],
                senses: Vec::new(),
                ..found.clone()
            };
            self.add_stems(&mut meant, &self.stemming.stems(form));
            found.stems.append(&mut meant.stems);
            found.senses.append(&mut meant.senses);
        }
    }

    /// The phrases whose first word has this stem.
    pub(crate) fn phrases(&self, first: StemId) -> &[Phrase] {
        self.phrases
            .get(&first)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }
}
