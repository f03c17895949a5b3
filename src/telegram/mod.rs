//! The Telegram bot. The one way through this room: `polling` or `webhook` takes updates; `desk` has `respond` turn each into
//! calls, without network or clock, and holds back a `flood`; `send` makes them at Telegram's `pace`, through the `api`. Must not
//! score questions nor know the hearing.
//!
//! How it runs: `settings`, `stop`, `reload`, `link`, and `lanes` that keep the order of a chat.
//!
//! What `respond` stands on: `heard` and `command` read messages, `taps` does what a `button` asks for, `inline` answers from
//! other chats, `editors` passes on what people agree to; `render` writes answers and `pages` everything else, both in `html`.
//! Beside it, `backlog` thins out what an outage left, and `menu` tells Telegram what the bot is.

mod api;
mod backlog;
mod button;
mod call;
mod command;
mod computed;
mod desk;
mod editors;
mod flood;
#[cfg(fuzzing)]
pub mod fuzzing;
mod heard;
mod html;
mod inline;
mod lanes;
mod link;
mod menu;
mod pace;
mod pages;
mod polling;
mod problem;
#[cfg(test)]
mod properties;
mod reload;
mod render;
mod respond;
mod send;
mod settings;
mod stop;
mod taps;
#[cfg(test)]
mod testing;
mod webhook;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use teloxide::payloads::GetMe;
use teloxide::types::Me;
use tokio::signal::unix::SignalKind;
use tokio::sync::watch;

use crate::answer::Computed;
use crate::expert::Expert;
use crate::knowledge::{Fact, Knowledge};
use crate::language::Language;
use crate::serving::{self, Metrics, Readiness};
use api::Api;
use desk::Desk;
use link::Link;
use pace::Pace;
use problem::Problem;
use send::Outbox;
pub use settings::{Settings, Setup};
use stop::Stop;
use webhook::Hook;

/// What answers updates, whichever way they come.
struct Office {
    api: Api,
    desk: Desk,
    outbox: Outbox,
    metrics: Arc<Metrics>,
    readiness: Arc<Readiness>,
    stop: Stop,
    /// How long the work that was taken may last once the program is to stop.
    deadline: Duration,
}

/// Runs the bot until a signal ends it. The knowledge comes from the folder `dir`, now and whenever it is loaded anew; without
/// one it is that which is built in.
///
/// # Errors
/// The knowledge has faults, Telegram does not know the token or refuses the webhook, or the system refuses what a server needs.
pub fn run(setup: Setup, dir: Option<PathBuf>) -> Result<(), String> {
    hide_panics();
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| format!("cannot start threads: {error}"))?;
    let result = runtime.block_on(async {
        // Before anything that takes time: the first process of a container is not ended by a signal that nobody listens for.
        let stop = Stop::on_signals()?;
        let hang_up = stop::listen(SignalKind::hangup())?;
        let Some(expert) = stop.before(reload::load(dir.clone())).await.transpose()? else {
            return Ok(());
        };
        if setup.dry_run {
            let rehearsed = stop.before(rehearse(setup, &expert)).await;
            rehearsed.unwrap_or_else(|| Err("stopped before everything was checked".to_owned()))
        } else {
            let metrics = Arc::new(Metrics::new());
            let expert = reload::on_signal(hang_up, expert, dir, Arc::clone(&metrics));
            serve(setup, expert, metrics, stop).await
        }
    });
    // A look-up of a name that hangs must not hold up the end.
    runtime.shutdown_background();
    result
}

