//! The command line: parses it, loads the knowledge and hands over to a surface. The only place that picks exit codes.

mod options;

use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use hearing_bot::expert::{self, Expert, LoadError};
use hearing_bot::export::Export;
use hearing_bot::knowledge::{Fault, Knowledge, Lexicons};
use hearing_bot::logging::Format;
use hearing_bot::progress::Progress;
use hearing_bot::starter::NewError;
use hearing_bot::{eval, logging, review, serving, telegram, terminal, verify, watch};
use options::{Command, Options};

fn main() -> ExitCode {
    let options = Options::parse();
    let format = match Format::parse(options.log_format.as_deref().unwrap_or_default()) {
        Ok(format) => format,
        Err(message) => return refuse(&message),
    };
    if let Err(message) = logging::start(format) {
        return refuse(&message);
    }
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(message)) => refuse(&message),
        Err(Failure::Work(message)) if format == Format::Json => {
            log::error!("{message}");
            ExitCode::FAILURE
        }
        Err(Failure::Work(message)) => {
            terminal::complain(&message);
            ExitCode::FAILURE
        }
        // Whoever read our output has had enough of it.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => {
            terminal::complain(&format!("cannot write the output: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Ends the program: it was called in a wrong way.
fn refuse(message: &str) -> ExitCode {
    terminal::complain(message);
    ExitCode::from(2)
}

/// Why a command did not do what it should.
enum Failure {
    /// The command line or a setting is wrong.
    Usage(String),
    /// The work failed.
    Work(String),
    /// The output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn run(options: Options) -> Result<(), Failure> {
    let dir = options.knowledge.as_deref();
    let out = &mut io::stdout().lock();
    match options.command {
        Command::Ask {
            question,
            json,
            language,
            explain,
        } => {
            let style = terminal::Style {
                json,
                explain,
                colour: io::stdout().is_terminal(),
                language,
            };
            ask(&load(dir)?, question.as_deref(), style, out)?;
        }
        Command::Chat => chat(&load(dir)?, out)?,
        Command::Facts { json } => {
            let (expert, lexicons) = check(dir)?;
            terminal::facts(&expert.knowledge, &lexicons, json, out)?;
        }
        Command::Export { format, language } => {
            let expert = load(dir)?;
            let export = Export::new(&expert.knowledge, language).map_err(faulty)?;
            export.write(format, out)?;
        }
        Command::Verify => {
            let folder = expert::folder(dir).map_err(unusable)?;
            let knowledge = Knowledge::load_to_prove(&folder).map_err(faulty)?;
            verify::print(&knowledge, &knowledge.proofs().map_err(faulty)?, out)?;
        }
        Command::Check { watch: true } => {
            let dir = dir.ok_or_else(|| {
                Failure::Usage("--watch needs a folder: give it with --knowledge".to_owned())
            })?;
            watch::watch(dir, out)?;
        }
        Command::Check { watch: false } => {
            let (expert, lexicons) = check(dir)?;
            terminal::checked(&expert.knowledge, &lexicons, out)?;
        }
        Command::New(new) => {
            let made = new.make().map_err(|error| match error {
                NewError::Usage(problem) => Failure::Usage(problem),
                NewError::Work(problem) => Failure::Work(problem),
            })?;
            writeln!(out, "{made}")?;
        }
        Command::Eval {
            files,
            wanted,
            floor,
        } => {
            let (expert, lexicons) = check(dir)?;
            let report = eval::evaluate(&expert, &lexicons, &files).map_err(Failure::Work)?;
            measure(&report, wanted, floor, out)?;
        }
        Command::Review { file } => {
            let (expert, lexicons) = check(dir)?;
            let questions = read(&file)?;
            let review = review::review(&expert, &lexicons, &questions);
            write!(out, "{review}")?;
        }
        Command::Run(settings) => {
            let settings = settings.checked().map_err(Failure::Usage)?;
            telegram::run(settings, options.knowledge).map_err(Failure::Work)?;
        }
        Command::Health(settings) => {
            let address = settings.address().map_err(Failure::Usage)?;
            serving::check(address).map_err(Failure::Work)?;
        }
    }
    out.flush()?;
    Ok(())
}

fn ask(
    expert: &Expert,
    question: Option<&str>,
    style: terminal::Style,
    out: &mut impl Write,
) -> Result<(), Failure> {
    match question {
        Some(question) => Ok(terminal::ask(expert, question, &style, out)?),
        None => each_line(|line| terminal::ask(expert, line, &style, out)),
    }
}

fn chat(expert: &Expert, out: &mut impl Write) -> Result<(), Failure> {
    terminal::greet(expert, out)?;
    let style = terminal::Style {
        json: false,
        explain: false,
        colour: io::stdout().is_terminal(),
        language: None,
    };
    for line in io::stdin().lock().split(b'\n') {
        let line = line.map_err(unreadable)?;
        let line = String::from_utf8_lossy(&line);
        if line.trim().is_empty() {
            break;
        }
        terminal::ask(expert, line.trim(), &style, out)?;
        out.flush()?;
    }
    Ok(())
}

fn measure(
    report: &eval::Report<'_>,
    wanted: eval::Wanted,
    floor: Option<f64>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    write!(out, "{}", report.in_words(&wanted))?;
    let reached = report.honest_accuracy();
    match floor.filter(|&floor| reached < floor) {
        Some(floor) => Err(Failure::Work(format!(
            "honest accuracy {reached:.4} is below the floor {floor}"
        ))),
        None => Ok(()),
    }
}

fn load(dir: Option<&Path>) -> Result<Expert, Failure> {
    Expert::load(dir).map_err(unusable)
}

/// Loads the knowledge for those who also look at its keywords.
fn check(dir: Option<&Path>) -> Result<(Expert, Lexicons), Failure> {
    let progress = Progress::new("checking examples", 0);
    Expert::check(dir, &progress).map_err(unusable)
}

fn unusable(error: LoadError) -> Failure {
    match error {
        LoadError::Faulty(faults) => faulty(faults),
        LoadError::Unreadable { .. } => Failure::Work(error.to_string()),
    }
}

/// Says every fault, each in one line.
fn faulty(faults: Vec<Fault>) -> Failure {
    for fault in &faults {
        terminal::complain(&fault.to_string());
    }
    Failure::Work(LoadError::Faulty(faults).to_string())
}

/// The text of a file, or of standard input where it is `-`; bytes that are not UTF-8 are replaced.
fn read(file: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
    } else {
        let name = file.display();
        bytes = std::fs::read(file)
            .map_err(|error| Failure::Work(format!("cannot read {name}: {error}")))?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Calls `each` with every line of standard input; bytes that are not UTF-8 are replaced.
fn each_line(mut each: impl FnMut(&str) -> io::Result<()>) -> Result<(), Failure> {
    for line in io::stdin().lock().split(b'\n') {
        let line = line.map_err(unreadable)?;
        each(String::from_utf8_lossy(&line).trim_end_matches('\r'))?;
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
fn unreadable(error: io::Error) -> Failure {
    Failure::Work(format!("cannot read standard input: {error}"))
}
