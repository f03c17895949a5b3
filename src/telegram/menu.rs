//! The menus of commands that Telegram shows beside the text field, by language and kind of chat. Knows no fact.

use teloxide::payloads::SetMyCommands;
use teloxide::types::{BotCommand, BotCommandScope};

use super::api::Api;
use crate::language::Language;
use crate::locale;

/// In a private chat, and wherever nothing else is said.
const EVERYWHERE: [&str; 5] = ["help", "facts", "ask", "source", "privacy"];
/// In groups, where menus of several bots stand together.
const IN_GROUPS: [&str; 3] = ["ask", "facts", "help"];

/// Gives Telegram every menu. A bot without menus answers all the same, so a failure is only logged.
pub(super) async fn set(api: &Api) {
    for menu in menus() {
        if let Err(problem) = api.call(menu).await {
            log::warn!("the menus of commands were not set: {problem}");
            return;
        }
    }
}

fn menus() -> Vec<SetMyCommands> {
    let scopes = [
        (BotCommandScope::Default, EVERYWHERE.as_slice()),
        (BotCommandScope::AllPrivateChats, EVERYWHERE.as_slice()),
        (BotCommandScope::AllGroupChats, IN_GROUPS.as_slice()),
    ];
    let mut menus = Vec::new();
    for (scope, commands) in scopes {
        // The menu without a language is for everybody who has none of these.
        for (language, code) in [
            (Language::En, None),
            (Language::Ru, Some("ru")),
            (Language::Kk, Some("kk")),
        ] {
            let entry = |command: &&str| {
                BotCommand::new(
                    *command,
                    locale::text(language, &format!("menu-{command}"), &[]),
                )
            };
            let mut menu = SetMyCommands::new(commands.iter().map(entry));
            menu.scope = Some(scope.clone());
            menu.language_code = code.map(str::to_owned);
            menus.push(menu);
        }
    }
    menus
}

#[cfg(test)]
mod tests {
    use super::super::command::BUILT_IN;
    use super::*;

    #[test]
    fn menus_list_commands_that_exist_and_keep_telegrams_limits() {
        let menus = menus();
        assert_eq!(menus.len(), 9);
        for command in menus.iter().flat_map(|menu| &menu.commands) {
            assert!(
                BUILT_IN.contains(&command.command.as_str()),
                "{}",
                command.command
            );
            let length = command.description.chars().count();
            assert!(
                (3..=256).contains(&length) && !command.description.starts_with("menu-"),
                "{}",
                command.description
            );
        }
    }
}
