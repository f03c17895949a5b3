//! What Telegram shows of the bot by itself: menus of commands by language and kind of chat, and what it says of the bot before
//! anybody writes to it. Set only where it differs from what Telegram has. Knows no fact.

use teloxide::payloads::{
    GetChat, GetMyCommands, GetMyDescription, GetMyShortDescription, SetMyCommands,
    SetMyDescription, SetMyShortDescription,
};
use teloxide::types::{BotCommand, BotCommandScope, ChatId};

use super::api::Api;
use super::problem::Problem;
use crate::knowledge::Knowledge;
use crate::language::Language;
use crate::locale;

/// In a private chat, and wherever nothing else is said.
const EVERYWHERE: [&str; 5] = ["help", "facts", "ask", "source", "privacy"];
/// In groups, where menus of several bots stand together.
const IN_GROUPS: [&str; 3] = ["ask", "facts", "help"];
/// Beside those in a private chat, where there are editors.
const WITH_EDITORS: &str = "wrong";
/// The most characters of a description, and of a short one.
const LONGEST_DESCRIPTION: usize = 512;
const LONGEST_SHORT_DESCRIPTION: usize = 120;

/// The languages of texts, each with its code at Telegram: the texts without one are for everybody who has none of these.
const LANGUAGES: [(Language, Option<&str>); 3] = [
    (Language::En, None),
    (Language::Ru, Some("ru")),
    (Language::Kk, Some("kk")),
];

/// Gives Telegram every menu and description, and looks whether the editors can be reached. A bot without all that answers all
/// the same, so a failure is only logged.
pub(super) async fn set(api: &Api, knowledge: &Knowledge, curators: Option<ChatId>) {
    if let Some(chat) = curators
        && let Err(problem) = api.call(GetChat::new(chat)).await
    {
        log::warn!("the chat of the editors is not to be reached: {problem}; add the bot to it");
    }
    let done = async {
        for menu in menus(curators.is_some()) {
            settle_menu(api, menu).await?;
        }
        for (language, code) in LANGUAGES {
            settle_description(api, description(knowledge, language), code).await?;
            settle_short_description(api, short_description(knowledge, language), code).await?;
        }
        Ok::<(), Problem>(())
    };
    if let Err(problem) = done.await {
        log::warn!("the menus of commands were not set: {problem}");
    }
}

async fn settle_menu(api: &Api, menu: SetMyCommands) -> Result<(), Problem> {
    let mut present = GetMyCommands::new();
    present.scope.clone_from(&menu.scope);
    present.language_code.clone_from(&menu.language_code);
    if api.call(present).await? != menu.commands {
        api.call(menu).await?;
    }
    Ok(())
}

async fn settle_description(
    api: &Api,
    description: String,
    code: Option<&str>,
) -> Result<(), Problem> {
    let mut present = GetMyDescription::new();
    present.language_code = code.map(str::to_owned);
    if api.call(present).await?.description != description {
        let mut set = SetMyDescription::new();
        set.description = Some(description);
        set.language_code = code.map(str::to_owned);
        api.call(set).await?;
    }
    Ok(())
}

async fn settle_short_description(
    api: &Api,
    description: String,
    code: Option<&str>,
) -> Result<(), Problem> {
    let mut present = GetMyShortDescription::new();
    present.language_code = code.map(str::to_owned);
    let present = api.call(present).await?;
    if present.short_description != description {
        let mut set = SetMyShortDescription::new();
        set.short_description = Some(description);
        set.language_code = code.map(str::to_owned);
        api.call(set).await?;
    }
    Ok(())
}

fn menus(editors: bool) -> Vec<SetMyCommands> {
    let with_editors = EVERYWHERE
        .into_iter()
        .chain(editors.then_some(WITH_EDITORS));
    let private: Vec<&str> = with_editors.collect();
    let scopes = [
        (BotCommandScope::Default, EVERYWHERE.as_slice()),
        (BotCommandScope::AllPrivateChats, private.as_slice()),
        (BotCommandScope::AllGroupChats, IN_GROUPS.as_slice()),
    ];
    let mut menus = Vec::new();
    for (scope, commands) in scopes {
        for (language, code) in LANGUAGES {
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

fn description(knowledge: &Knowledge, language: Language) -> String {
    about("description", knowledge, language)
}

fn short_description(knowledge: &Knowledge, language: Language) -> String {
    about("short-description", knowledge, language)
}

fn about(id: &str, knowledge: &Knowledge, language: Language) -> String {
    let hearing = knowledge.hearing.title.get(language);
    locale::text(language, id, &[("hearing", hearing)])
}

/// Says what Telegram would refuse about the descriptions, if anything.
///
/// # Errors
/// What is too long, and by how much.
pub(super) fn check(knowledge: &Knowledge, language: Language) -> Result<(), String> {
    let texts = [
        (description(knowledge, language), LONGEST_DESCRIPTION),
        (
            short_description(knowledge, language),
            LONGEST_SHORT_DESCRIPTION,
        ),
    ];
    for (text, most) in texts {
        let length = text.chars().count();
        if length > most {
            return Err(format!(
                "makes a description of the bot of {length} characters, of {most}: shorten it"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::command::BUILT_IN;
    use super::super::testing::expert;
    use super::*;

    #[test]
    fn menus_list_commands_that_exist_and_keep_telegrams_limits() {
        for editors in [false, true] {
            let menus = menus(editors);
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
            let with_wrong = menus.iter().filter(|menu| {
                menu.commands
                    .iter()
                    .any(|command| command.command == "wrong")
            });
            assert_eq!(with_wrong.count(), if editors { 3 } else { 0 });
        }
    }

    #[test]
    fn a_title_that_is_too_long_for_a_description_is_a_fault() {
        let mut knowledge = expert().knowledge;
        for language in Language::ALL {
            assert_eq!(check(&knowledge, language), Ok(()));
        }
        knowledge.hearing.title.kk = "қ".repeat(120);
        assert!(check(&knowledge, Language::En).is_ok());
        let problem = check(&knowledge, Language::Kk).expect_err("it is too long");
        assert!(problem.contains("of 120"), "{problem}");
    }
}
