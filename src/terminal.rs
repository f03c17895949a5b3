//! Answers in a terminal or a pipe: text with or without colours, and JSON. Knows no Telegram and decides nothing.

use std::io::{self, Write};

use serde::Serialize;

use crate::answer::{Answer, Cited, Computed, Marked, answer, cite};
use crate::computed::Sum;
use crate::expert::Expert;
use crate::knowledge::{Fact, Knowledge, Lexicons};
use crate::language::{ByLanguage, Language};
use crate::locale;
use crate::matching::{Outcome, Verdict};

/// How answers are printed.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// One JSON object a line.
    pub json: bool,
    /// Show how the verdict came about.
    pub explain: bool,
    /// Set figures off with terminal codes.
    pub colour: bool,
    /// Answer in this language instead of the question's.
    pub language: Option<Language>,
}

/// Says on standard error what went wrong, in one line.
pub fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "hearing-bot: {message}");
}

/// Answers one question.
///
/// # Errors
/// The output could not be written.
pub fn ask(expert: &Expert, question: &str, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let mut verdict = expert.matcher.ask(question, style.language);
    if let Some(language) = style.language {
        verdict.language = language;
    }
    if style.explain {
        writeln!(
            out,
            "{}",
            expert
                .matcher
                .explain(&expert.knowledge, question, style.language)
        )?;
    }
    if style.json {
        let line = serde_json::to_string(&AnswerLine::new(&expert.knowledge, question, &verdict))?;
        writeln!(out, "{line}")?;
    } else {
        write!(
            out,
            "{}",
            in_words(
                &answer(&expert.knowledge, &verdict),
                verdict.language,
                style.colour
            )
        )?;
        writeln!(out)?;
    }
    // A program at the other end of a pipe may wait for this line before it sends the next.
    out.flush()
}

/// Says how to begin.
///
/// # Errors
/// The output could not be written.
pub fn greet(expert: &Expert, out: &mut impl Write) -> io::Result<()> {
    for language in Language::ALL {
        let hearing = expert.knowledge.hearing.title.get(language);
        writeln!(
            out,
            "{}",
            locale::text(language, "chat-welcome", &[("hearing", hearing)])
        )?;
    }
    writeln!(out)?;
    out.flush()
}

fn in_words(answer: &Answer<'_>, language: Language, colour: bool) -> String {
    let text = |id: &str| locale::text(language, id, &[]);
    let titles = |facts: &[&Fact]| -> String {
        facts
            .iter()
            .map(|fact| format!("  {}\n", fact.text(language).title))
            .collect()
    };
    match answer {
        Answer::Fact(cited) => cited_in_words(cited, language, colour),
        Answer::Clarify(facts) => {
            let question = if facts.len() == 1 {
                text("clarify-one")
            } else {
                text("clarify")
            };
            format!("{question}\n{}", titles(facts))
        }
        Answer::Gap(gap, nearest) => {
            format!(
                "{}\n{}\n{}",
                gap.text(language).sentence,
                text("nearest"),
                titles(nearest)
            )
        }
        Answer::Computed(computed) => computed_in_words(computed, language, colour),
        Answer::Nothing(topics) => {
            let topics: String = topics
                .iter()
                .map(|topic| format!("  {}\n", topic.title(language)))
                .collect();
            format!("{}\n{}\n{topics}", text("nothing"), text("topics-offer"))
        }
    }
}

