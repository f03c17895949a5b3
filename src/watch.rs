//! `check --watch`: checks a folder again whenever a file of it changes. Knows nothing of what is checked.
//!
//! It looks at the files a few times a second instead of asking the system for events: a folder is small, and this works
//! on every system, on shared drives and in containers, whatever way an editor saves.

use std::io::{self, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::expert::Expert;
use crate::knowledge::Folder;
use crate::terminal;

/// How long a change may go unnoticed.
const PAUSE: Duration = Duration::from_millis(400);

/// Checks the folder now and after every change, until the program is ended.
///
/// # Errors
/// The output could not be written.
pub fn watch(dir: &Path, out: &mut impl Write) -> io::Result<()> {
    let mut last: Option<Result<Folder, String>> = None;
    loop {
        let seen =
            Folder::read(dir).map_err(|(path, error)| format!("cannot read `{path}`: {error}"));
        if last.as_ref() != Some(&seen) {
            // An editor may be halfway through saving: what is checked has stood still for a moment.
            thread::sleep(PAUSE / 4);
            let settled =
                Folder::read(dir).map_err(|(path, error)| format!("cannot read `{path}`: {error}"));
            if settled == seen {
                report(&seen, out)?;
                last = Some(seen);
            }
            continue;
        }
        thread::sleep(PAUSE);
    }
}

fn report(seen: &Result<Folder, String>, out: &mut impl Write) -> io::Result<()> {
    match seen.as_ref().map(Expert::checked) {
        Err(problem) => writeln!(out, "{problem}")?,
        Ok(Ok((expert, lexicons))) => terminal::checked(&expert.knowledge, &lexicons, out)?,
        Ok(Err(faults)) => {
            for fault in &faults {
                writeln!(out, "{fault}")?;
            }
            writeln!(out, "faults: {}", faults.len())?;
        }
    }
    writeln!(out)?;
    out.flush()
}
