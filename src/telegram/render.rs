//! The one renderer: an answer as a message with its buttons, for every way of asking. Decides nothing and sends nothing.

use super::button::{self, Button, Does, Tap, fact_button, topic_button};
use super::call::Reply;
use super::html::{Html, LONGEST_CAPTION, LONGEST_MESSAGE};
use crate::answer::{Answer, Cited, Marked, cite};
use crate::chart::chart;
use crate::context::{Context, context};
use crate::knowledge::{Fact, Knowledge, Topic};
use crate::language::Language;
use crate::locale;

/// How many topics stand in a row: their headings are short.
const TOPICS_IN_A_ROW: usize = 2;
/// The most characters of a title that is still readable on half the width of a phone.
const SHORT: usize = 20;

/// What the buttons under a reply can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Can {
    /// To inline mode, which the bot's owner may have switched off.
    pub(super) share: bool,
    /// To a message of its own; a message that was sent by way of the bot stands where the bot cannot write.
    pub(super) send: bool,
    /// To editors, if there are any.
    pub(super) editors: bool,
}

/// An answer as a message.
pub(super) fn answer(
    knowledge: &Knowledge,
    answer: &Answer<'_>,
    language: Language,
    can: Can,
) -> Reply {
    let text = |id: &str| locale::text(language, id, &[]);
    match answer {
        Answer::Fact(cited) => fact_reply(knowledge, cited, language, can),
        Answer::Clarify(facts) => {
            let question = if facts.len() == 1 {
                "clarify-one"
            } else {
                "clarify"
            };
            let mut keyboard = fact_rows(facts, language);
            keyboard.push(vec![Button::tap(
                text("none-of-these"),
                Tap::None(language),
            )]);
            Reply {
                html: text(question).into(),
                keyboard,
            }
        }
        Answer::Gap(gap, nearest) if nearest.is_empty() => {
            Html::text(&gap.text(language).sentence).into()
        }
        Answer::Gap(gap, nearest) => {
            let lines = [
                Html::text(&gap.text(language).sentence),
                text("nearest").into(),
            ];
            Reply {
                html: Html::join(lines, "\n\n"),
                keyboard: fact_rows(nearest, language),
            }
        }
        Answer::Computed(computed) => Reply {
            html: super::computed::html(computed, language),
            keyboard: fact_rows(&computed.facts.each_ref().map(|cited| cited.fact), language),
        },
        Answer::Nothing(topics) => nothing(topics, language, can),
    }
}

fn nothing(topics: &[Topic], language: Language, can: Can) -> Reply {
    if !(can.editors && can.send) {
        return nothing_but(None, topics, language);
    }
    let label = locale::text(language, "button-editors", &[]);
    let offer = locale::text(language, "editors-offer", &[("button", &label)]);
    let mut reply = nothing_but(Some(offer), topics, language);
    reply
        .keyboard
        .push(vec![Button::tap(label, Tap::Pass(language))]);
    reply
}

/// The same once the question has gone to the editors.
pub(super) fn passed(topics: &[Topic], language: Language) -> Reply {
    let sent = locale::text(language, "editors-sent", &[]);
    nothing_but(Some(sent), topics, language)
}

/// That nothing was found, a word about the editors, and the topics there are.
fn nothing_but(editors: Option<String>, topics: &[Topic], language: Language) -> Reply {
    let text = |id: &str| Html::from(locale::text(language, id, &[]));
    let lines = std::iter::once(text("nothing"))
        .chain(editors.map(Html::from))
        .chain([text("topics-offer")]);
    Reply {
        html: Html::join(lines, "\n\n"),
        keyboard: topic_rows(topics, language),
    }
}

/// A fact with the buttons under it.
pub(super) fn fact_reply(
    knowledge: &Knowledge,
    cited: &Cited<'_>,
    language: Language,
    can: Can,
) -> Reply {
    let context = Button::tap(
        locale::text(language, "button-context", &[]),
        Tap::Context(cited.fact.id.clone(), language),
    );
    Reply {
        html: fact(cited, language),
        keyboard: under(knowledge, cited, language, can, Some(context)),
    }
}

/// A fact with the sentences around its quote, and the other buttons.
pub(super) fn in_context(
    knowledge: &Knowledge,
    cited: &Cited<'_>,
    language: Language,
    can: Can,
) -> Reply {
    Reply {
        html: with_context(knowledge, cited, language),
        keyboard: under(knowledge, cited, language, can, None),
    }
}

fn with_context(knowledge: &Knowledge, cited: &Cited<'_>, language: Language) -> Html {
    let Context {
        before,
        quote,
        after,
    } = context(knowledge, cited.fact);
    let sentences = [
        before.map(Html::text),
        Some(Html::bold(quote)),
        after.map(Html::text),
    ];
    let around = Html::join(
        [
            locale::text(language, "context", &[]).into(),
            Html::join(sentences.into_iter().flatten(), " ").folded(),
        ],
        "\n",
    );
    Html::join([fact(cited, language), around], "\n\n")
}

