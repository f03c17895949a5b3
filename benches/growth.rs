//! How loading, memory and a question's cost grow with the knowledge. `cargo bench --bench growth [FACTS…]`; without
//! sizes 1,000, 10,000 and 100,000 facts. Every size runs in a process of its own.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a bench measures and may stop; its sizes are far from the limits of these types"
)]

#[path = "growth/synthetic.rs"]
mod synthetic;

use std::fs;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use hearing_bot::expert::Expert;
use hearing_bot::knowledge::Folder;
use hearing_bot::matching::Outcome;

/// How often each question is asked; the quickest time counts, as others share the machine.
const ROUNDS: usize = 5;

const COLUMNS: [&str; 6] = [
    "load and check, s",
    "peak memory, MB",
    "memory after, MB",
    "median, µs",
    "99 %, µs",
    "answered, %",
];

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|arg| arg.parse().ok())
        .collect();
    if std::env::var_os("GROWTH_ONE").is_some() {
        measure(sizes[0]);
        return;
    }
    let sizes = if sizes.is_empty() {
        vec![1_000, 10_000, 100_000]
    } else {
        sizes
    };
    println!("| facts | {} |", COLUMNS.join(" | "));
    println!("|{}", "---:|".repeat(COLUMNS.len() + 1));
    let mut before: Option<(usize, Vec<f64>)> = None;
    for size in sizes {
        let child = Command::new(std::env::current_exe().expect("it is known"))
            .arg(size.to_string())
            .env("GROWTH_ONE", "1")
            .output()
            .expect("it starts");
        let text = String::from_utf8_lossy(&child.stdout);
        let figures: Vec<f64> = text
            .split_whitespace()
            .filter_map(|figure| figure.parse().ok())
            .collect();
        if figures.len() != COLUMNS.len() {
            eprintln!(
                "{size} facts: {text}{}",
                String::from_utf8_lossy(&child.stderr)
            );
            std::process::exit(1);
        }
        let row: Vec<String> = figures
            .iter()
            .map(|figure| format!("{figure:.2}"))
            .collect();
        println!("| {size} | {} |", row.join(" | "));
        if let Some((smaller, less)) = before {
            let exponent =
                |(now, then): (&f64, &f64)| (now / then).ln() / (size as f64 / smaller as f64).ln();
            let row: Vec<String> = figures
                .iter()
                .zip(&less)
                .map(exponent)
                .map(|e| format!("{e:.2}"))
                .collect();
            println!("| *exponent* | {} |", row.join(" | "));
        }
        before = Some((size, figures));
    }
}

fn measure(facts: usize) {
    let hearing = synthetic::hearing(facts);
    let folder = Folder {
        files: hearing.files,
    };
    let start = Instant::now();
    let expert = Expert::new(&folder).unwrap_or_else(|faults| {
        for fault in faults.iter().take(10) {
            eprintln!("{fault}");
        }
        panic!("{} faults", faults.len())
    });
    let load = start.elapsed().as_secs_f64();
    drop(folder);
    let (peak, after) = (memory("VmHWM"), memory("VmRSS"));
    let mut answered = 0;
    let mut times: Vec<f64> = Vec::new();
    for question in &hearing.questions {
        let time = || {
            let start = Instant::now();
            black_box(expert.matcher.ask(black_box(question), None));
            start.elapsed().as_secs_f64() * 1e6
        };
        times.push((0..ROUNDS).map(|_| time()).fold(f64::INFINITY, f64::min));
        answered += usize::from(matches!(
            expert.matcher.ask(question, None).outcome,
            Outcome::Answer(_)
        ));
    }
    times.sort_by(f64::total_cmp);
    let share = 100.0 * answered as f64 / times.len() as f64;
    println!(
        "{load} {peak} {after} {} {} {share}",
        times[times.len() / 2],
        times[times.len() * 99 / 100]
    );
}

/// A figure of the process's own memory, in MB.
fn memory(which: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(which));
    let figure = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    figure.unwrap_or(f64::NAN) / 1024.0
}