fn bold(text: &str, colour: bool) -> String {
    if colour {
        format!("\u{1b}[1m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

fn computed_in_words(computed: &Computed<'_>, language: Language, colour: bool) -> String {
    let mut words = format!(
        "{}\n\n{}\n{}\n{}\n\n",
        computed.gap.text(language).sentence,
        bold(&computed.sum.result, colour),
        computed.sum.sum,
        computed.notes.join(" "),
    );
    for cited in &computed.facts {
        words.push_str(&format!(
            "{} – {}\n",
            cited.figure.join("; "),
            cited.statement
        ));
    }
    for cited in computed.sentences() {
        words.push('\n');
        words.push_str(&quoted_in_words(&cited, language, colour));
    }
    words
}

fn cited_in_words(cited: &Cited<'_>, language: Language, colour: bool) -> String {
    let figure = bold(&cited.figure.join("; "), colour);
    let quoted = quoted_in_words(cited, language, colour);
    let mut words = format!("{figure} – {}\n\n{quoted}", cited.statement);
    for other in &cited.differing {
        let heading = locale::text(language, "differs", &[]);
        let other = cited_in_words(other, language, colour);
        words.push_str(&format!("\n{heading}\n\n{other}"));
    }
    words
}

/// The sentence, its translation, its speaker and its source.
fn quoted_in_words(cited: &Cited<'_>, language: Language, colour: bool) -> String {
    let quoted = |marked: &Marked<'_>| -> String {
        marked
            .pieces()
            .map(|(piece, mark)| bold(piece, colour && mark))
            .collect()
    };
    let mut words = format!("  {}\n\n", quoted(&cited.quote));
    if let Some(translation) = &cited.translation {
        let heading = locale::text(language, "translation", &[]);
        words.push_str(&format!("{heading}\n  {}\n\n", quoted(translation)));
    }
    words.push_str(&format!("{}\n{}\n", cited.attribution, cited.source));
    words
}

/// One line of `ask --json`.
#[derive(Serialize)]
struct AnswerLine<'a> {
    question: &'a str,
    language: Language,
    outcome: &'static str,
    facts: Vec<&'a str>,
    score: f32,
    figure: Option<Figure<'a>>,
    quote: Option<&'a str>,
    /// Only where something was computed: no figure of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    computed: Option<Sum>,
    /// What other sources say otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differing: Vec<Differing<'a>>,
}

/// What another source says otherwise.
#[derive(Serialize)]
struct Differing<'a> {
    fact: &'a str,
    figure: Figure<'a>,
    quote: &'a str,
}

impl<'a> Differing<'a> {
    fn of(fact: &'a Fact) -> Self {
        Self {
            fact: &fact.id,
            figure: Figure::of(fact),
            quote: &fact.quote,
        }
    }
}

