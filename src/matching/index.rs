//! The words and phrases of one lexicon, indexed once: exact forms, stems, typos and phrases. Immutable. Knows
//! what concept a word stands for, but nothing of facts or scores.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::concept::Concepts;
use super::folded::Folded;
use super::fuzzy::{Fuzzy, MOST_EDITS, MOST_VOWELS_MISSING};
use super::meaning::{Phrase, Phrases, Sense, SenseLists, SensesId};
use super::normalise::fold;
use super::packed::{Bytes, Numbers};
use super::stemming::Stemming;
use super::typing::{cyrillic, skeleton};
use super::vocabulary::Vocabulary;
use crate::language::Language;

/// A word of a lexicon as far as phrases are concerned: its stem, by number.
pub(crate) type StemId = u32;

/// In which letters an index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Script {
    /// The language's own.
    Native,
    /// Latin letters for a language that is written in Cyrillic ones.
    Latin,
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

/// What is known of an exact form.
#[derive(Clone, Copy)]
struct Form {
    stem: StemId,
    senses: SensesId,
    filler: bool,
    /// Stands in the lexicon as an everyday word: it means nothing and is no typo.
    ordinary: bool,
}

/// What is known of a word as a stem.
#[derive(Clone, Copy)]
struct Stem {
    /// Whether it is one.
    known: bool,
    filler: bool,
    senses: SensesId,
}

/// A number and two bits in one.
fn packed(number: u32, first: bool, second: bool) -> u32 {
    number << 2 | u32::from(first) << 1 | u32::from(second)
}

fn unpacked(packed: u32) -> (u32, bool, bool) {
    (packed >> 2, packed & 2 != 0, packed & 1 != 0)
}

/// A word of a question as one index looks it up.
struct Asked<'w> {
    /// In the letters of the language.
    meant: Cow<'w, str>,
    /// As the index holds its forms.
    form: Cow<'w, str>,
}

/// The index of one lexicon in one script.
#[derive(Serialize, Deserialize)]
pub(crate) struct Index {
    /// The language.
    pub(crate) language: Language,
    /// In which letters it is.
    pub(crate) script: Script,
    stemming: Stemming,
    plurals: Vec<String>,
    /// The exact forms, and after them the stems that are none.
    words: Vocabulary,
    /// The stem of each form.
    form_stems: Numbers,
    /// What else is known of each form.
    forms: Numbers,
    /// What is known as a stem of every word.
    stems: Numbers,
    senses: SenseLists,
    phrases: Phrases,
    fuzzy: Fuzzy,
}

impl Index {
    /// Indexes a lexicon in its own letters or, where that index is given, in Latin ones.
    ///
    /// # Errors
    /// The stemmer that does not exist.
    pub(crate) fn new(
        language: Language,
        folded: &Folded<'_>,
        concepts: &Concepts,
        native: Option<&Self>,
    ) -> Result<Self, String> {
        let lexicon = folded.lexicon;
        let typed = |word: &str| match native {
            None => word.to_owned(),
            Some(_) => skeleton(word),
        };
        let suffixes = || {
            let suffixes = lexicon.suffixes.iter().flatten();
            let suffixes = suffixes.map(|suffix| match native {
                None => suffix.clone(),
                Some(_) => skeleton(&fold(suffix.trim_start_matches('-'))),
            });
            Stemming::suffixes(&suffixes.collect::<Vec<_>>())
        };
        let stemmer = lexicon.stemmer.as_deref();
        let stemming = stemmer.map_or_else(|| Ok(suffixes()), Stemming::snowball)?;
        let plurals = lexicon.plurals.iter().map(|ending| typed(&fold(ending)));
        let mut words = Vocabulary::default();
        let all = || folded.words.words().iter();
        let numbers: Vec<u32> = all().map(|word| words.add(&typed(word))).collect();
        let forms = words.words().numbers().len();
        let mut index = Self {
            language,
            script: native.map_or(Script::Native, |_| Script::Latin),
            stemming,
            plurals: plurals.collect(),
            words,
            form_stems: Numbers::default(),
            forms: Numbers::default(),
            stems: Numbers::repeat(0, forms),
            senses: SenseLists::new(),
            phrases: Phrases::default(),
            fuzzy: Fuzzy::default(),
        };
        for (word, (written, &number)) in (0..).zip(all().zip(&numbers)) {
            let stem = match native {
                None => index.stemming.index_stem(written),
                Some(native) => typed(native.stem_of(word)),
            };
            index.add_form(number, &stem);
        }
        let number = |word: u32| numbers.get(word as usize).copied().unwrap_or(u32::MAX);
        index.add_everyday_words(folded, number);
        index.add_keywords(folded, concepts, number);
        index.add_typos();
        index.words.shrink();
        index.senses.shrink();
        for numbers in [&mut index.form_stems, &mut index.forms, &mut index.stems] {
            numbers.shrink();
        }
        Ok(index)
    }

