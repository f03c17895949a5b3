//! The beginning of a knowledge folder for another hearing: the source pinned, one fact from one of its sentences, one gap,
//! question words in every language. Must not know any hearing; what it makes passes the same checks as any folder.

mod files;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::expert::Expert;
use crate::knowledge::{Folder, sentence_with};
use crate::language::{ByLanguage, Language};
use crate::numbers::numbers;

/// What a new folder is made from.
#[derive(Debug, Args)]
pub struct New {
    /// The folder to make; it must not exist, or be empty.
    dir: PathBuf,
    /// The source, as plain text; it is copied and pinned.
    #[arg(long, value_name = "FILE")]
    source: PathBuf,
    /// The language of the source: en, ru or kk; otherwise its letters tell.
    #[arg(long)]
    language: Option<Language>,
    /// The day of the hearing, as 2023-01-05; otherwise today, to be mended in hearing.toml.
    #[arg(long)]
    date: Option<String>,
    /// A sentence of the source, or a part of one, for the first fact; otherwise the first one that holds a number.
    #[arg(long, value_name = "TEXT")]
    sentence: Option<String>,
    /// The figure in that sentence; otherwise its first number.
    #[arg(long, value_name = "TEXT")]
    figure: Option<String>,
    /// What people call the thing, as `en=passenger`; once for each language. Otherwise the longest word of the sentence.
    #[arg(long = "keyword", value_name = "LANGUAGE=WORD")]
    keywords: Vec<String>,
    /// Who published the source.
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
}

/// Why no folder was made.
#[derive(Debug)]
pub enum NewError {
    /// The options do not fit the source.
    Usage(String),
    /// The folder or the source could not be read or written, or what was made has a fault.
    Work(String),
}

/// What the files are filled with.
struct Facts<'a> {
    source: &'a str,
    language: Language,
    date: &'a str,
    headline: &'a str,
    publisher: &'a str,
    quote: &'a str,
    figure: &'a str,
    keywords: ByLanguage<String>,
}

impl New {
    /// Makes the folder, and says what was made and what was only assumed.
    ///
    /// # Errors
    /// The option that does not fit, or what could not be read or written.
    pub fn make(&self) -> Result<String, NewError> {
        let shown = self.source.display();
        let bytes = fs::read(&self.source)
            .map_err(|error| NewError::Work(format!("cannot read {shown}: {error}")))?;
        let source = String::from_utf8(bytes).map_err(|_| {
            NewError::Work(format!("{shown} is not UTF-8 text: save it as plain text"))
        })?;
        let folder = self.folder(&source)?;
        if let Err(faults) = Expert::new(&folder) {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            return Err(NewError::Work(format!(
                "nothing was written, because the folder would have these faults; other keywords may help: {}",
                faults.join("; ")
            )));
        }
        write(&self.dir, &folder)
            .map_err(|(path, error)| NewError::Work(format!("cannot write {path}: {error}")))?;
        let files = folder.files.len();
        let mut made = format!(
            "{files} files written, and they pass the check; docs/knowledge.md says how to go on"
        );
        if self.date.is_none() {
            made += "\nthe day of the hearing was not given: hearing.toml says today, put in the right one";
        }
        Ok(made)
    }

    /// The files of the folder.
    fn folder(&self, source: &str) -> Result<Folder, NewError> {
        let quote = self.quote(source)?;
        let figure = match &self.figure {
            Some(figure) if quote.contains(figure.as_str()) => figure,
            Some(figure) => {
                return Err(NewError::Usage(format!(
                    "--figure: `{figure}` does not stand in the sentence: {quote}"
                )));
            }
            None => first_number(quote).ok_or_else(|| {
                NewError::Usage(format!(
                    "the sentence holds no number: give its figure with --figure: {quote}"
                ))
            })?,
        };
        let today = || chrono::Utc::now().date_naive().to_string();
        let date = self.date.clone().unwrap_or_else(today);
        let is_date = format!("date = {date}")
            .parse::<toml::Table>()
            .ok()
            .and_then(|table| table.get("date")?.as_datetime().copied())
            .is_some_and(|datetime| datetime.date.is_some() && datetime.time.is_none());
        if !is_date {
            return Err(NewError::Usage(format!(
                "--date: `{date}` is not a day: write it as 2023-01-05"
            )));
        }
        let name = self
            .source
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        Ok(files::folder(&Facts {
            source,
            language: self
                .language
                .unwrap_or_else(|| Language::of_letters(source)),
            date: &date,
            headline: source
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
                .unwrap_or(name),
            publisher: self.publisher.as_deref().unwrap_or(name),
            quote,
            figure,
            keywords: self.keywords(quote)?,
        }))
    }

    fn quote<'a>(&self, source: &'a str) -> Result<&'a str, NewError> {
        let usage = |problem: String| Err(NewError::Usage(format!("--sentence: {problem}")));
        match &self.sentence {
            Some(part) => match sentence_with(source, |sentence| sentence.contains(part.trim())) {
                Some(sentence) => Ok(sentence),
                None => usage(format!("no sentence of the source holds `{part}`")),
            },
            None => match sentence_with(source, |sentence| first_number(sentence).is_some()) {
                Some(sentence) => Ok(sentence),
                None => usage("no sentence of the source holds a number: name one".to_owned()),
            },
        }
    }

    fn keywords(&self, quote: &str) -> Result<ByLanguage<String>, NewError> {
        let longest = quote
            .split(|c: char| !c.is_alphabetic())
            .max_by_key(|word| word.chars().count())
            .unwrap_or_default()
            .to_lowercase();
        let mut keywords = ByLanguage {
            en: longest.clone(),
            ru: longest.clone(),
            kk: longest,
        };
        for given in &self.keywords {
            let (language, word) = given.split_once('=').unwrap_or((given, ""));
            let language = language
                .parse()
                .map_err(|problem| NewError::Usage(format!("--keyword: {problem}")))?;
            if word.trim().is_empty() {
                let problem = format!("--keyword: `{given}` holds no word: write `en=passenger`");
                return Err(NewError::Usage(problem));
            }
            let slot = match language {
                Language::En => &mut keywords.en,
                Language::Ru => &mut keywords.ru,
                Language::Kk => &mut keywords.kk,
            };
            *slot = word.trim().to_lowercase();
        }
        Ok(keywords)
    }
}

/// The first number of a text, as it is printed.
fn first_number(text: &str) -> Option<&str> {
    let number = numbers(text).into_iter().next()?;
    text.get(number.start..number.end)
}

fn write(dir: &Path, folder: &Folder) -> Result<(), (String, std::io::Error)> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error| (path, error)
    };
    if dir.exists() && fs::read_dir(dir).map_err(failed(dir))?.next().is_some() {
        let error =
            std::io::Error::other("there are files in it: name a folder that does not exist");
        return Err(failed(dir)(error));
    }
    for (file, bytes) in &folder.files {
        let path = dir.join(file);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed(parent))?;
        }
        fs::write(&path, bytes).map_err(failed(&path))?;
    }
    Ok(())
}
