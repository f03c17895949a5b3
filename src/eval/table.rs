//! The files of labelled questions: columns question, label and kind, parted by tabs.

use std::fs;
use std::path::Path;

use crate::knowledge::Knowledge;

/// A question and what it should reach.
#[derive(Debug, Clone)]
pub(super) struct Question {
    /// As people typed it.
    pub(super) text: String,
    /// The facts of which each is right; none where the source does not say.
    pub(super) labels: Vec<String>,
    /// What sort of question it is, as its author called it.
    pub(super) kind: String,
}

impl Question {
    /// What was wanted, as the files write it.
    pub(super) fn wanted(&self) -> String {
        if self.labels.is_empty() {
            "none".to_owned()
        } else {
            self.labels.join("|")
        }
    }
}

/// Reads a file.
///
/// # Errors
/// The line that cannot be read, or a label that is no fact.
pub(super) fn read(knowledge: &Knowledge, file: &Path) -> Result<Vec<Question>, String> {
    let name = file.display();
    let text = fs::read_to_string(file).map_err(|error| format!("cannot read {name}: {error}"))?;
    let mut lines = text.lines().enumerate();
    if lines.next().map(|(_, line)| line.trim_end()) != Some("question\tlabel\tkind") {
        return Err(format!(
            "{name}:1: must be the columns question, label and kind, parted by tabs"
        ));
    }
    let mut questions = Vec::new();
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [question, label, kind] = columns.as_slice() else {
            return Err(format!(
                "{name}:{}: has {} columns, not 3",
                index + 1,
                columns.len()
            ));
        };
        let labels: Vec<String> = match *label {
            "none" => Vec::new(),
            label => label.split('|').map(str::to_owned).collect(),
        };
        if let Some(unknown) = labels.iter().find(|id| knowledge.fact(id).is_none()) {
            return Err(format!(
                "{name}:{}: label: `{unknown}` is neither a fact nor `none`",
                index + 1
            ));
        }
        questions.push(Question {
            text: (*question).to_owned(),
            labels,
            kind: (*kind).to_owned(),
        });
    }
    Ok(questions)
}
