//! Reads the files of a knowledge folder into its types. Collects what it cannot read and goes on.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::fault::{Fault, line_of_offset};
use super::schema::{Concept, Fact, Gap, HearingFile};
use super::sentences::Sentences;
use super::suggest::did_you_mean_of_toml;
use super::{Folder, Knowledge, Lexicons};
use crate::language::{ByLanguage, Language};
use crate::parallel::{MANY, in_parallel};

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
    let mut knowledge = Knowledge {
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
    };
    find_quotes(&mut knowledge);
    Some(knowledge)
}

/// Where every quote stands: a source is read once for all of its facts.
fn find_quotes(knowledge: &mut Knowledge) {
    let mut sources: BTreeMap<&str, Sentences<'_>> = BTreeMap::new();
    for fact in &knowledge.facts {
        let (pinned, source) = knowledge.source_of(fact);
        let read = || Sentences::of(source);
        sources.entry(&pinned.file).or_insert_with(read);
    }
    let find = |fact: &Fact| {
        let sentences = sources.get(knowledge.source_of(fact).0.file.as_str());
        sentences?.find(&fact.quote)
    };
    let some: Vec<&[Fact]> = knowledge.facts.chunks(MANY).collect();
    let found = in_parallel(&some, |facts| -> Vec<Option<usize>> {
        facts.iter().map(find).collect()
    });
    for (fact, found) in knowledge.facts.iter_mut().zip(found.into_iter().flatten()) {
        fact.quote_at = found;
    }
}

/// The lexicons are most of the folder, and none needs another.
pub(super) fn lexicons(folder: &Folder, faults: &mut Vec<Fault>) -> Option<Lexicons> {
    let files = Language::ALL.map(|language| format!("lexicon/{language}.toml"));
    let files: Vec<&[String]> = files.chunks(1).collect();
    let [en, ru, kk] = read_each(folder, &files, faults).try_into().ok()?;
    Some(ByLanguage { en, ru, kk })
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
            faults.push(folder.place(file).fault(
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

fn read_all<T: DeserializeOwned + Send>(
    folder: &Folder,
    dir: &str,
    faults: &mut Vec<Fault>,
) -> Vec<T> {
    let ids = ids(folder, dir);
    if ids.is_empty() {
        faults.push(
            folder
                .place(dir)
                .fault("", "has no file: every fact or gap is a file ID.toml"),
        );
    }
    let files: Vec<String> = ids.iter().map(|id| format!("{dir}{id}.toml")).collect();
    let mut all = Vec::with_capacity(files.len());
    // Some at a time, so that there is never a second list of all.
    for some in files.chunks(16 * MANY) {
        let some: Vec<&[String]> = some.chunks(MANY).collect();
        all.extend(read_each(folder, &some, faults));
    }
    all
}

/// Reads lists of files, each list for itself.
fn read_each<T: DeserializeOwned + Send>(
    folder: &Folder,
    files: &[&[String]],
    faults: &mut Vec<Fault>,
) -> Vec<T> {
    let read = |files: &&[String]| {
        let mut faults = Vec::new();
        let read = |file: &String| read(folder, file, &mut faults);
        let read: Vec<T> = files.iter().filter_map(read).collect();
        (read, faults)
    };
    let mut all = Vec::with_capacity(files.iter().map(|files| files.len()).sum());
    for (read, found) in in_parallel(files, read) {
        all.extend(read);
        faults.extend(found);
    }
    all
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
    let place = folder.place(file);
    let Some(bytes) = folder.files.get(file) else {
        faults.push(place.fault("", "is missing"));
        return None;
    };
    std::str::from_utf8(bytes)
        .map_err(|_| faults.push(place.fault("", "is not UTF-8 text")))
        .ok()
}
