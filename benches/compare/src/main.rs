//! What people would use instead, on the same keywords and questions, in one run on one core: strsim and rapidfuzz over
//! every keyword, tantivy with fuzzy terms, SQLite FTS5. Each finds the fact whose keywords fit a question best; how well it
//! does is not measured here, only what it costs.

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use hearing_bot::expert::Expert;
use hearing_bot::knowledge::{Fact, Knowledge, Lexicons};
use hearing_bot::language::Language;
use hearing_bot::progress::Progress;
use rapidfuzz::fuzz::RatioBatchComparator;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query};
use tantivy::schema::{STORED, Schema, TEXT, Value};
use tantivy::{Index, TantivyDocument, Term, doc};

/// How often each question is asked; the quickest time counts, as others share the machine.
const ROUNDS: usize = 2;

/// How many questions of each language are asked, evenly spread over all: the slowest here takes a second for each.
const QUESTIONS: usize = 40;

/// A keyword and the facts that need what it stands for.
struct Keyword {
    text: String,
    facts: Vec<usize>,
}

fn main() {
    let (expert, lexicons) =
        Expert::check(None, &Progress::hidden()).unwrap_or_else(|error| panic!("{error}"));
    let keywords = keywords(&expert.knowledge, &lexicons);
    let tantivy = Tantivy::new(&keywords, &expert.knowledge);
    let sqlite = sqlite(&keywords, &expert.knowledge);
    println!("{} keywords in three languages\n", keywords.len());
    println!(
        "| questions | who | median, µs | 99 %, µs | times the bot's median |\n|---|---|---:|---:|---:|"
    );
    for language in Language::ALL {
        let questions = questions(language);
        // Rounds go through everyone in turn, so that a slow moment of the machine meets all alike.
        let mut contenders: Vec<(&str, Box<dyn Fn(&str)>)> = vec![
            (
                "this bot",
                Box::new(|q| drop(black_box(expert.matcher.ask(q, None)))),
            ),
            (
                "strsim, every keyword",
                Box::new(|q| drop(black_box(naive(q, &keywords)))),
            ),
            (
                "rapidfuzz ratio, every keyword",
                Box::new(|q| drop(black_box(ratio(q, &keywords)))),
            ),
            (
                "tantivy, fuzzy terms",
                Box::new(|q| drop(black_box(tantivy.ask(q)))),
            ),
            (
                "SQLite FTS5, no typos",
                Box::new(|q| drop(black_box(fts5(q, &sqlite)))),
            ),
        ];
        let mut times = vec![vec![f64::INFINITY; questions.len()]; contenders.len()];
        for _ in 0..ROUNDS {
            for ((_, ask), times) in contenders.iter_mut().zip(&mut times) {
                // As when many ask: what went before, and left the caches full of other things, does not count.
                questions.iter().for_each(|question| ask(question));
                for (question, time) in questions.iter().zip(times) {
                    let start = Instant::now();
                    ask(question);
                    *time = time.min(start.elapsed().as_secs_f64() * 1e6);
                }
            }
        }
        let mut own = None;
        for ((who, _), mut times) in contenders.into_iter().zip(times) {
            times.sort_by(f64::total_cmp);
            let (median, most) = (times[times.len() / 2], times[times.len() * 99 / 100]);
            let own = *own.get_or_insert(median);
            println!(
                "| {language} ({}) | {who} | {median:.1} | {most:.1} | {:.1} |",
                times.len(),
                median / own
            );
        }
    }
}

/// Every keyword of every lexicon with the facts that its concept leads to.
fn keywords(knowledge: &Knowledge, lexicons: &Lexicons) -> Vec<Keyword> {
    let mut facts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, fact) in knowledge.facts.iter().enumerate() {
        for concept in concepts(fact) {
            facts.entry(concept).or_default().push(position);
        }
    }
    let mut keywords = Vec::new();
    for (_, lexicon) in lexicons.iter() {
        for (concept, said) in &lexicon.concepts {
            let facts = facts.get(concept.as_str()).cloned().unwrap_or_default();
            keywords.extend(said.keywords.iter().map(|text| Keyword {
                text: text.clone(),
                facts: facts.clone(),
            }));
        }
    }
    keywords
}

fn concepts(fact: &Fact) -> impl Iterator<Item = &str> {
    let needs = fact
        .rules
        .needs
        .iter()
        .flat_map(|way| way.groups.iter().flatten());
    needs.chain(&fact.rules.supports).map(String::as_str)
}

fn words(question: &str) -> Vec<String> {
    let words = question
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The fact that most keywords near some word of the question lead to.
fn best<'k>(hits: impl Iterator<Item = (&'k Keyword, f64)>) -> Option<usize> {
    let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
    for (keyword, score) in hits {
        for &fact in &keyword.facts {
            *scores.entry(fact).or_default() += score;
        }
    }
    scores
        .into_iter()
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(fact, _)| fact)
}

