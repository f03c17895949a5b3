//! The files of a new folder, each with remarks for whoever goes on with it. Reads and writes nothing.

use super::Facts;
use crate::knowledge::{Date, Folder, sha256};
use crate::language::Language;
use crate::locale;
use crate::numbers::numbers;

const CONCEPTS: &str = include_str!("concepts.toml");

pub(super) fn folder(facts: &Facts<'_>) -> Folder {
    let mut folder = Folder::default();
    let mut add =
        |file: &str, text: String| folder.files.insert(file.to_owned(), text.into_bytes());
    add("source.txt", facts.source.to_owned());
    add("hearing.toml", hearing(facts));
    add("facts/first.toml", fact(facts));
    add("gaps/shares.toml", gap());
    let concept = "first = { gloss = \"what the first fact is about: give it a better name\" }\n";
    add("concepts.toml", format!("{CONCEPTS}{concept}"));
    for (language, keyword) in facts.keywords.iter() {
        let starter = match language {
            Language::En => include_str!("lexicon/en.toml"),
            Language::Ru => include_str!("lexicon/ru.toml"),
            Language::Kk => include_str!("lexicon/kk.toml"),
        };
        let line = format!("\nfirst = {{ keywords = [{}] }}\n", quoted(keyword));
        add(
            &format!("lexicon/{language}.toml"),
            format!("{starter}{line}"),
        );
    }
    folder
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn hearing(facts: &Facts<'_>) -> String {
    let sha256 = sha256(facts.source);
    let date = facts.date;
    let day: Date = date_of(date);
    let titles: String = Language::ALL
        .map(|language| {
            let held = locale::date(language, day);
            let title = locale::text(language, "starter-title", &[("date", &held)]);
            format!("{language} = {}\n", quoted(&title))
        })
        .concat();
    let publisher = quoted(facts.publisher);
    let headline = quoted(facts.headline);
    let language = facts.language;
    format!(
        "# What was said, when, where and by whom; and where we have it from.\n\n\
         [hearing]\ndate = {date}\n\n\
         # What the hearing is called in running text: \"Ask about …\". Say where it was and what it was about.\n\
         [hearing.title]\n{titles}\n\
         [source]\nfile = \"source.txt\"\n\
         # The fingerprint of that file. `check` refuses a file that differs by a single byte.\n\
         sha256 = \"{sha256}\"\nlanguage = \"{language}\"\n\
         # The day it was published.\ndate = {date}\nheadline = {headline}\n\n\
         [source.publisher]\nen = {publisher}\nru = {publisher}\nkk = {publisher}\n\n\
         # Who spoke; a fact names one of them by id, or \"none\". One part for each:\n\
         # [speakers.smith]\n# en = \"Anna Smith, minister\"\n# ru = \"Анна Смит, министр\"\n# kk = \"Анна Смит, министр\"\n\
         [speakers]\n\n\
         # The headings that facts are listed under, in this order.\n\
         [[topics]]\nid = \"general\"\nen = \"The hearing\"\nru = \"Слушания\"\nkk = \"Тыңдау\"\n"
    )
}

/// The day of a text that was checked to be one.
fn date_of(text: &str) -> Date {
    let mut parts = text.split('-');
    let mut next = || parts.next().unwrap_or_default();
    Date {
        year: next().parse().unwrap_or_default(),
        month: next().parse().unwrap_or_default(),
        day: next().parse().unwrap_or_default(),
    }
}

fn fact(facts: &Facts<'_>) -> String {
    let (figure, quote) = (quoted(facts.figure), quoted(facts.quote));
    let mut file = format!(
        "# The first fact. Rename the file to what it is about; its name without `.toml` is the fact's id.\n\
         topic = \"general\"\n\
         # On Telegram /first asks for it.\ncommand = \"first\"\n\
         # The figure, exactly as the sentence prints it. Where it is a number, say so below it: value = 48200, unit = \"passengers\".\n\
         figure = {figure}\n\
         # One or more whole sentences of the source, word for word.\nquote = {quote}\n\
         # Who said it: an id of hearing.toml, or \"none\".\nspeaker = \"none\"\n\
         # Facts to offer beside this one.\nrelated = []\n\n\
         # Which questions it answers. Add `asks` and `counts`, so that it answers no others.\n\
         [match]\nneeds = [\"first\"]\n"
    );
    let counts = !numbers(facts.figure).is_empty();
    for (language, keyword) in facts.keywords.iter() {
        let id = if counts {
            "starter-how-many"
        } else {
            "starter-what"
        };
        let example = locale::text(language, id, &[("word", keyword)]);
        file.push_str(&format!(
            "\n[{language}]\ntitle = {}\n# One clause that says what the figure is; it stands right beside it.\nstatement = {}\n",
            quoted(keyword),
            quoted(keyword),
        ));
        if language != facts.language {
            file.push_str(&format!(
                "# Translate: until then the sentence itself stands here, and `check` says so.\nfigure = {figure}\nquote = {quote}\n"
            ));
        }
        file.push_str(&format!("examples = [{}]\n", quoted(&example)));
    }
    file
}

fn gap() -> String {
    let mut file =
        "# Something that people ask and the source does not say. Remove it if yours does.\n\
                    # Facts to offer instead, the nearest first.\nnearest = [\"first\"]\n\
                    # What is computed instead, where the question names facts of which one is a part of the other.\ncomputes = [\"share\"]\n\n\
                    # Which questions it is about.\n[match]\nneeds = [\"share\"]\n"
            .to_owned();
    for language in Language::ALL {
        let text = |id: &str| quoted(&locale::text(language, id, &[]));
        file.push_str(&format!(
            "\n[{language}]\nsentence = {}\nexamples = [{}]\n",
            text("starter-no-shares"),
            text("starter-what-share"),
        ));
    }
    file
}
