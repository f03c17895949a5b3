//! `[match]` in facts and gaps.

use serde::Deserialize;

/// Which questions a fact or a gap is for, in terms of concepts and so once for all languages.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The kinds of question it answers; empty: every kind.
    #[serde(default)]
    pub asks: Vec<String>,
    /// What it counts, where "how many" names a thing: other things rule it out. Empty: whatever.
    #[serde(default)]
    pub counts: Vec<String>,
    /// The ways to ask for it; one suffices.
    #[serde(default)]
    pub needs: Vec<Way>,
    /// Concepts that may stand in its questions, too.
    #[serde(default)]
    pub supports: Vec<String>,
    /// What rules it out where a question asks with it: concepts, or several that only do together.
    #[serde(default)]
    pub excludes: Vec<Way>,
}

/// One way to ask for a fact, or to rule it out: groups of concepts, of which each must be met by one of its own. Written
/// `a|b + c`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Way {
    /// The groups; all must be met.
    pub groups: Vec<Vec<String>>,
}

impl TryFrom<String> for Way {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let concepts = |group: &str| {
            let concepts = group.split('|').map(|id| id.trim().to_owned());
            let mut concepts: Vec<String> = concepts.collect();
            concepts.shrink_to_fit();
            concepts
        };
        let mut groups: Vec<Vec<String>> = text.split('+').map(concepts).collect();
        groups.shrink_to_fit();
        if groups.iter().flatten().any(String::is_empty) {
            return Err(format!(
                "`{text}` names no concept at one place: write it as `a|b + c`"
            ));
        }
        Ok(Self { groups })
    }
}