async fn serve(
    setup: Setup,
    expert: watch::Receiver<Arc<Expert>>,
    metrics: Arc<Metrics>,
    stop: Stop,
) -> Result<(), String> {
    let room = setup.room();
    let readiness = Arc::new(Readiness::default());
    let status = serving::listen(setup.status, "HEARING_STATUS_LISTEN").await?;
    let status_at = status.local_addr().unwrap_or(setup.status);
    tokio::spawn(serving::serve(
        status,
        Arc::clone(&metrics),
        Arc::clone(&readiness),
    ));
    // Bound before Telegram is told of it; what comes before we are ready waits at the door.
    let door = match setup.webhook {
        None => None,
        Some(hook) => {
            let listener = serving::listen(hook.listen, "HEARING_LISTEN").await?;
            let (url, secret) = (hook.url, hook.secret);
            Some((listener, Hook { url, secret }))
        }
    };
    let api = Api::new(
        setup.access.bot()?,
        Arc::clone(&metrics),
        Arc::clone(&readiness),
    );
    let mut link = Link::new();
    let Some(me) = stop.before(introduce(&api, &mut link)).await.transpose()? else {
        return Ok(());
    };
    introduced(&me);
    log::info!("the status is at http://{status_at}: /healthz, /readyz, /metrics");
    let menus = tokio::spawn({
        let (api, expert, curators) = (api.clone(), expert.borrow().clone(), setup.curators);
        async move { menu::set(&api, &expert.knowledge, curators).await }
    });
    // Half of the room is for chats that nothing holds up. What came to a webhook waits at Telegram.
    let patience = door.as_ref().map_or(room / 2, |_| 0);
    let office = Arc::new(Office {
        desk: Desk::new(expert, me, setup.curators, Arc::clone(&metrics)),
        outbox: Outbox::new(api.clone(), Pace::new(setup.pace, patience, stop.clone())),
        api,
        metrics,
        readiness,
        stop,
        deadline: setup.deadline,
    });
    let result = if let Some((listener, hook)) = door {
        webhook::serve(&office, listener, hook, &mut link).await
    } else {
        polling::poll(&office, room, &mut link).await;
        Ok(())
    };
    menus.abort();
    result
}

/// Asks Telegram who this bot is, as long as it takes to reach it.
async fn introduce(api: &Api, link: &mut Link) -> Result<Me, String> {
    loop {
        match api.call(GetMe::new()).await {
            Ok(me) => {
                link.up();
                return Ok(me);
            }
            Err(problem @ Problem::WrongToken) => return Err(wrong_token(&problem)),
            Err(problem) => tokio::time::sleep(link.down(&problem)).await,
        }
    }
}

/// Checks what can be checked without answering anybody.
async fn rehearse(setup: Setup, expert: &Expert) -> Result<(), String> {
    let (metrics, readiness) = (Arc::new(Metrics::new()), Arc::default());
    let api = Api::new(setup.access.bot()?, metrics, readiness);
    match api.call(GetMe::new()).await {
        Ok(me) => {
            introduced(&me);
            log::info!(
                "the settings are right; the knowledge {} has {} facts",
                expert.version,
                expert.knowledge.facts.len()
            );
            Ok(())
        }
        Err(problem @ Problem::WrongToken) => Err(wrong_token(&problem)),
        Err(problem) => Err(format!("Telegram was not reached: {problem}")),
    }
}

fn wrong_token(problem: &Problem) -> String {
    format!("{problem}: check it, and the address of the Bot API server if you set one")
}

fn introduced(me: &Me) {
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

/// Says what Telegram would refuse about a sum over two facts, if anything.
///
/// # Errors
/// What is too long, and by how much.
pub fn check_computed(computed: &Computed<'_>, language: Language) -> Result<(), String> {
    computed::check(computed, language)
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

#[cfg(test)]
mod tests {
    use std::process::Command;

    #[test]
    #[ignore = "panics; the other test runs it in a process of its own"]
    fn it_panics() {
        env_logger::builder().is_test(false).init();
        super::hide_panics();
        let text = std::env::var("HEARING_CANARY").unwrap_or_default();
        assert_eq!(text, "", "what somebody wrote");
    }

    #[test]
    fn a_panic_tells_its_place_and_nothing_else() {
        let tests = std::env::current_exe().expect("the tests run");
        let name = "telegram::tests::it_panics";
        let output = Command::new(tests)
            .args(["--exact", name, "--include-ignored", "--nocapture"])
            .env("HEARING_CANARY", "canary")
            .env("RUST_BACKTRACE", "1")
            .output()
            .expect("they run again");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(said.contains("panic at src/telegram/mod.rs:"), "{said}");
        assert!(!said.contains("canary"), "{said}");
    }
}
