//! Where each quote stands in its source, so that anybody can look it up without this program.

use std::collections::BTreeMap;
use std::ops::Range;

use super::sentences::Sentences;
use super::{Fact, Fault, Knowledge, SourceInfo, sha256};

/// Where the quote of a fact stands.
#[derive(Debug, Clone)]
pub struct Proof<'a> {
    /// The fact.
    pub fact: &'a Fact,
    /// Its source.
    pub source: &'a SourceInfo,
    /// The SHA-256 of that source's text as it was read, in lower-case hexadecimal.
    pub sha256: String,
    /// Where the quote stands in that text, in characters (Unicode code points) from 0, without the end: the positions of a
    /// W3C `TextPositionSelector`.
    pub characters: Range<usize>,
}

impl Knowledge {
    /// The proof of every fact, in the order of their ids.
    ///
    /// # Errors
    /// The facts whose quote does not stand in its source.
    pub fn proofs(&self) -> Result<Vec<Proof<'_>>, Vec<Fault>> {
        let mut read: BTreeMap<&str, (Sentences<'_>, String)> = BTreeMap::new();
        let mut proofs = Vec::new();
        let mut faults = Vec::new();
        for fact in &self.facts {
            let (source, text) = self.source_of(fact);
            let (sentences, sha256) = read
                .entry(&source.file)
                .or_insert_with(|| (Sentences::of(text), sha256(text)));
            let start = sentences.find(&fact.quote);
            let Some(before) = start.and_then(|start| text.get(..start)) else {
                faults.push(Fault {
                    file: format!("facts/{}.toml", fact.id),
                    line: 1,
                    field: "quote".to_owned(),
                    problem: format!("does not stand in {}", source.file),
                });
                continue;
            };
            let start = before.chars().count();
            proofs.push(Proof {
                fact,
                source,
                sha256: sha256.clone(),
                characters: start..start + fact.quote.chars().count(),
            });
        }
        if faults.is_empty() {
            Ok(proofs)
        } else {
            Err(faults)
        }
    }
}