/// The buttons under a fact: its related facts; what else there is to see; other languages and other chats.
fn under(
    knowledge: &Knowledge,
    cited: &Cited<'_>,
    language: Language,
    can: Can,
    context: Option<Button>,
) -> Vec<Vec<Button>> {
    let text = |id: &str| locale::text(language, id, &[]);
    let fact = cited.fact;
    let mut rows = paired(
        cited
            .related
            .iter()
            .map(|related| fact_button(related, language)),
    );
    let whole = knowledge.drawn_whole(fact).filter(|_| can.send);
    let chart = whole
        .map(|whole| Button::tap(text("button-chart"), Tap::Chart(whole.id.clone(), language)));
    rows.push(context.into_iter().chain(chart).collect());
    let others = Language::ALL.into_iter().filter(|other| *other != language);
    let mut last: Vec<Button> = others
        .map(|other| Button::tap(short_name(other), Tap::Turn(fact.id.clone(), other)))
        .collect();
    if can.share {
        last.push(Button {
            label: text("button-share"),
            does: Does::Share(format!("{} {language}", fact.command)),
        });
    }
    rows.push(last);
    rows.retain(|row| !row.is_empty());
    rows
}

/// Buttons in rows of two where both are short.
fn paired(buttons: impl Iterator<Item = Button>) -> Vec<Vec<Button>> {
    let is_short = |button: &Button| button.label.chars().count() <= SHORT;
    let mut rows: Vec<Vec<Button>> = Vec::new();
    for button in buttons {
        match rows.last_mut() {
            Some(row) if row.len() == 1 && row.iter().all(is_short) && is_short(&button) => {
                row.push(button);
            }
            _ => rows.push(vec![button]),
        }
    }
    rows
}

/// How the buttons name a language: in that language, for whoever looks for it.
fn short_name(language: Language) -> &'static str {
    match language {
        Language::En => "EN",
        Language::Ru => "РУ",
        Language::Kk => "ҚАЗ",
    }
}

/// A fact with its sentence, its speaker and its source.
pub(super) fn fact(cited: &Cited<'_>, language: Language) -> Html {
    let figures = Html::join(cited.figure.iter().map(|figure| Html::bold(figure)), "; ");
    let head = Html::join([figures, Html::text(cited.statement)], " – ");
    let mut parts = vec![head, sentence(cited, language)];
    for other in &cited.differing {
        parts.push(locale::text(language, "differs", &[]).into());
        parts.push(fact(other, language));
    }
    Html::join(parts, "\n\n")
}

/// The sentence of a fact, its translation, its speaker and its source.
pub(super) fn sentence(cited: &Cited<'_>, language: Language) -> Html {
    let mut sentence = vec![quoted(&cited.quote)];
    if let Some(translation) = &cited.translation {
        sentence.push(locale::text(language, "translation", &[]).into());
        sentence.push(quoted(translation));
    }
    let sentence = Html::join(sentence, "\n");
    let foot = Html::join(
        [Html::text(&cited.attribution), Html::text(&cited.source)],
        "\n",
    );
    Html::join([sentence, foot], "\n\n")
}

fn quoted(marked: &Marked<'_>) -> Html {
    let pieces = marked.pieces().map(|(piece, is_figure)| {
        if is_figure {
            Html::bold(piece)
        } else {
            Html::text(piece)
        }
    });
    Html::join(pieces, "").quoted()
}

/// Facts as buttons, one a row: their titles are long.
pub(super) fn fact_rows(facts: &[&Fact], language: Language) -> Vec<Vec<Button>> {
    facts
        .iter()
        .map(|fact| vec![fact_button(fact, language)])
        .collect()
}

/// Topics as buttons.
pub(super) fn topic_rows(topics: &[Topic], language: Language) -> Vec<Vec<Button>> {
    let row = |row: &[Topic]| {
        row.iter()
            .map(|topic| topic_button(topic, language))
            .collect()
    };
    topics.chunks(TOPICS_IN_A_ROW).map(row).collect()
}

