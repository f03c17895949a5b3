//! Reads the files of a knowledge folder into its types. Collects what it cannot read and goes on.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::fault::{Fault, Place, line_of_offset};
use super::schema::{Concept, Fact, Gap, HearingFile, Lexicon};
use super::suggest::did_you_mean_of_toml;
use super::{Folder, Knowledge, Lexicons};
use crate::language::{ByLanguage, Language};

pub(super) fn knowledge(folder: &Folder, faults: &mut Vec<Fault>) -> Option<Knowledge> {
    refuse_strangers(folder, faults);
    let hearing: Option<HearingFile> = read(folder, "hearing.toml", faults);
    let concepts: Option<BTreeMap<String, Concept>> = read(folder, "concepts.toml", faults);
    let mut facts: Vec<Fact> = read_all(folder, "facts/", faults);
    for (fact, id) in facts.iter_mut().zip(ids(folder, "facts/")) {
        fact.id = id;
    }
    let mut gaps: Vec<Gap> = read_all(folder, "gaps/", faults);
    for (gap, id) in gaps.iter_mut().zip(ids(folder, "gaps/")) {
        gap.id = id;
    }
    let hearing = hearing?;
    let source_text = text(folder, &hearing.source.file, faults)?.to_owned();
    let sources = hearing.sources.into_iter().filter_map(|(id, source)| {
        let text = text(folder, &source.file, faults)?.to_owned();
        Some((id, (source, text)))
    });
    let sources: BTreeMap<_, _> = sources.collect();
    // A file that could not be read would shift the ids above; its fault is already noted, so nothing is loaded.
    if !faults.is_empty() {
        return None;
    }
    Some(Knowledge {
        hearing: hearing.hearing,
        source: hearing.source,
        source_text,
        sources,
        speakers: hearing.speakers,
        topics: hearing.topics,
        named_by: named_by(&facts),
        facts,
        gaps,
        concepts: concepts?,
    })
}

/// The lexicons are most of the folder, and none needs another.
pub(super) fn lexicons(folder: &Folder, faults: &mut Vec<Fault>) -> Option<Lexicons> {
    let read = |language, (): &()| {
        let mut faults = Vec::new();
        let lexicon = read::<Lexicon>(folder, &format!("lexicon/{language}.toml"), &mut faults);
        (lexicon, faults)
    };
    let mut read = ByLanguage::<()>::default().in_parallel(read);
    for (_, found) in [&mut read.en, &mut read.ru, &mut read.kk] {
        faults.append(found);
    }
    Some(ByLanguage {
        en: read.en.0?,
        ru: read.ru.0?,
        kk: read.kk.0?,
    })
}

fn named_by(facts: &[Fact]) -> BTreeMap<String, Vec<usize>> {
    let mut named_by: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, fact) in facts.iter().enumerate() {
        for id in fact.part_of.iter().chain(&fact.differs_from) {
            let naming = named_by.entry(id.clone()).or_default();
            if naming.last() != Some(&position) {
                naming.push(position);
            }
        }
    }
    named_by
}

fn refuse_strangers(folder: &Folder, faults: &mut Vec<Fault>) {
    for file in folder.files.keys() {
        let known = match file.split_once('/') {
            None => file == "hearing.toml" || file == "concepts.toml" || !file.ends_with(".toml"),
            Some(("facts" | "gaps", name)) => name.ends_with(".toml"),
            Some(("lexicon", name)) => Language::ALL
                .iter()
                .any(|language| name == format!("{language}.toml")),
            Some(_) => false,
        };
        if !known {
            let place = Place { file, text: "" };
            faults.push(place.fault(
                "",
                "is not a file of a knowledge folder: remove it or correct its name",
            ));
        }
    }
}

fn ids(folder: &Folder, dir: &str) -> Vec<String> {
    let names = folder
        .files
        .keys()
        .filter_map(|file| file.strip_prefix(dir)?.strip_suffix(".toml"));
    names.map(str::to_owned).collect()
}

fn read_all<T: DeserializeOwned>(folder: &Folder, dir: &str, faults: &mut Vec<Fault>) -> Vec<T> {
    let ids = ids(folder, dir);
    if ids.is_empty() {
        faults.push(
            Place {
                file: dir,
                text: "",
            }
            .fault("", "has no file: every fact or gap is a file ID.toml"),
        );
    }
    ids.iter()
        .filter_map(|id| read(folder, &format!("{dir}{id}.toml"), faults))
        .collect()
}

fn read<T: DeserializeOwned>(folder: &Folder, file: &str, faults: &mut Vec<Fault>) -> Option<T> {
    let text = text(folder, file, faults)?;
    toml::from_str(text)
        .map_err(|error| {
            let line = error
                .span()
                .map_or(1, |span| line_of_offset(text, span.start));
            let problem = error.message().trim().replace('\n', ", ");
            let meant = did_you_mean_of_toml(&problem);
            faults.push(Fault {
                file: file.to_owned(),
                line,
                field: String::new(),
                problem: problem + &meant,
            });
        })
        .ok()
}

fn text<'a>(folder: &'a Folder, file: &str, faults: &mut Vec<Fault>) -> Option<&'a str> {
    let place = Place { file, text: "" };
    let Some(bytes) = folder.files.get(file) else {
        faults.push(place.fault("", "is missing"));
        return None;
    };
    std::str::from_utf8(bytes)
        .map_err(|_| faults.push(place.fault("", "is not UTF-8 text")))
        .ok()
}
