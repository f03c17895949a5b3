//! What is wrong with a knowledge folder, and where. Knows nothing of what the folder means.

use std::fmt;

use toml::de::{DeTable, DeValue};

use super::Folder;

/// One fault of a knowledge folder, in words for the person who keeps it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, relative to the knowledge folder.
    pub file: String,
    /// The line it stands at, from 1; 1 where the fault is that something is missing.
    pub line: usize,
    /// The field, with dots between the levels; empty where the whole file is meant.
    pub field: String,
    /// What is wrong and what to do.
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.problem)
    }
}

/// A file that faults can be found in. Only then it is looked into.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(super) folder: &'a Folder,
    /// The file, relative to the folder.
    pub(super) file: &'a str,
}

impl<'a> Place<'a> {
    /// What stands in the file.
    fn text(self) -> &'a str {
        let bytes = self.folder.files.get(self.file);
        let text = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok());
        text.unwrap_or_default()
    }

    /// A fault at a field of this file; `field` has dots between its levels.
    pub(crate) fn fault(self, field: &str, problem: impl Into<String>) -> Fault {
        Fault {
            file: self.file.to_owned(),
            line: line_of_field(self.text(), field),
            field: field.to_owned(),
            problem: problem.into(),
        }
    }

    /// A fault at the first line that holds `needle`, below the line of `field`.
    pub(crate) fn fault_at(self, field: &str, needle: &str, problem: impl Into<String>) -> Fault {
        let mut fault = self.fault(field, problem);
        let below = self.text().lines().enumerate().skip(fault.line - 1);
        if let Some((index, _)) = below.into_iter().find(|(_, line)| line.contains(needle)) {
            fault.line = index + 1;
        }
        fault
    }
}

/// The line of a byte offset, from 1.
pub(crate) fn line_of_offset(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    before.iter().filter(|&&byte| byte == b'\n').count() + 1
}

/// The line that a field stands at; the line of the nearest level above where it is missing.
fn line_of_field(text: &str, field: &str) -> usize {
    let Ok(root) = DeTable::parse(text) else {
        return 1;
    };
    let mut offset = 0;
    let mut table = root.get_ref();
    for level in field.split('.') {
        let Some((key, value)) = table.iter().find(|(key, _)| key.get_ref() == level) else {
            break;
        };
        offset = key.span().start;
        match value.get_ref() {
            DeValue::Table(inner) => table = inner,
            _ => break,
        }
    }
    line_of_offset(text, offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_the_line_of_its_field() {
        let mut folder = Folder::default();
        let text = "topic = \"x\"\n\n[match]\nasks = []\n";
        let file = ("facts/a.toml".to_owned(), text.into());
        folder.files.extend([file]);
        let place = folder.place("facts/a.toml");
        assert_eq!(
            place.fault("match.asks", "is empty").to_string(),
            "facts/a.toml:4: match.asks: is empty"
        );
        assert_eq!(place.fault("match.needs", "is missing").line, 3);
        assert_eq!(
            place.fault("", "is odd").to_string(),
            "facts/a.toml:1: is odd"
        );
    }
}