impl<'a> AnswerLine<'a> {
    fn new(knowledge: &'a Knowledge, question: &'a str, verdict: &Verdict) -> Self {
        let ids = |facts: &[&'a Fact]| facts.iter().map(|fact| fact.id.as_str()).collect();
        let mut sum = None;
        let mut differing = Vec::new();
        let (outcome, facts, fact) = match (answer(knowledge, verdict), &verdict.outcome) {
            (Answer::Computed(computed), _) => {
                let facts = computed.facts.each_ref().map(|cited| cited.fact);
                sum = Some(computed.sum);
                ("gap", ids(&facts), None)
            }
            (Answer::Fact(cited), _) => {
                let others = cited.differing.iter().map(|other| other.fact);
                let facts: Vec<&Fact> = std::iter::once(cited.fact).chain(others).collect();
                differing = facts.iter().skip(1).copied().map(Differing::of).collect();
                ("answer", ids(&facts), Some(cited.fact))
            }
            (Answer::Clarify(facts), _) => ("clarify", ids(&facts), None),
            (Answer::Gap(_, nearest), _) => ("gap", ids(&nearest), None),
            (
                Answer::Nothing(_),
                Outcome::None | Outcome::Answer(_) | Outcome::Clarify(_) | Outcome::Gap(_),
            ) => ("none", Vec::new(), None),
        };
        Self {
            question,
            language: verdict.language,
            outcome,
            facts,
            score: verdict.score,
            figure: fact.map(Figure::of),
            quote: fact.map(|fact| fact.quote.as_str()),
            computed: sum,
            differing,
        }
    }
}

/// A figure as the source prints it: a string, or an array of them.
#[derive(Serialize)]
#[serde(untagged)]
enum Figure<'a> {
    One(&'a str),
    Many(&'a [String]),
}

impl<'a> Figure<'a> {
    fn of(fact: &'a Fact) -> Self {
        match fact.figure.as_slice() {
            [one] => Self::One(one),
            many => Self::Many(many),
        }
    }
}

/// One fact of `facts --json`.
#[derive(Serialize)]
struct FactEntry<'a> {
    id: &'a str,
    command: &'a str,
    topic: &'a str,
    figure: Figure<'a>,
    quote: &'a str,
    speaker: Option<&'a str>,
    title: ByLanguage<&'a str>,
    keywords: ByLanguage<Vec<&'a str>>,
    examples: ByLanguage<&'a [String]>,
}

/// Prints every fact.
///
/// # Errors
/// The output could not be written.
pub fn facts(
    knowledge: &Knowledge,
    lexicons: &Lexicons,
    json: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    if json {
        let entries: Vec<FactEntry<'_>> = knowledge
            .facts
            .iter()
            .map(|fact| entry(knowledge, lexicons, fact))
            .collect();
        return writeln!(out, "{}", serde_json::to_string_pretty(&entries)?);
    }
    for topic in &knowledge.topics {
        writeln!(out, "{}", topic.en)?;
        for fact in knowledge.facts_of(topic) {
            let cited = cite(knowledge, fact, Language::En);
            writeln!(
                out,
                "  {:<20} {} – {}",
                fact.id,
                cited.figure.join("; "),
                cited.statement
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn entry<'a>(knowledge: &'a Knowledge, lexicons: &'a Lexicons, fact: &'a Fact) -> FactEntry<'a> {
    let of = |language| fact.text(language);
    FactEntry {
        id: &fact.id,
        command: &fact.command,
        topic: &fact.topic,
        figure: Figure::of(fact),
        quote: &fact.quote,
        speaker: fact
            .speaker()
            .and_then(|speaker| knowledge.speakers.get(speaker))
            .map(|name| name.en.as_str()),
        title: ByLanguage {
            en: &of(Language::En).title,
            ru: &of(Language::Ru).title,
            kk: &of(Language::Kk).title,
        },
        keywords: ByLanguage {
            en: keywords(lexicons, fact, Language::En),
            ru: keywords(lexicons, fact, Language::Ru),
            kk: keywords(lexicons, fact, Language::Kk),
        },
        examples: ByLanguage {
            en: &of(Language::En).examples,
            ru: &of(Language::Ru).examples,
            kk: &of(Language::Kk).examples,
        },
    }
}

/// The keywords of the concepts that a fact needs.
fn keywords<'a>(lexicons: &'a Lexicons, fact: &Fact, language: Language) -> Vec<&'a str> {
    let mut concepts: Vec<&String> = fact
        .rules
        .needs
        .iter()
        .flat_map(|way| way.groups.iter().flatten())
        .collect();
    concepts.sort();
    concepts.dedup();
    let lexicon = lexicons.get(language);
    let lists = concepts
        .into_iter()
        .filter_map(|concept| lexicon.concepts.get(concept));
    lists
        .flat_map(|keywords| keywords.keywords.iter().map(String::as_str))
        .collect()
}

/// Says that the knowledge is sound, and how much there is of it.
///
/// # Errors
/// The output could not be written.
pub fn checked(knowledge: &Knowledge, lexicons: &Lexicons, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "the knowledge is sound: {} facts, {} gaps, {} concepts",
        knowledge.facts.len(),
        knowledge.gaps.len(),
        knowledge.concepts.len()
    )?;
    for (language, lexicon) in lexicons.iter() {
        let keywords: usize = lexicon
            .concepts
            .values()
            .map(|keywords| keywords.keywords.len() + keywords.weak.len())
            .sum();
        writeln!(out, "  {language}: {keywords} keywords")?;
    }
    for fact in &knowledge.facts {
        for language in Language::ALL {
            if fact.text(language).quote.as_ref() == Some(&fact.quote) {
                let file = format!("facts/{}.toml", fact.id);
                writeln!(
                    out,
                    "to do: {file}: {language}.quote: is not translated yet"
                )?;
            }
        }
    }
    Ok(())
}
