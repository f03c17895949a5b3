//! The command line: parses it, loads the knowledge and hands over to a surface. The only place that picks exit codes.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use hearing_bot::expert::{Expert, LoadError};
use hearing_bot::knowledge::Lexicons;
use hearing_bot::language::Language;
use hearing_bot::logging::Format;
use hearing_bot::starter::{self, NewError};
use hearing_bot::{eval, logging, serving, telegram, terminal, watch};

/// Answers questions about a parliament hearing with the figure and the sentence of the source that it stands in.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Options {
    /// A knowledge folder to use instead of the one built into the program.
    #[arg(long, global = true, env = "HEARING_KNOWLEDGE", value_name = "DIR")]
    knowledge: Option<PathBuf>,
    /// How the log on standard error is written: text or json [default: text]
    #[arg(
        long,
        global = true,
        env = "HEARING_LOG_FORMAT",
        hide_env_values = true,
        value_name = "FORMAT"
    )]
    log_format: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer one question, or the questions on standard input, one a line.
    Ask {
        /// The question; left out, questions are read from standard input.
        question: Option<String>,
        /// Print one JSON object a line.
        #[arg(long)]
        json: bool,
        /// The language to answer in, instead of the question's own: en, ru or kk.
        #[arg(long)]
        language: Option<Language>,
        /// Show how each verdict came about.
        #[arg(long)]
        explain: bool,
    },
    /// Talk in the terminal.
    Chat,
    /// List every fact.
    Facts {
        /// Print a JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Check the knowledge; print every fault with its file and line.
    Check {
        /// Check again whenever a file changes.
        #[arg(long)]
        watch: bool,
    },
    /// Make a knowledge folder for another hearing.
    New(starter::New),
    /// Measure the answers to labelled questions.
    Eval {
        /// Files of tab-separated columns: question, label, kind.
        #[arg(required = true, value_name = "FILE.tsv")]
        files: Vec<PathBuf>,
        /// List the questions that went wrong.
        #[arg(long)]
        wrong: bool,
        /// Fail unless the honest accuracy is at least this, from 0 to 1.
        #[arg(long, value_name = "SHARE")]
        floor: Option<f64>,
    },
    /// Run the Telegram bot.
    Run(telegram::Settings),
    /// Say whether the running bot is healthy, by its exit code: for the health check of a container.
    Health(serving::StatusSettings),
}

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
            let expert = load(dir)?;
            let style = terminal::Style {
                json,
                explain,
                colour: io::stdout().is_terminal(),
                language,
            };
            match question {
                Some(question) => terminal::ask(&expert, &question, &style, out)?,
                None => each_line(|line| terminal::ask(&expert, line, &style, out))?,
            }
        }
        Command::Chat => {
            let expert = load(dir)?;
            let colour = io::stdout().is_terminal();
            terminal::greet(&expert, out)?;
            let style = terminal::Style {
                json: false,
                explain: false,
                colour,
                language: None,
            };
            for line in io::stdin().lock().split(b'\n') {
                let line = line.map_err(unreadable)?;
                let line = String::from_utf8_lossy(&line);
                if line.trim().is_empty() {
                    break;
                }
                terminal::ask(&expert, line.trim(), &style, out)?;
                out.flush()?;
            }
        }
        Command::Facts { json } => {
            let (expert, lexicons) = check(dir)?;
            terminal::facts(&expert.knowledge, &lexicons, json, out)?;
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
            let files = new.make().map_err(|error| match error {
                NewError::Usage(problem) => Failure::Usage(problem),
                NewError::Work(problem) => Failure::Work(problem),
            })?;
            writeln!(
                out,
                "{files} files written, and they pass the check; docs/knowledge.md says how to go on"
            )?;
        }
        Command::Eval {
            files,
            wrong,
            floor,
        } => {
            let expert = load(dir)?;
            let report = eval::evaluate(&expert, &files).map_err(Failure::Work)?;
            write!(out, "{}", report.in_words(wrong))?;
            if let Some(floor) = floor
                && report.honest_accuracy() < floor
            {
                let message = format!(
                    "honest accuracy {:.4} is below the floor {floor}",
                    report.honest_accuracy()
                );
                return Err(Failure::Work(message));
            }
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

fn load(dir: Option<&Path>) -> Result<Expert, Failure> {
    Expert::load(dir).map_err(faulty)
}

fn check(dir: Option<&Path>) -> Result<(Expert, Lexicons), Failure> {
    Expert::check(dir).map_err(faulty)
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
fn faulty(error: LoadError) -> Failure {
    if let LoadError::Faulty(faults) = &error {
        for fault in faults {
            terminal::complain(&fault.to_string());
        }
    }
    Failure::Work(error.to_string())
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