    /// What it consists of.
    pub(super) fn parts(&mut self) -> impl Iterator<Item = &mut Bytes> {
        let numbers = [&mut self.form_stems, &mut self.forms, &mut self.stems];
        let numbers = numbers.into_iter().map(Numbers::part);
        let words = self.stemming.parts().into_iter().chain(self.words.parts());
        let meanings = self.senses.parts().into_iter().chain(self.phrases.parts());
        words
            .chain(numbers)
            .chain(meanings)
            .chain(self.fuzzy.parts())
    }

    /// The stem of a form; two words may be one in Latin letters, and yet have two stems: the first counts, the other is there.
    fn add_form(&mut self, number: u32, stem: &str) {
        let stem = self.words.add(stem);
        if stem as usize == self.stems.len() {
            self.stems.push(0);
        }
        if let Some(found) = self.stem(stem) {
            self.set_stem(
                stem,
                Stem {
                    known: true,
                    ..found
                },
            );
        }
        if number as usize == self.forms.len() {
            self.form_stems.push(stem);
            self.forms.push(0);
        }
    }

    fn form(&self, number: u32) -> Option<Form> {
        let stem = self.form_stems.get(number as usize)?;
        let (senses, filler, ordinary) = unpacked(self.forms.get(number as usize)?);
        Some(Form {
            stem,
            senses,
            filler,
            ordinary,
        })
    }

    fn set_form(&mut self, number: u32, form: Form) {
        let known = packed(form.senses, form.filler, form.ordinary);
        self.forms.set(number as usize, known);
    }

    fn stem(&self, number: StemId) -> Option<Stem> {
        let (senses, filler, known) = unpacked(self.stems.get(number as usize)?);
        Some(Stem {
            known,
            filler,
            senses,
        })
    }

    fn set_stem(&mut self, number: StemId, stem: Stem) {
        let known = packed(stem.senses, stem.filler, stem.known);
        self.stems.set(number as usize, known);
    }

    /// The stem of a form, as a word.
    fn stem_of(&self, form: u32) -> &str {
        let stem = self.form_stems.get(form as usize);
        let stem = stem.and_then(|stem| self.words.words().get(stem));
        stem.unwrap_or_default()
    }

    fn add_everyday_words(&mut self, folded: &Folded<'_>, number: impl Fn(u32) -> u32) {
        for word in folded.ordinary.iter().map(|&word| number(word)) {
            if let Some(form) = self.form(word) {
                let ordinary = true;
                self.set_form(word, Form { ordinary, ..form });
            }
        }
        for word in folded.fillers.iter().map(|&word| number(word)) {
            let filler = true;
            if let Some(form) = self.form(word) {
                self.set_form(word, Form { filler, ..form });
                if let Some(stem) = self.stem(form.stem) {
                    self.set_stem(form.stem, Stem { filler, ..stem });
                }
            }
        }
    }

    fn add_keywords(
        &mut self,
        folded: &Folded<'_>,
        concepts: &Concepts,
        number: impl Fn(u32) -> u32,
    ) {
        let mut stems: Vec<StemId> = Vec::new();
        let mut phrases = Vec::new();
        let mut last = None;
        for keyword in &folded.keywords {
            if last.is_none_or(|(id, _)| id != keyword.concept) {
                last = Some((keyword.concept, concepts.id(keyword.concept)));
            }
            let Some((_, Some(concept))) = last else {
                continue;
            };
            let weak = keyword.weak;
            let sense = Sense { concept, weak };
            let form = |word: u32| self.form(number(word));
            let is_filler = |word: u32| form(word).is_some_and(|form| form.filler);
            let mut words = folded.phrase(keyword, is_filler);
            let start = stems.len();
            let first = words.next();
            let rest = first.and_then(|_| words.next());
            let all = first.into_iter().chain(rest).chain(words);
            stems.extend(all.filter_map(|word| Some(form(word)?.stem)));
            match (first, rest) {
                (Some(word), None) => {
                    stems.truncate(start);
                    self.add_word(number(word), sense);
                }
                (Some(_), Some(_)) => phrases.push((start..stems.len(), sense)),
                (None, _) => {}
            }
        }
        self.phrases = Phrases::new(&stems, phrases);
    }

    fn add_word(&mut self, number: u32, sense: Sense) {
        let Some(mut form) = self.form(number) else {
            return;
        };
        form.senses = self.senses.with(form.senses, sense);
        self.set_form(number, form);
        if let Some(mut stem) = self.stem(form.stem)
            && !self.senses.get(stem.senses).any(|known| known == sense)
        {
            stem.senses = self.senses.with(stem.senses, sense);
            self.set_stem(form.stem, stem);
        }
    }

