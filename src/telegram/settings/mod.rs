//! What the operator sets for the Telegram bot, and the checks of it. Connects to nothing.

mod parse;

use std::env;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::time::Duration;

use sha2::{Digest, Sha256};
use teloxide::Bot;
use teloxide::net::{TELEGRAM_API_URL, default_reqwest_settings};
use teloxide::types::ChatId;
use url::Url;

use crate::serving::{StatusSettings, address};

const TOKEN: &str = "TELOXIDE_TOKEN";
const WEBHOOK_SECRET: &str = "HEARING_WEBHOOK_SECRET";
/// Where updates are expected unless the operator says otherwise; a proxy in front of it ends TLS.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8443);
/// Messages that Telegram lets a bot send in a second (Bots FAQ, "My bot is hitting limits").
const PACE: NonZeroU32 = NonZeroU32::new(30).unwrap();
/// How long the work that was taken may last once the program is to stop, in seconds: Docker kills after ten.
const STOP_WITHIN: NonZeroU32 = NonZeroU32::new(8).unwrap();

/// How the bot runs. Secrets come from the environment or from files: on the command line everybody on the machine could read
/// them. Everything is text here, so that what is wrong can be said in one line.
#[derive(clap::Args)]
pub struct Settings {
    /// A file that holds the bot's token, instead of the environment variable `TELOXIDE_TOKEN`.
    #[arg(
        long,
        env = "TELOXIDE_TOKEN_FILE",
        hide_env_values = true,
        value_name = "FILE"
    )]
    token_file: Option<String>,
    /// The address of the Bot API server, where it is not Telegram's own.
    #[arg(
        long,
        env = "TELOXIDE_API_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    api_url: Option<String>,
    /// The public address that Telegram sends updates to; without it, the bot fetches them.
    #[arg(
        long,
        env = "HEARING_WEBHOOK_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    webhook_url: Option<String>,
    /// A file that holds the webhook's secret, instead of `HEARING_WEBHOOK_SECRET` [default: made from the token]
    #[arg(
        long,
        env = "HEARING_WEBHOOK_SECRET_FILE",
        hide_env_values = true,
        value_name = "FILE"
    )]
    webhook_secret_file: Option<String>,
    /// Where to listen for the webhook [default: 127.0.0.1:8443]
    #[arg(
        long,
        env = "HEARING_LISTEN",
        hide_env_values = true,
        value_name = "ADDRESS:PORT"
    )]
    listen: Option<String>,
    /// The chat of the editors, by its number: questions that found no answer and reports of wrong answers go there, each only
    /// where the person agrees, and without anything about the person. Left out, nothing goes anywhere.
    #[arg(
        long,
        env = "HEARING_CURATORS",
        hide_env_values = true,
        allow_hyphen_values = true,
        value_name = "CHAT"
    )]
    curators: Option<String>,
    #[command(flatten)]
    status: StatusSettings,
    /// How many messages a second may be sent; replicas share Telegram's 30 [default: 30]
    #[arg(
        long,
        env = "HEARING_MESSAGES_PER_SECOND",
        hide_env_values = true,
        value_name = "NUMBER"
    )]
    messages_per_second: Option<String>,
    /// How long to finish what was taken once the bot is to stop [default: 8]
    #[arg(
        long,
        env = "HEARING_STOP_WITHIN",
        hide_env_values = true,
        value_name = "SECONDS"
    )]
    stop_within: Option<String>,
    /// Check the settings, the knowledge and the token, then exit.
    #[arg(long)]
    dry_run: bool,
}

/// Settings that were checked.
pub struct Setup {
    pub(super) access: Access,
    pub(super) webhook: Option<Webhook>,
    pub(super) curators: Option<ChatId>,
    pub(super) status: SocketAddr,
    pub(super) pace: NonZeroU32,
    pub(super) deadline: Duration,
    pub(super) dry_run: bool,
}

/// How the bot reaches Telegram.
pub(super) struct Access {
    token: Secret,
    api_url: Url,
}

/// How Telegram reaches the bot.
pub(super) struct Webhook {
    pub(super) url: Url,
    pub(super) secret: Secret,
    pub(super) listen: SocketAddr,
}

