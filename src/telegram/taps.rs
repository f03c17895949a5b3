//! What becomes of a tap on a button. Every tap is answered, or the button would seem to hang.

use teloxide::types::{CallbackQuery, MaybeInaccessibleMessage};

use super::button::Tap;
use super::call::{Call, Place, Reply, Target};
use super::render::Can;
use super::respond::{Known, language_of};
use super::{editors, pages, render};
use crate::answer::cite;
use crate::language::Language;
use crate::locale;

/// The calls that answer a tap.
pub(super) fn respond(query: &CallbackQuery, known: &Known) -> Vec<Call> {
    let tap = query.data.as_deref().and_then(Tap::parse);
    let done = tap.as_ref().and_then(|tap| done(tap, query, known));
    done.unwrap_or_else(|| {
        let language = tap.map(|tap| tap.language()).or(language_of(&query.from));
        let language = language.unwrap_or(Language::En);
        let words = locale::text(language, "old-button", &[]);
        vec![Call::tapped(&query.id, Some(words))]
    })
}

/// What a tap asks for; nothing where the knowledge no longer has it, or never had, or where it cannot be shown.
fn done(tap: &Tap, query: &CallbackQuery, known: &Known) -> Option<Vec<Call>> {
    let knowledge = &known.expert.knowledge;
    let place = query.message.as_ref().map(place_of);
    let target = target_of(query)?;
    let can = match target {
        Target::Own(..) => known.here(),
        Target::Inline(_) => known.inline(),
    };
    let then = match tap {
        Tap::Fact(id, language) => say(fact(id, *language, known, can)?, place, target),
        Tap::Topic(id, language) => {
            let topic = knowledge.topics.iter().find(|topic| topic.id == *id)?;
            say(pages::topic(knowledge, topic, *language), place, target)
        }
        Tap::None(language) => say(pages::rephrase(knowledge, *language), place, target),
        Tap::Turn(id, language) => Call::edit(target, fact(id, *language, known, can)?),
        Tap::Context(id, language) => {
            let cited = cite(knowledge, knowledge.fact(id)?, *language);
            Call::edit(
                target,
                render::in_context(knowledge, &cited, *language, can),
            )
        }
        Tap::Chart(id, language) => {
            let pictures = &known.expert.pictures;
            let (png, words) = pictures.picture(knowledge, knowledge.fact(id)?, *language)?;
            // The sentence stands in the message that the button is under.
            let reply_to = query.message.as_ref().map(MaybeInaccessibleMessage::id);
            let place = Place { reply_to, ..place? };
            Call::show(place, png, words)
        }
        Tap::Pass(language) => return editors::pass(query, *language, known),
        Tap::Report(language) => return editors::report(query, *language, known),
    };
    Some(vec![Call::tapped(&query.id, None), then])
}

fn fact(id: &str, language: Language, known: &Known, can: Can) -> Option<Reply> {
    let knowledge = &known.expert.knowledge;
    let cited = known.named(knowledge.fact(id)?, language);
    Some(render::fact_reply(knowledge, &cited, language, can))
}

/// Says something below the button's message, or in its stead where the bot cannot write there.
fn say(reply: Reply, place: Option<Place>, target: Target) -> Call {
    match place {
        Some(place) => Call::say(place, reply),
        None => Call::edit(target, reply),
    }
}

/// The message that the button stands under.
pub(super) fn target_of(query: &CallbackQuery) -> Option<Target> {
    let own = |message: &MaybeInaccessibleMessage| Target::Own(message.chat().id, message.id());
    let inline = || query.inline_message_id.clone().map(Target::Inline);
    query.message.as_ref().map(own).or_else(inline)
}

/// Where the answer to a tap is said: in the topic of the button, and in a group below its message.
fn place_of(message: &MaybeInaccessibleMessage) -> Place {
    let chat = message.chat();
    let known = message.regular_message();
    Place {
        chat: chat.id,
        thread: known
            .filter(|message| message.is_topic_message)
            .and_then(|message| message.thread_id),
        reply_to: known
            .filter(|_| !chat.is_private())
            .map(|message| message.id),
    }
}
