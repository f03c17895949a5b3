//! The knowledge that is part of the program, as `build.rs` makes it ready. Knows nothing of what stands in it.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::DeflateDecoder;

use crate::knowledge::Folder;

/// The indexed lexicons.
pub(crate) const INDEXES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/indexes.bin"));

/// The version of the folder.
pub(crate) const VERSION: &str = env!("KNOWLEDGE_VERSION");

/// The files, but for the lexicons.
const FILES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/files.bin"));

/// The lexicons, packed: only those read them who check them or look at their keywords.
const LEXICONS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicons.bin"));

impl Folder {
    /// The folder that is part of the program.
    #[must_use]
    pub fn embedded() -> Self {
        let mut folder = Self::embedded_without_lexicons();
        let mut lexicons = Vec::new();
        // What could not be unpacked would be missing, and every check says so.
        if DeflateDecoder::new(LEXICONS)
            .read_to_end(&mut lexicons)
            .is_ok()
        {
            folder.take_packed(&lexicons);
        }
        folder
    }

    /// The same without its lexicons, which are indexed already.
    pub(crate) fn embedded_without_lexicons() -> Self {
        let mut folder = Self::default();
        folder.take_packed(FILES);
        folder
    }

    fn take_packed(&mut self, packed: &[u8]) {
        let files: BTreeMap<&str, &[u8]> = postcard::from_bytes(packed).unwrap_or_default();
        let files = files.into_iter();
        self.files
            .extend(files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_of_the_folder_is_part_of_the_program() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
        let folder = Folder::read(&dir).expect("it can be read");
        assert!(Folder::embedded() == folder);
        assert_eq!(VERSION, folder.version());
    }
}