/// A value that is never printed: it has neither `Debug` nor `Display`.
pub(super) struct Secret(String);

impl Secret {
    /// The value, for the one place that needs it.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl Settings {
    /// Reads the secrets and checks the form of everything.
    ///
    /// # Errors
    /// What is missing or wrong, in one line that does not hold a secret.
    pub fn checked(self) -> Result<Setup, String> {
        let token = secret(TOKEN, "the bot's token", self.token_file)?
            .ok_or_else(|| format!("the bot has no token: set {TOKEN} or give --token-file"))?;
        let token = parse::token(&token.text).ok_or_else(|| parse::form_of_token(&token.place))?;
        let api_url = set(self.api_url);
        let own_server = api_url.is_some();
        let access = Access {
            api_url: parse::api_url(api_url.as_deref().unwrap_or(TELEGRAM_API_URL))?,
            token,
        };
        // What only the webhook needs is checked without one as well: whoever sets it wants to know.
        let listen = address(self.listen.as_deref(), LISTEN, "HEARING_LISTEN")?;
        let given = secret(
            WEBHOOK_SECRET,
            "the webhook's secret",
            self.webhook_secret_file,
        )?;
        let given = given.map(|given| {
            parse::webhook_secret(&given.text)
                .ok_or_else(|| parse::form_of_webhook_secret(&given.place))
        });
        let given = given.transpose()?;
        let webhook = match set(self.webhook_url) {
            None => None,
            Some(url) => Some(Webhook {
                url: parse::webhook_url(&url, own_server)?,
                secret: given.unwrap_or_else(|| access.webhook_secret()),
                listen,
            }),
        };
        let deadline = parse::number(self.stop_within, "HEARING_STOP_WITHIN", STOP_WITHIN, 600)?;
        Ok(Setup {
            access,
            webhook,
            curators: set(self.curators).as_deref().map(parse::chat).transpose()?,
            status: self.status.address()?,
            pace: parse::number(
                self.messages_per_second,
                "HEARING_MESSAGES_PER_SECOND",
                PACE,
                100_000,
            )?,
            deadline: Duration::from_secs(deadline.get().into()),
            dry_run: self.dry_run,
        })
    }
}

impl Setup {
    /// How many messages may wait: as many as can still be sent once the program is to stop, with two fifths of the time left
    /// over for the last answers and for a busy machine.
    pub(super) fn room(&self) -> u32 {
        let seconds = u32::try_from(self.deadline.as_secs()).unwrap_or(u32::MAX);
        (self.pace.get().saturating_mul(seconds) / 5)
            .saturating_mul(3)
            .clamp(1, 10_000)
    }
}

impl Access {
    /// A client of the Bot API; it connects when it is first used.
    pub(super) fn bot(self) -> Result<Bot, String> {
        let client = default_reqwest_settings().build();
        let client = client.map_err(|_| {
            "cannot make an HTTPS client: see the system's proxy settings".to_owned()
        })?;
        Ok(Bot::with_client(self.token.0, client).set_api_url(self.api_url))
    }

    /// A secret that every replica makes in the same way, and that nobody can make who has no token.
    fn webhook_secret(&self) -> Secret {
        let digest = Sha256::digest(format!("hearing-bot webhook {}", self.token.0));
        Secret(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// A secret as it was given, and where.
struct Given {
    text: String,
    place: String,
}

/// A secret from the environment or from a file; nothing where neither is given.
fn secret(variable: &str, what: &str, file: Option<String>) -> Result<Option<Given>, String> {
    let value = env::var_os(variable).map(|value| value.to_string_lossy().into_owned());
    match (set(value), set(file)) {
        (Some(text), None) => Ok(Some(Given {
            text,
            place: variable.to_owned(),
        })),
        (None, Some(file)) => {
            let text = fs::read_to_string(&file)
                .map_err(|error| format!("cannot read the file `{file}` for {what}: {error}"))?;
            Ok(Some(Given {
                text: text.trim().to_owned(),
                place: format!("the file `{file}`"),
            }))
        }
        (Some(_), Some(_)) => Err(format!(
            "{what} is given twice: by {variable} and by a file"
        )),
        (None, None) => Ok(None),
    }
}

/// A variable that is set to nothing is one that is not set.
fn set(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.is_empty())
}
