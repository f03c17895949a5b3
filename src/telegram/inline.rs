//! Inline mode: what can be sent from any chat to a few words behind `@bot`. Reads the query as commands and questions are
//! read, and offers what they would be answered with.

use teloxide::payloads::AnswerInlineQuery;
use teloxide::types::{
    InlineQuery, InlineQueryResult, InlineQueryResultArticle, InputMessageContent,
    InputMessageContentText, ParseMode,
};

use super::call::{Call, Reply, inline_button, keyboard, no_preview};
use super::command::{Written, language_of, named_by_link, names};
use super::render;
use super::respond::Known;
use crate::answer::{Answer, answer, cite};
use crate::knowledge::{Fact, Gap, Topic};
use crate::language::Language;
use crate::{locale, small_talk};

/// The most results that Telegram takes.
const MOST_RESULTS: usize = 50;
/// How long Telegram may repeat an answer, in seconds. A corrected figure must not stay wrong for long.
const CACHED: u32 = 60;
/// The most characters of a description that are of use: two lines on a phone.
const LONGEST_DESCRIPTION: usize = 160;
/// With fewer letters nearly every fact would fit.
const FEWEST_LETTERS: usize = 3;

/// The call that answers an inline query.
pub(super) fn respond(query: &InlineQuery, known: &Known) -> Call {
    let sender = query.from.language_code.as_deref().map(Language::of_tag);
    // There is one page of results; whoever asks for a second has seen everything.
    let found = if query.offset.is_empty() {
        found(query.query.trim(), sender, known)
    } else {
        Some(Vec::new())
    };
    let nothing = found.is_none();
    let results = found.unwrap_or_default().into_iter().take(MOST_RESULTS);
    let mut call = AnswerInlineQuery::new(query.id.clone(), results);
    call.cache_time = Some(CACHED);
    // The same words may be answered in another language to somebody else.
    call.is_personal = Some(true);
    let language = sender.unwrap_or(Language::En);
    call.button = nothing.then(|| inline_button(locale::text(language, "inline-nothing", &[])));
    Call::AnswerInlineQuery(call)
}

/// What a query finds; nothing where it finds nothing.
fn found(query: &str, sender: Option<Language>, known: &Known) -> Option<Vec<InlineQueryResult>> {
    let knowledge = &known.expert.knowledge;
    let language = sender.unwrap_or(Language::En);
    if query.is_empty() || small_talk::heard(query, sender).is_some() {
        return Some(topics(known, language));
    }
    if let Some((fact, language)) = named(query, language, known) {
        return Some(with_related(fact, language, known));
    }
    let verdict = known.judge(query, sender, "inline");
    let language = verdict.language;
    match answer(knowledge, &verdict) {
        Answer::Fact(cited) => Some(with_related(cited.fact, language, known)),
        Answer::Clarify(facts) => Some(articles(&facts, language, known)),
        Answer::Gap(gap, nearest) => {
            let reply = render::answer(
                knowledge,
                &Answer::Gap(gap, nearest.clone()),
                language,
                known.inline(),
            );
            let mut results = vec![gap_article(gap, reply, language)];
            results.extend(articles(&nearest, language, known));
            Some(results)
        }
        Answer::Computed(computed) => {
            let facts = computed.facts.each_ref().map(|cited| cited.fact);
            let gap = computed.gap;
            let reply = render::answer(
                knowledge,
                &Answer::Computed(computed),
                language,
                known.inline(),
            );
            let mut results = vec![gap_article(gap, reply, language)];
            results.extend(articles(&facts, language, known));
            Some(results)
        }
        Answer::Nothing(_) => begun(query, sender.unwrap_or(Language::En), known),
    }
}

