//! The files of a knowledge folder. Knows nothing of what stands in them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::fault::Place;

/// A file larger than this is refused unread, in bytes: no article or lexicon comes near it.
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// The files of a knowledge folder by their path inside it, with `/` between the levels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// What stands in each file.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// A short name for exactly these files: the first twelve digits of a SHA-256 over their names and contents.
    #[must_use]
    pub fn version(&self) -> String {
        let mut hash = Sha256::new();
        for (file, bytes) in &self.files {
            for part in [file.as_bytes(), bytes] {
                hash.update(part.len().to_le_bytes());
                hash.update(part);
            }
        }
        let digits: String = hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        digits.chars().take(12).collect()
    }

    /// A file of the folder as a place where faults are found.
    pub(crate) fn place<'a>(&'a self, file: &'a str) -> Place<'a> {
        Place { folder: self, file }
    }

    /// Reads a folder from the disk: its files and those of its folders one level down. Hidden files are left out.
    ///
    /// # Errors
    /// The path that could not be read, and why.
    pub fn read(dir: &Path) -> Result<Self, (String, io::Error)> {
        let mut folder = Self::default();
        folder.take_dir(dir, "")?;
        Ok(folder)
    }

    fn take_dir(&mut self, dir: &Path, prefix: &str) -> Result<(), (String, io::Error)> {
        let failed = |path: &Path| {
            let path = path.display().to_string();
            move |error| (path, error)
        };
        for entry in fs::read_dir(dir).map_err(failed(dir))? {
            let path = entry.map_err(failed(dir))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let meta = fs::metadata(&path).map_err(failed(&path))?;
            if meta.is_dir() && prefix.is_empty() {
                self.take_dir(&path, &format!("{name}/"))?;
            } else if meta.is_file() {
                if meta.len() > LARGEST_FILE {
                    return Err(failed(&path)(io::Error::other(
                        "the file is larger than 64 MiB",
                    )));
                }
                self.files.insert(
                    format!("{prefix}{name}"),
                    fs::read(&path).map_err(failed(&path))?,
                );
            }
        }
        Ok(())
    }
}
