//! The Telegram bot. The one way through this room: `polling` takes updates and puts them into `lanes`; `respond` turns each
//! into calls, without network or clock; `send` makes them. Must not score questions nor know the hearing.
//!
//! What `respond` stands on: `heard` and `command` read messages, `taps` does what a `button` asks for, `inline` answers from
//! other chats, `editors` passes on what people agree to; `render` writes answers and `pages` everything else, both in `html`.
//! Beside it, `backlog` thins out what an outage left, and `menu` tells Telegram what the bot is.

mod backlog;
mod button;
mod call;
mod command;
mod editors;
mod heard;
mod html;
mod inline;
mod lanes;
mod link;
mod menu;
mod pages;
mod polling;
mod problem;
mod render;
mod respond;
mod send;
mod settings;
mod stop;
mod taps;
#[cfg(test)]
mod testing;

use std::sync::Arc;
use std::time::SystemTime;

use teloxide::types::Update;

use crate::expert::Expert;
use crate::knowledge::{Fact, Knowledge};
use crate::language::Language;
use lanes::Lanes;
use link::Link;
use respond::Known;
pub use settings::{Access, Settings};
use stop::Stop;

/// Runs the bot until a signal ends it.
///
/// # Errors
/// Telegram does not know the token, or the system refuses what a server needs.
pub fn run(access: Access, expert: Expert) -> Result<(), String> {
    hide_panics();
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| format!("cannot start threads: {error}"))?;
    let result = runtime.block_on(serve(access, expert));
    // A look-up of a name that hangs must not hold up the end.
    runtime.shutdown_background();
    result
}

async fn serve(access: Access, expert: Expert) -> Result<(), String> {
    let stop = Stop::on_signals()?;
    let curators = access.curators();
    let bot = access.bot()?;
    let mut link = Link::new();
    let Some(me) = stop
        .before(polling::introduce(&bot, &mut link))
        .await
        .transpose()?
    else {
        return Ok(());
    };
    log::info!(
        "this is @{}; it {} in groups",
        me.user.username.as_deref().unwrap_or_default(),
        if me.can_read_all_group_messages {
            "reads everything"
        } else {
            "has privacy mode"
        }
    );
    if !me.supports_inline_queries {
        log::warn!(
            "inline mode is off, so answers have no share button: @BotFather switches it on"
        );
    }
    let known = Arc::new(Known {
        expert,
        me,
        curators,
    });
    let menus = tokio::spawn({
        let (bot, known) = (bot.clone(), Arc::clone(&known));
        async move { menu::set(&bot, &known.expert.knowledge, known.curators).await }
    });
    let lanes = Lanes::new({
        let (bot, known) = (bot.clone(), Arc::clone(&known));
        move |update: Update| {
            let (bot, known) = (bot.clone(), Arc::clone(&known));
            async move {
                for call in respond::respond(&update, &known, now()) {
                    if !send::send(&bot, &call).await {
                        break;
                    }
                }
            }
        }
    });
    polling::poll(&bot, &lanes, &mut link, &stop).await;
    menus.abort();
    Ok(())
}

/// Seconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// From now on a panic tells where it was, but not its message: that may quote what somebody wrote.
fn hide_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        log::error!("panic at {place}");
    }));
}

/// Says what Telegram would refuse about the reply to a fact, if anything.
///
/// # Errors
/// What is too long, and by how much.
pub fn check_reply(knowledge: &Knowledge, fact: &Fact, language: Language) -> Result<(), String> {
    render::check(knowledge, fact, language)
}

/// Says what Telegram would refuse about how the bot describes itself, if anything.
///
/// # Errors
/// What is too long, and by how much.
pub fn check_descriptions(knowledge: &Knowledge, language: Language) -> Result<(), String> {
    menu::check(knowledge, language)
}
