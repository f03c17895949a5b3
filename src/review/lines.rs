//! Lines of TOML that a curator may paste.

use std::fmt::Write;

use super::Reviewed;
use crate::expert::Expert;
use crate::language::Language;
use crate::locale;
use crate::matching::Subject;
use crate::reasons::list;

/// How many facts a new gap offers.
const MOST_NEAREST: usize = 3;

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The questions as examples of a fact or a gap, language by language; those that stand there already are left out.
pub(super) fn examples<'a>(
    when: &str,
    folder: &str,
    id: &str,
    known: impl Fn(Language) -> &'a Vec<String>,
    questions: &[Reviewed<'_>],
    out: &mut String,
) {
    for language in Language::ALL {
        let known = known(language);
        let new: Vec<&str> = asked_in(language, questions)
            .filter(|text| !known.iter().any(|example| example == text))
            .collect();
        if !new.is_empty() {
            let _ = writeln!(
                out,
                "  {when}: {folder}/{id}.toml, [{language}], after `examples = [`"
            );
            for text in new {
                let _ = writeln!(out, "    {},", quoted(text));
            }
        }
    }
}

/// The questions that were asked in a language.
fn asked_in<'a>(
    language: Language,
    questions: &'a [Reviewed<'_>],
) -> impl Iterator<Item = &'a str> {
    let questions = questions.iter();
    let asked = questions.filter(move |question| question.heard.verdict.language == language);
    asked.map(|question| question.text)
}

/// A gap for questions that find nothing: the file, and a concept of its own where none is named.
pub(super) fn gap(
    expert: &Expert,
    topics: &[String],
    unknown: &[String],
    questions: &[Reviewed<'_>],
    out: &mut String,
) {
    let needs: Vec<String> = match (topics, unknown) {
        ([], []) => return,
        ([], unknown) => {
            let id = new_id(unknown);
            let words = list(unknown);
            let _ = writeln!(
                out,
                "  if the source does not say it: a concept, in concepts.toml\n    {id} = {{ gloss = \"…\" }}"
            );
            for language in Language::ALL {
                let asked = asked_in(language, questions).next().is_some();
                let keywords = if asked { words.as_str() } else { "\"…\"" };
                let _ = writeln!(
                    out,
                    "  lexicon/{language}.toml, under [concepts]\n    {id} = {{ keywords = [{keywords}] }}"
                );
            }
            vec![id]
        }
        (topics, _) => topics.to_vec(),
    };
    let name = needs.join("_");
    let _ = writeln!(
        out,
        "  if the source does not say it: a new file gaps/{name}.toml"
    );
    let nearest: Vec<String> = nearest(expert, questions).into_iter().map(quoted).collect();
    let _ = writeln!(
        out,
        "    nearest = [{}]\n\n    [match]\n    needs = [{}]",
        nearest.join(", "),
        quoted(&needs.join(" + "))
    );
    for language in Language::ALL {
        let sentence = locale::text(language, "review-not-said", &[]);
        let texts: Vec<String> = asked_in(language, questions).map(quoted).collect();
        let _ = writeln!(
            out,
            "\n    [{language}]\n    sentence = {}\n    examples = [{}]",
            quoted(&sentence),
            texts.join(", ")
        );
    }
}

/// The id of a concept for some words: the first that has only letters that an id may have.
fn new_id(words: &[String]) -> String {
    let plain = |word: &&String| word.chars().all(|c| c.is_ascii_lowercase());
    let word = words.iter().find(plain).map_or("new", String::as_str);
    word.to_owned()
}

/// The facts that these questions came nearest to.
fn nearest<'a>(expert: &'a Expert, questions: &[Reviewed<'_>]) -> Vec<&'a str> {
    let mut nearest: Vec<&str> = Vec::new();
    for rival in questions.iter().flat_map(|question| &question.heard.rivals) {
        if let Subject::Fact(position) = rival.subject
            && let Some(fact) = expert.knowledge.facts.get(position)
            && !nearest.contains(&fact.id.as_str())
        {
            nearest.push(&fact.id);
        }
    }
    nearest.truncate(MOST_NEAREST);
    nearest
}
