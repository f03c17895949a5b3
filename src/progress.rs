//! How far long work has come: a bar on standard error in a terminal, nothing in a pipe or a log.

use std::borrow::Cow;

use indicatif::{ProgressBar, ProgressStyle};

/// A piece of work of so many steps; its bar goes when it is dropped.
pub struct Progress(ProgressBar);

impl Progress {
    /// Begins to show a piece of work.
    #[must_use]
    pub fn new(what: impl Into<Cow<'static, str>>, steps: usize) -> Self {
        // Draws on standard error, and nowhere where that is no terminal.
        let bar = ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX));
        let style = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}, {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self(bar.with_message(what))
    }

    /// Work that nobody watches.
    #[must_use]
    pub fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// There are so many steps more than was known.
    pub fn expect(&self, steps: usize) {
        self.0.inc_length(u64::try_from(steps).unwrap_or(u64::MAX));
    }

    /// One step is done.
    pub fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