/// The facts whose titles or commands begin like a query, or the one whose command is near it. Queries come with every letter,
/// and whoever types sees what they would send: here it is no harm to guess.
fn begun(query: &str, sender: Language, known: &Known) -> Option<Vec<InlineQueryResult>> {
    let knowledge = &known.expert.knowledge;
    let query = query.to_lowercase();
    if query.chars().count() < FEWEST_LETTERS {
        return None;
    }
    let languages = Language::ALL.into_iter().filter(|other| *other != sender);
    for language in std::iter::once(sender).chain(languages) {
        let begins = |fact: &&Fact| {
            let title = fact.text(language).title.to_lowercase();
            let mut words = title.split(|c: char| !c.is_alphanumeric());
            title.starts_with(&query)
                || words.any(|word| word.starts_with(&query))
                || (language == sender && names(fact).any(|name| name.starts_with(&query)))
        };
        let facts: Vec<&Fact> = knowledge.facts.iter().filter(begins).collect();
        if !facts.is_empty() {
            return Some(articles(&facts, language, known));
        }
    }
    let command = format!("/{query}");
    let written = Written::read(&command).filter(|written| written.rest.is_empty())?;
    Some(with_related(
        written.nearest(knowledge)?.fact?,
        sender,
        known,
    ))
}

/// A fact by its command, as a share button writes it: `convictions kk`.
fn named<'a>(query: &str, language: Language, known: &'a Known) -> Option<(&'a Fact, Language)> {
    let query = query.trim_start_matches('/').to_lowercase();
    let (name, rest) = query.split_once(' ').unwrap_or((&query, ""));
    let fact = named_by_link(&known.expert.knowledge, name)?;
    match language_of(rest) {
        Some(language) => Some((fact, language)),
        None if rest.is_empty() => Some((fact, language)),
        None => None,
    }
}

fn topics(known: &Known, language: Language) -> Vec<InlineQueryResult> {
    let knowledge = &known.expert.knowledge;
    let article = |topic: &Topic| {
        let facts = knowledge.facts_of(topic);
        let titles: Vec<&str> = facts
            .map(|fact| fact.text(language).title.as_str())
            .collect();
        article(
            format!("t:{}:{language}", topic.id),
            topic.title(language),
            &titles.join(", "),
            super::pages::topic(knowledge, topic, language),
        )
    };
    knowledge.topics.iter().map(article).collect()
}

fn with_related(fact: &Fact, language: Language, known: &Known) -> Vec<InlineQueryResult> {
    let knowledge = &known.expert.knowledge;
    let related = fact.related.iter().filter_map(|id| knowledge.fact(id));
    let facts: Vec<&Fact> = std::iter::once(fact).chain(related).collect();
    articles(&facts, language, known)
}

fn articles(facts: &[&Fact], language: Language, known: &Known) -> Vec<InlineQueryResult> {
    let knowledge = &known.expert.knowledge;
    let can = known.inline();
    let article = |fact: &&Fact| {
        let cited = cite(knowledge, fact, language);
        article(
            format!("f:{}:{language}", fact.id),
            &fact.text(language).title,
            &format!("{} – {}", cited.figure.join("; "), cited.statement),
            render::fact_reply(knowledge, &cited, language, can),
        )
    };
    facts.iter().map(article).collect()
}

fn gap_article(gap: &Gap, reply: Reply, language: Language) -> InlineQueryResult {
    let title = locale::text(language, "inline-gap", &[]);
    let sentence = &gap.text(language).sentence;
    article(format!("g:{}:{language}", gap.id), &title, sentence, reply)
}

/// One result. Its id is that of what it shows, so that it is the same for every query.
fn article(id: String, title: &str, description: &str, reply: Reply) -> InlineQueryResult {
    let markup = (!reply.keyboard.is_empty()).then(|| keyboard(&reply.keyboard));
    let content = InputMessageContentText {
        message_text: reply.html.into_markup(),
        parse_mode: Some(ParseMode::Html),
        entities: None,
        link_preview_options: Some(no_preview()),
    };
    let content = InputMessageContent::Text(content);
    let mut article =
        InlineQueryResultArticle::new(id, title, content).description(shortened(description));
    article.reply_markup = markup;
    InlineQueryResult::Article(article)
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_DESCRIPTION {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LONGEST_DESCRIPTION - 1).collect();
    format!("{}…", kept.trim_end())
}
