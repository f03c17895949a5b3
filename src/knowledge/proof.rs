//! Where each quote stands in its source, so that anybody can look it up without this program.

use std::collections::BTreeMap;
use std::ops::Range;

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
        let mut read: BTreeMap<&str, Counted<'_>> = BTreeMap::new();
        let mut proofs = Vec::new();
        let mut faults = Vec::new();
        // In the order of their places, so that the characters of a source are counted once.
        let mut facts: Vec<&Fact> = self.facts.iter().collect();
        facts.sort_by_key(|fact| fact.quote_at);
        for fact in facts {
            let (source, text) = self.source_of(fact);
            let counted = read
                .entry(&source.file)
                .or_insert_with(|| Counted::new(text));
            let Some(start) = fact.quote_at.and_then(|start| counted.up_to(start)) else {
                faults.push(Fault {
                    file: format!("facts/{}.toml", fact.id),
                    line: 1,
                    field: "quote".to_owned(),
                    problem: format!("does not stand in {}", source.file),
                });
                continue;
            };
            proofs.push(Proof {
                fact,
                source,
                sha256: counted.sha256.clone(),
                characters: start..start + fact.quote.chars().count(),
            });
        }
        proofs.sort_by_key(|proof| &proof.fact.id);
        if faults.is_empty() {
            Ok(proofs)
        } else {
            Err(faults)
        }
    }
}

/// A source whose characters are counted as far as somebody asked.
struct Counted<'a> {
    sha256: String,
    rest: &'a str,
    bytes: usize,
    characters: usize,
}

impl<'a> Counted<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            sha256: sha256(text),
            rest: text,
            bytes: 0,
            characters: 0,
        }
    }

    /// How many characters stand before a place, given in bytes; places come in order.
    fn up_to(&mut self, place: usize) -> Option<usize> {
        let (before, rest) = self.rest.split_at_checked(place.checked_sub(self.bytes)?)?;
        self.characters += before.chars().count();
        (self.bytes, self.rest) = (place, rest);
        Some(self.characters)
    }
}