/// Every word against every keyword.
fn naive(question: &str, keywords: &[Keyword]) -> Option<usize> {
    let words = words(question);
    let near = |keyword: &Keyword| {
        words
            .iter()
            .map(|word| strsim::normalized_damerau_levenshtein(word, &keyword.text))
            .fold(0.0, f64::max)
    };
    best(
        keywords
            .iter()
            .map(|keyword| (keyword, near(keyword)))
            .filter(|(_, score)| *score >= 0.75),
    )
}

/// Every word prepared once, then compared with every keyword under a cutoff: the crate's quickest way.
fn ratio(question: &str, keywords: &[Keyword]) -> Option<usize> {
    let words: Vec<_> = words(question)
        .iter()
        .map(|word| RatioBatchComparator::new(word.chars()))
        .collect();
    let args = rapidfuzz::fuzz::Args::default().score_cutoff(0.75);
    let near = |keyword: &Keyword| {
        words
            .iter()
            .filter_map(|word| word.similarity_with_args(keyword.text.chars(), &args))
            .fold(0.0, f64::max)
    };
    best(
        keywords
            .iter()
            .map(|keyword| (keyword, near(keyword)))
            .filter(|(_, score)| *score > 0.0),
    )
}

/// The keywords of each fact as a text.
fn texts(keywords: &[Keyword], knowledge: &Knowledge) -> Vec<String> {
    let mut texts = vec![String::new(); knowledge.facts.len()];
    for keyword in keywords {
        for &fact in &keyword.facts {
            texts[fact].push_str(&keyword.text);
            texts[fact].push('\n');
        }
    }
    texts
}

struct Tantivy {
    searcher: tantivy::Searcher,
    text: tantivy::schema::Field,
    fact: tantivy::schema::Field,
}

impl Tantivy {
    fn new(keywords: &[Keyword], knowledge: &Knowledge) -> Self {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let fact = schema.add_u64_field("fact", STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index
            .writer_with_num_threads(1, 50_000_000)
            .expect("memory takes it");
        for (position, words) in texts(keywords, knowledge).into_iter().enumerate() {
            writer
                .add_document(doc!(text => words, fact => position as u64))
                .expect("memory takes it");
        }
        writer.commit().expect("memory takes it");
        let searcher = index.reader().expect("it is there").searcher();
        Self {
            searcher,
            text,
            fact,
        }
    }

    fn ask(&self, question: &str) -> Option<u64> {
        let terms = words(question)
            .into_iter()
            .map(|word| -> (Occur, Box<dyn Query>) {
                let edits = match word.chars().count() {
                    0..=3 => 0,
                    4..=7 => 1,
                    _ => 2,
                };
                let term = Term::from_field_text(self.text, &word);
                (
                    Occur::Should,
                    Box::new(FuzzyTermQuery::new(term, edits, true)),
                )
            });
        let query = BooleanQuery::new(terms.collect());
        let found = self
            .searcher
            .search(&query, &TopDocs::with_limit(3).order_by_score())
            .expect("memory takes it");
        let (_, address) = found.first()?;
        let document: TantivyDocument = self.searcher.doc(*address).ok()?;
        document.get_first(self.fact)?.as_u64()
    }
}

fn sqlite(keywords: &[Keyword], knowledge: &Knowledge) -> rusqlite::Connection {
    let database = rusqlite::Connection::open_in_memory().expect("memory takes it");
    database
        .execute_batch("create virtual table facts using fts5(text, tokenize = 'unicode61')")
        .expect("FTS5 is there");
    for (position, text) in texts(keywords, knowledge).iter().enumerate() {
        let row = rusqlite::params![position as i64, text];
        database
            .execute("insert into facts(rowid, text) values (?, ?)", row)
            .expect("memory takes it");
    }
    database
}

fn fts5(question: &str, database: &rusqlite::Connection) -> Option<i64> {
    let words: Vec<String> = words(question)
        .iter()
        .map(|word| format!("\"{word}\""))
        .collect();
    let mut query = database
        .prepare_cached("select rowid from facts where text match ? order by rank limit 3")
        .expect("it is a query");
    query.query_row([words.join(" OR ")], |row| row.get(0)).ok()
}

fn questions(language: Language) -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/questions")
        .join(language.code());
    let mut questions = Vec::new();
    let files = fs::read_dir(dir).expect("the questions stand there");
    let mut files: Vec<_> = files
        .map(|file| file.expect("is readable").path())
        .collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(file).expect("is readable");
        questions.extend(
            text.lines()
                .skip(1)
                .filter_map(|line| line.split('\t').next())
                .map(str::to_owned),
        );
    }
    let step = questions.len().div_ceil(QUESTIONS).max(1);
    questions.into_iter().step_by(step).collect()
}
