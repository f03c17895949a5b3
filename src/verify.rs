//! `verify`: every quote with the place it stands at, for people who trust no program. Knows no matching and no surface.

use std::io::{self, Write};

use crate::knowledge::{Knowledge, Proof};

/// Prints where every quote stands.
///
/// # Errors
/// The output could not be written.
pub fn print(knowledge: &Knowledge, proofs: &[Proof<'_>], out: &mut impl Write) -> io::Result<()> {
    for proof in proofs {
        let (start, end) = (proof.characters.start, proof.characters.end);
        let (file, sha256) = (&proof.source.file, &proof.sha256);
        let id = &proof.fact.id;
        writeln!(
            out,
            "{id}: {file}, characters {start}-{end}, sha256 {sha256}"
        )?;
        writeln!(out, "  {}", proof.fact.quote.replace('\n', "\n  "))?;
    }
    let sources = knowledge.sources.len() + 1;
    writeln!(
        out,
        "{} quotes stand word for word in their sources ({sources}), and each figure in its quote",
        proofs.len()
    )
}
