//! The options and commands as people type them. Does nothing with them.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use hearing_bot::export::Format;
use hearing_bot::language::Language;
use hearing_bot::starter;
use hearing_bot::{eval, serving, telegram};

/// Answers questions about a parliament hearing with the figure and the sentence of the source that it stands in.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Options {
    /// A knowledge folder to use instead of the one built into the program.
    #[arg(long, global = true, env = "HEARING_KNOWLEDGE", value_name = "DIR")]
    pub(crate) knowledge: Option<PathBuf>,
    /// How the log on standard error is written: text or json [default: text]
    #[arg(
        long,
        global = true,
        env = "HEARING_LOG_FORMAT",
        hide_env_values = true,
        value_name = "FORMAT"
    )]
    pub(crate) log_format: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
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
    /// Write every fact as a table: what was said, by whom, and where it stands in the source.
    Export {
        /// How it is written.
        #[arg(long, value_enum)]
        format: Format,
        /// The language of titles and speakers: en, ru or kk.
        #[arg(long, default_value = "en")]
        language: Language,
    },
    /// Prove every quote again: print where it stands in which source, and the fingerprint of that source.
    Verify,
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
        #[command(flatten)]
        wanted: eval::Wanted,
        /// Fail unless the honest accuracy is at least this, from 0 to 1.
        #[arg(long, value_name = "SHARE")]
        floor: Option<f64>,
    },
    /// Go through questions that people sent: what became of each, and lines to paste into the knowledge. Changes nothing.
    Review {
        /// The questions, one a line; `-` for standard input.
        file: PathBuf,
    },
    /// Run the Telegram bot.
    Run(telegram::Settings),
    /// Say whether the running bot is healthy, by its exit code: for the health check of a container.
    Health(serving::StatusSettings),
}
