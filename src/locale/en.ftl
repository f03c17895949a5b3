# What the bot says by itself, in English. Everything about the hearing comes from knowledge/.

date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }

# Under an answer
said-by = Said by { $speaker }, at the hearing of { $date }.
said-by-nobody = The article attributes this sentence to no speaker. The hearing was on { $date }.
source-line = Source: { $publisher }, { $date }.
translation = Translation:

# Where there is no answer
clarify = Which of these do you mean?
clarify-one = Do you mean this?
none-of-these = None of these
nearest = What it does say nearby:
nothing = I found nothing in the article that answers this.
topics-offer = It speaks about these topics:
rephrase = All right. Try other words, or choose from all the facts: /facts
old-button = This button no longer works. Write your question, or choose from all the facts: /facts

# Commands
start = I answer questions about { $hearing }. Every answer is a figure or a statement with the sentence of the article that it stands in. What the article does not say, I do not know.
examples = For example:
help-ask = Write your question in English, Russian or Kazakh.
help-group = In a group: reply to me, mention me, or write /ask and your question.
help-commands = /facts – all facts, /source – where they come from, /privacy – what happens to your questions
facts = Everything I know, by topic:
source = Everything I know comes from one article: “{ $headline }”, { $publisher }, { $date }. The article reports what officials said; I add no opinion. The quotes are word for word; translations are marked.
version = Version { $version }
privacy = I keep nothing: no messages, no names, no numbers of users. Your question is matched in memory and forgotten once I have answered. Telegram itself handles the messages by its own rules.
ask-usage = Write your question after the command /ask
too-fast = That was a lot at once. Please wait half a minute and ask again.
unknown-command = I do not know this command. All facts: /facts, help: /help
did-you-mean = Do you mean { $command }?

# Menu of commands
menu-start = What this bot is
menu-help = How to ask
menu-facts = All facts, by topic
menu-source = Where the facts come from
menu-privacy = What happens to your questions
menu-ask = Ask a question

# In the terminal
chat-welcome = Ask about { $hearing }. An empty line ends the conversation.