    /// A typo may mean any word but one that only fills; and a stem where a word of it may be meant.
    fn add_typos(&mut self) {
        let little = |form: &Form| form.filler && form.senses == 0;
        let meant = |number: &u32| self.form(*number).is_some_and(|form| !little(&form));
        let all = self.words.words().numbers();
        let (forms, stems): (Vec<u32>, Vec<u32>) =
            all.partition(|&number| (number as usize) < self.forms.len());
        let forms: Vec<u32> = forms.into_iter().filter(meant).collect();
        let stem = |&form: &u32| self.form_stems.get(form as usize);
        let meant: HashSet<StemId> = forms.iter().filter_map(stem).collect();
        let stems = stems.into_iter().filter(|stem| meant.contains(stem));
        self.fuzzy = Fuzzy::new(self.words.words(), forms.iter().copied().chain(stems));
    }

    /// The word as this index holds it.
    fn typed<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match self.script {
            Script::Native => Cow::Borrowed(word),
            Script::Latin => Cow::Owned(skeleton(word)),
        }
    }

    /// What is known of an exact form.
    fn known_form(&self, word: &str) -> Option<Form> {
        self.form(self.words.number(word)?)
    }

    /// What is known of a stem, and its number.
    fn known_stem(&self, word: &str) -> Option<(StemId, Stem)> {
        let number = self.words.number(word)?;
        let stem = self.stem(number)?;
        stem.known.then_some((number, stem))
    }

    /// The stem of a word that stands in the lexicon, in the language's own letters, and whether it is a filler.
    pub(crate) fn listed(&self, word: &str) -> Option<(StemId, bool)> {
        let form = self.known_form(&self.typed(word))?;
        Some((form.stem, form.filler))
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
            let Some((stem, meaning)) = self.known_stem(stem) else {
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
        let words = self.words.words();
        let (mut distance, mut near) = self.fuzzy.nearest(words, &asked.form, MOST_EDITS);
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
            let (further, others) = self.fuzzy.nearest(words, &stem, nearer);
            if !others.is_empty() {
                (distance, near) = (further, others);
            }
        }
        if near.is_empty() {
            let missing = MOST_VOWELS_MISSING;
            (distance, near) = (2, self.fuzzy.without_vowels(words, &asked.form, missing));
        }
        self.found_near(&near, if distance == 1 { ONE_EDIT } else { TWO_EDITS })
    }

    /// What a word means that is some everyday word with suffixes, but also a keyword without one of its vowels: in languages
    /// with suffixes people drop them when they type fast.
    fn find_short_of_a_vowel(&self, asked: &Asked<'_>) -> Option<Found> {
        let Stemming::Suffixes(_) = &self.stemming else {
            return None;
        };
        let words = self.words.words();
        let near = self.fuzzy.without_vowels(words, &asked.form, 1);
        let found = self.found_near(&near, ONE_EDIT)?;
        (!found.senses.is_empty()).then_some(found)
    }

    /// The words of these numbers, as one.
    fn found_near(&self, near: &[u32], quality: f32) -> Option<Found> {
        let mut found = Found {
            stems: Vec::new(),
            senses: Vec::new(),
            filler: false,
            plural: false,
            quality,
        };
        for &number in near {
            self.add_meant(&mut found, number);
        }
        found.senses.sort_unstable();
        found.senses.dedup();
        found.stems.sort_unstable();
        found.stems.dedup();
        (!found.stems.is_empty()).then_some(found)
    }

    /// Adds what a word that was meant stands for: by its own form, else by its stems, as if it had been typed right.
    fn add_meant(&self, found: &mut Found, number: u32) {
        let form = self.form(number);
        let stem = form.map_or(number, |form| form.stem);
        if form.is_some_and(|form| form.ordinary && form.senses == 0) {
            found.stems.push(stem);
            return;
        }
        let own = form.map_or(0, |form| form.senses);
        let by_stem = || self.stem(stem).map_or(0, |stem| stem.senses);
        let senses = if own == 0 { by_stem() } else { own };
        found.stems.push(stem);
        found.senses.extend(self.senses.get(senses));
        if let (Some(_), Stemming::Suffixes(_)) = (form, &self.stemming)
            && senses == 0
            && let Some(form) = self.words.words().get(number)
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

    /// The phrases whose first two words have these stems.
    pub(crate) fn phrases(
        &self,
        first: StemId,
        second: StemId,
    ) -> impl Iterator<Item = Phrase<'_>> {
        self.phrases.of(first, second)
    }
}