/// Says what Telegram would refuse about the reply to a fact or about its buttons, if anything.
///
/// # Errors
/// What is too long, and by how much.
pub(super) fn check(knowledge: &Knowledge, of: &Fact, language: Language) -> Result<(), String> {
    let cited = cite(knowledge, of, language);
    let length = with_context(knowledge, &cited, language).length();
    if length > LONGEST_MESSAGE {
        return Err(format!(
            "the reply with its context would have {length} characters, of {LONGEST_MESSAGE}: shorten the quote"
        ));
    }
    let words = chart(knowledge, of, language).map(|chart| chart.in_words());
    if let Some(length) = words.map(|words| words.chars().count())
        && length > LONGEST_CAPTION
    {
        return Err(format!(
            "the words under the chart would have {length} characters, of {LONGEST_CAPTION}: shorten the titles"
        ));
    }
    button::check(knowledge, of, language)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::testing::expert;
    use super::*;
    use crate::expert::Expert;
    use crate::knowledge::Folder;

    fn reply(id: &str, language: Language) -> String {
        let expert = expert();
        let cited = cite(
            &expert.knowledge,
            expert.knowledge.fact(id).expect("the fixture has it"),
            language,
        );
        fact(&cited, language).into_markup()
    }

    #[test]
    fn a_fact_is_the_figure_the_sentence_the_speaker_and_the_source() {
        assert_snapshot!(reply("bridge_cost", Language::En), @r#"
        <b>12.5 billion tenge</b> – what the bridge cost

        <blockquote>“The bridge cost <b>12.5 billion tenge</b> &amp; the town paid &lt;all&gt; of it,” said mayor Anna Berg.</blockquote>

        Said by Anna Berg, mayor, at the hearing of 3 March 2023.
        Source: Town &amp; Country, 4 March 2023.
        "#);
    }

    #[test]
    fn a_translation_is_marked_as_one_below_the_sentence_itself() {
        assert_snapshot!(reply("bridge_cost", Language::Ru), @r#"
        <b>12,5 млрд тенге</b> – столько стоил мост

        <blockquote>“The bridge cost <b>12.5 billion tenge</b> &amp; the town paid &lt;all&gt; of it,” said mayor Anna Berg.</blockquote>
        Перевод:
        <blockquote>«Мост стоил <b>12,5 млрд тенге</b>, и &lt;всё&gt; оплатил город», – сказала мэр Анна Берг.</blockquote>

        Кто это сказал: Анна Берг, мэр; слушания 3 марта 2023 года.
        Источник: Town &amp; Country, 4 марта 2023 года.
        "#);
    }

    #[test]
    fn several_figures_are_each_set_off() {
        assert_snapshot!(reply("builders", Language::En), @r#"
        <b>Alfa</b>; <b>Beta</b> – the companies that built the bridge

        <blockquote>It was built by <b>Alfa</b> and <b>Beta</b>.</blockquote>

        The article attributes this sentence to no speaker. The hearing was on 3 March 2023.
        Source: Town &amp; Country, 4 March 2023.
        "#);
    }

    #[test]
    fn one_fact_that_may_be_meant_is_asked_about_by_itself() {
        let expert = expert();
        let fact = |id| expert.knowledge.fact(id).expect("the fixture has it");
        let can = Can {
            share: true,
            send: true,
            editors: false,
        };
        let (length, cost) = (fact("bridge_length"), fact("bridge_cost"));
        for (facts, question) in [
            (vec![length], "Do you mean this?"),
            (vec![length, cost], "Which of these do you mean?"),
        ] {
            let count = facts.len();
            let answer = Answer::Clarify(facts);
            let reply = super::answer(&expert.knowledge, &answer, Language::En, can);
            assert_eq!(reply.html.into_markup(), question);
            assert_eq!(reply.keyboard.len(), count + 1);
        }
    }

    #[test]
    fn short_buttons_stand_in_pairs_and_a_long_one_by_itself() {
        let button = |length: usize| Button::tap("x".repeat(length), Tap::None(Language::En));
        let rows = paired([20, 20, 20, 21, 20, 20].map(button).into_iter());
        let lengths: Vec<usize> = rows.iter().map(Vec::len).collect();
        assert_eq!(lengths, [2, 1, 1, 2]);
    }

    #[test]
    fn a_reply_that_is_too_long_is_a_fault() {
        let mut knowledge = expert().knowledge;
        let fact = knowledge
            .facts
            .iter_mut()
            .find(|fact| fact.id == "bridge_cost")
            .expect("the fixture has it");
        fact.ru.quote = Some("я".repeat(LONGEST_MESSAGE));
        let fact = fact.clone();
        assert_eq!(check(&knowledge, &fact, Language::En), Ok(()));
        let problem = check(&knowledge, &fact, Language::Ru).expect_err("it is too long");
        assert!(problem.contains("of 4096"), "{problem}");
    }

    #[test]
    fn words_under_a_chart_that_are_too_long_are_a_fault() {
        let mut knowledge = expert().knowledge;
        for fact in &mut knowledge.facts {
            fact.en.title = "x".repeat(LONGEST_CAPTION);
        }
        let fact = knowledge.fact("workers").expect("the fixture has it");
        let problem = check(&knowledge, fact, Language::En).expect_err("it is too long");
        assert!(problem.contains("words under the chart"), "{problem}");
    }

    #[test]
    fn where_two_sources_differ_both_are_shown() {
        let ferry = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ferry");
        let folder = Folder::read(ferry.as_ref()).expect("the folder can be read");
        let expert = Expert::new(&folder).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let shown = expert.knowledge.fact("pier_repair").expect("it is there");
        let cited = cite(&expert.knowledge, shown, Language::En);
        let markup = fact(&cited, Language::En).into_markup();
        for figure in ["2.5 million crowns", "2.3 million crowns"] {
            assert_eq!(markup.matches(figure).count(), 2, "{markup}");
        }
    }

    #[test]
    fn a_button_that_would_carry_too_much_is_a_fault() {
        let knowledge = expert().knowledge;
        let mut fact = knowledge
            .facts
            .first()
            .expect("the fixture has facts")
            .clone();
        fact.id = "i".repeat(60);
        let problem = check(&knowledge, &fact, Language::En).expect_err("it is too long");
        assert!(problem.contains("65 bytes, of 64"), "{problem}");
    }
}
