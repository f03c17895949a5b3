//! What the operator sets for the Telegram bot, and the checks of it. Connects to nothing.

use std::env;
use std::fs;

use teloxide::Bot;
use teloxide::net::{TELEGRAM_API_URL, default_reqwest_settings};
use teloxide::types::ChatId;
use url::Url;

const TOKEN: &str = "TELOXIDE_TOKEN";

/// How the bot reaches Telegram. The token itself comes from the environment variable `TELOXIDE_TOKEN` or from a file: on the
/// command line everybody on the machine could read it.
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
}

/// Settings that were checked: a token and an address, both of the right form.
pub struct Access {
    token: Secret,
    api_url: Url,
    curators: Option<ChatId>,
}

/// A value that is never printed: it has neither `Debug` nor `Display`.
struct Secret(String);

impl Settings {
    /// Reads the token and checks the form of everything.
    ///
    /// # Errors
    /// What is missing or wrong, in one line that does not hold the token.
    pub fn checked(self) -> Result<Access, String> {
        // A variable that is set to nothing is one that is not set.
        let set = |value: Option<String>| value.filter(|value| !value.is_empty());
        let from_environment =
            set(env::var_os(TOKEN).map(|token| token.to_string_lossy().into_owned()));
        let token = match (from_environment, set(self.token_file)) {
            (Some(token), None) => Secret::parse(&token).ok_or_else(|| form_of(TOKEN))?,
            (None, Some(file)) => {
                let text = fs::read_to_string(&file)
                    .map_err(|error| format!("cannot read the token file `{file}`: {error}"))?;
                Secret::parse(text.trim())
                    .ok_or_else(|| form_of(&format!("the token file `{file}`")))?
            }
            (Some(_), Some(_)) => {
                return Err(format!(
                    "the bot's token is given twice: by {TOKEN} and by a token file"
                ));
            }
            (None, None) => {
                return Err(format!(
                    "the bot has no token: set {TOKEN} or give --token-file"
                ));
            }
        };
        let api_url = parse_url(set(self.api_url).as_deref().unwrap_or(TELEGRAM_API_URL))?;
        let curators = set(self.curators).as_deref().map(parse_chat).transpose()?;
        Ok(Access {
            token,
            api_url,
            curators,
        })
    }
}

impl Access {
    /// The chat of the editors, if there are any.
    pub(super) fn curators(&self) -> Option<ChatId> {
        self.curators
    }

    /// A client of the Bot API; it connects when it is first used.
    pub(super) fn bot(self) -> Result<Bot, String> {
        let client = default_reqwest_settings().build();
        let client = client.map_err(|_| {
            "cannot make an HTTPS client: see the system's proxy settings".to_owned()
        })?;
        Ok(Bot::with_client(self.token.0, client).set_api_url(self.api_url))
    }
}

impl Secret {
    /// A token as BotFather gives it: the bot's number, a colon, and letters, digits, `_` and `-`.
    fn parse(text: &str) -> Option<Self> {
        let (number, key) = text.split_once(':')?;
        let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
        let is_key = !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        (is_number && is_key).then(|| Self(text.to_owned()))
    }
}

fn form_of(place: &str) -> String {
    format!("{place} does not hold a token of the form 123456789:AbC-dEf_…, as @BotFather gives it")
}

fn parse_chat(text: &str) -> Result<ChatId, String> {
    match text.trim().parse() {
        Ok(number) if number != 0 => Ok(ChatId(number)),
        _ => Err(format!(
            "`{text}` is not the number of a chat, such as 123456789 or -1001234567890: see HEARING_CURATORS"
        )),
    }
}

fn parse_url(text: &str) -> Result<Url, String> {
    let wrong = |why: &str| format!("`{text}` is not the address of a Bot API server: {why}");
    // The method is put behind it with a slash of its own.
    let url: Url = text
        .trim_end_matches('/')
        .parse()
        .map_err(|error| wrong(&format!("{error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("it must begin with https:// or http://"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("it must end with its path"));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_form() {
        for (text, is_token) in [
            ("1:TEST", true),
            ("535362388:AAF7-g0gYncWnm5IyfZlpPRqRRv6kNAGla_", true),
            ("", false),
            ("1", false),
            ("1:", false),
            (":TEST", false),
            ("a:TEST", false),
            ("1:TE/ST", false),
            ("1:TEST\n", false),
            ("1:TEST 2", false),
        ] {
            assert_eq!(Secret::parse(text).is_some(), is_token, "{text}");
        }
    }

    #[test]
    fn an_address_is_checked_and_loses_its_last_slash() {
        for (text, url) in [
            (
                "https://api.telegram.org",
                Some("https://api.telegram.org/"),
            ),
            ("http://127.0.0.1:8081/", Some("http://127.0.0.1:8081/")),
            ("http://bots.example/api/", Some("http://bots.example/api")),
            ("127.0.0.1:8081", None),
            ("localhost:8081", None),
            ("ftp://127.0.0.1", None),
            ("http://", None),
            ("http://a/?b", None),
            ("http://a/#b", None),
            ("nonsense", None),
        ] {
            let parsed = parse_url(text);
            assert_eq!(parsed.as_ref().ok().map(Url::as_str), url, "{text}");
            assert!(
                parsed
                    .err()
                    .is_none_or(|error| error.contains(text) && !error.contains('\n')),
                "{text}"
            );
        }
    }
}
