//! The form of each setting: from text to a value, or what is wrong with it. Reads nothing.

use std::num::NonZeroU32;

use teloxide::types::ChatId;
use url::Url;

use super::Secret;

/// The ports that Telegram sends updates to (Bot API: setWebhook).
const TELEGRAMS_PORTS: [u16; 4] = [443, 80, 88, 8443];

/// A token as BotFather gives it: the bot's number, a colon, and letters, digits, `_` and `-`.
pub(super) fn token(text: &str) -> Option<Secret> {
    let (number, key) = text.split_once(':')?;
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    (is_number && !key.is_empty() && key.chars().all(is_safe)).then(|| Secret(text.to_owned()))
}

/// What is said where a token is none.
pub(super) fn form_of_token(place: &str) -> String {
    format!("{place} does not hold a token of the form 123456789:AbC-dEf_…, as @BotFather gives it")
}

/// A secret that Telegram takes (Bot API: setWebhook).
pub(super) fn webhook_secret(text: &str) -> Option<Secret> {
    ((1..=256).contains(&text.len()) && text.chars().all(is_safe)).then(|| Secret(text.to_owned()))
}

/// What is said where a webhook's secret is none.
pub(super) fn form_of_webhook_secret(place: &str) -> String {
    format!(
        "{place} does not hold a secret of 1 to 256 letters, digits, `_` and `-`, as Telegram wants it"
    )
}

fn is_safe(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '-'
}

/// The address of a Bot API server.
pub(super) fn api_url(text: &str) -> Result<Url, String> {
    // The method is put behind it with a slash of its own.
    http(text.trim_end_matches('/'))
        .map_err(|why| format!("`{text}` is not the address of a Bot API server: {why}"))
}

/// The public address of the webhook. A Bot API server of one's own sends to any; Telegram's wants HTTPS on certain ports.
pub(super) fn webhook_url(text: &str, own_server: bool) -> Result<Url, String> {
    let wrong = |why: &str| format!("`{text}` is not the address of a webhook: {why}");
    let url = http(text).map_err(|why| wrong(&why))?;
    let port = url.port_or_known_default().unwrap_or_default();
    if !own_server && url.scheme() != "https" {
        return Err(wrong("Telegram sends to https:// only"));
    }
    if !own_server && !TELEGRAMS_PORTS.contains(&port) {
        return Err(wrong(
            "Telegram sends to the ports 443, 80, 88 and 8443 only",
        ));
    }
    if url.path().contains(['{', '}', '%']) {
        return Err(wrong("keep its path to letters, digits, `/`, `_` and `-`"));
    }
    Ok(url)
}

fn http(text: &str) -> Result<Url, String> {
    let url: Url = text.parse().map_err(|error| format!("{error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("it must begin with https:// or http://".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("it must end with its path".to_owned());
    }
    Ok(url)
}

/// The number of a chat.
pub(super) fn chat(text: &str) -> Result<ChatId, String> {
    match text.trim().parse() {
        Ok(number) if number != 0 => Ok(ChatId(number)),
        _ => Err(format!(
            "`{text}` is not the number of a chat, such as 123456789 or -1001234567890: see HEARING_CURATORS"
        )),
    }
}

/// A whole number from 1 to `most`, or the usual one where none is given.
pub(super) fn number(
    text: Option<String>,
    setting: &str,
    usual: NonZeroU32,
    most: u32,
) -> Result<NonZeroU32, String> {
    let Some(text) = super::set(text) else {
        return Ok(usual);
    };
    text.parse()
        .ok()
        .filter(|number: &NonZeroU32| number.get() <= most)
        .ok_or_else(|| format!("{setting} is `{text}`, which is no whole number from 1 to {most}"))
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
            assert_eq!(token(text).is_some(), is_token, "{text}");
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
            let parsed = api_url(text);
            assert_eq!(parsed.as_ref().ok().map(Url::as_str), url, "{text}");
            assert!(
                parsed
                    .err()
                    .is_none_or(|error| error.contains(text) && !error.contains('\n')),
                "{text}"
            );
        }
    }

    #[test]
    fn a_webhook_is_one_that_telegram_can_send_to() {
        for (text, at_telegram, at_own_server) in [
            ("https://bots.example/hook", true, true),
            ("https://bots.example:8443/", true, true),
            ("https://bots.example:9000/hook", false, true),
            ("http://127.0.0.1:8443/hook", false, true),
            ("bots.example/hook", false, false),
            ("https://bots.example/hook?x", false, false),
            ("https://bots.example/{hook}", false, false),
        ] {
            assert_eq!(webhook_url(text, false).is_ok(), at_telegram, "{text}");
            assert_eq!(webhook_url(text, true).is_ok(), at_own_server, "{text}");
        }
    }

    #[test]
    fn a_number_is_whole_and_bounded() {
        let read = |text: &str| {
            number(Some(text.to_owned()), "N", NonZeroU32::MIN, 30)
                .map(NonZeroU32::get)
                .ok()
        };
        assert_eq!(
            ["", "1", "30", "0", "31", "-1", "1.5", "ten"].map(read),
            [Some(1), Some(1), Some(30), None, None, None, None, None]
        );
    }
}
