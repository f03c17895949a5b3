//! Makes the built-in knowledge ready: indexes its lexicons, with the code of the program itself, so that no start has to,
//! and packs its files.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "of the program's rooms only what indexes lexicons is used here"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/knowledge/mod.rs"]
mod knowledge;
#[path = "src/language.rs"]
mod language;
#[path = "src/matching/mod.rs"]
mod matching;
#[path = "src/numbers.rs"]
mod numbers;
#[path = "src/parallel.rs"]
mod parallel;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use knowledge::{Folder, Knowledge};
use matching::Indexes;

fn main() -> Result<(), Box<dyn Error>> {
    for input in [
        "build.rs",
        "knowledge",
        "src/knowledge",
        "src/language.rs",
        "src/matching",
        "src/numbers.rs",
        "src/parallel.rs",
    ] {
        println!("cargo::rerun-if-changed={input}");
    }
    let folder = Folder::read(Path::new("knowledge"));
    let folder = folder.map_err(|(path, error)| format!("cannot read {path}: {error}"))?;
    println!("cargo::rustc-env=KNOWLEDGE_VERSION={}", folder.version());
    let (knowledge, lexicons) = Knowledge::load_with_lexicons(&folder).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        faults.join("\n")
    })?;
    let bytes = Indexes::new(&knowledge, &lexicons)?.into_bytes()?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("indexes.bin"), bytes)?;
    let files = folder.files.iter();
    let files = files.map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    let (lexicons, files): (BTreeMap<&str, &[u8]>, BTreeMap<&str, &[u8]>) =
        files.partition(|(name, _)| name.starts_with("lexicon/"));
    fs::write(out.join("files.bin"), postcard::to_allocvec(&files)?)?;
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&postcard::to_allocvec(&lexicons)?)?;
    fs::write(out.join("lexicons.bin"), packed.finish()?)?;
    Ok(())
}
