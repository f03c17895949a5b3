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
topics-offer = The article speaks about these topics:
rephrase = All right. Try other words, or choose from all the facts: /facts
old-button = This button is out of date: what it led to has changed. Write your question, or choose from all the facts: /facts

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

# Buttons
button-context = Context
button-chart = Chart
button-share = Share
button-group = Add to a group
button-editors = Send this question to the editors
button-send = Send to the editors
context = In the article:

# Small talk: what people say, and what the bot says to it
hears-hello = hello, hi, hey, hi there, hello there, hey there, hello everyone, hi everyone, hi all, good morning, good day, good evening, good afternoon, greetings, hiya, salam, salem, salem alaikum, assalamu alaikum, how are you, how are you doing, whats up, nice to meet you
hears-thanks = thanks, thank you, thx, ty, tnx, many thanks, thanks a lot, thank you very much, thank you so much, thanks so much, much appreciated, cheers, good bot, well done, great job, good job
hears-who = who are you, what are you, who is this, whos this, what is this bot, who is behind you, who is behind this, who made you, who created you, who runs you, who runs this bot, who owns you, are you a bot, are you a robot, are you human, are you a human, are you a person, are you real, are you a real person, are you ai, are you an ai, are you chatgpt, are you a journalist, are you journalist, are you a reporter, are you from the government, are you the government, are you a politician, are you neutral, are you independent, do you work for the government, what can you do, what do you do, tell me about yourself, introduce yourself
hears-doubt = is this true, is that true, is it true, is it really true, is this really true, is all this true, is this real, is it real, is this fake, is it fake, is this fake news, is this correct, is it correct, is this right, is that right, is this a lie, is it a lie, are these figures true, are these numbers true, are these figures real, are these numbers real, are you sure, are you lying, you are lying, youre lying, can i trust you, can i trust this, can i trust these numbers, can i trust these figures, can i believe this, should i believe this, true, really, is it so, fake, lies
hears-also = bot, dear bot, ok, okay, and, but, so, well, very, please, great, good, nice, dear
talk-hello = Hello. Ask me about { $hearing }, or choose an example:
talk-thanks = You are welcome. Ask on, or see all the facts: /facts
talk-who = I am a program, not a person and not a journalist. All that I know is one article: “{ $headline }”, { $publisher }, { $date }. I repeat what it says, with its sentence and who said it, and I have no opinion.
talk-doubt = That I cannot judge. I am a program that knows one article: “{ $headline }”, { $publisher }, { $date }. I show what it says, word for word, and who said it; I have no opinion.

# Groups, other content, after an outage
greet = I answer questions about { $hearing }: the figure, its sentence, its source.
greet-how = Write /ask and your question, mention me, or reply to me. Otherwise I am silent.
only-text = I read text only. Please write your question in English, Russian or Kazakh.
late = I was away and have not answered earlier messages. Please ask again.

# Inline mode
inline-nothing = Nothing found: ask in the private chat
inline-gap = The article does not say this

# Editors
editors-offer = If you tap “{ $button }”, the text of your question goes to the editors of this bot, and nothing about you.
editors-sent = It has gone to the editors. Thank you.
editors-not-yours = Only the person who wrote it can send it to the editors.
editors-gone = The message is no longer there, so there is nothing to send.
wrong-usage = To report an answer, reply to it with /wrong; you can write what is wrong behind it.
wrong-preview = If you tap “{ $button }”, this goes to the editors of this bot, and nothing about you:
to-editors-question = A question that found no answer ({ $language }):
to-editors-wrong = An answer that was reported as wrong ({ $language }):
privacy-editors = Only if you tap a button that says so, the text of a question or of a report goes to the editors, without anything about you.

# What Telegram shows of the bot
description = I answer questions about { $hearing }. Every answer is a figure or a statement with the sentence of the article that it stands in. Ask in English, Russian or Kazakh.
short-description = Answers about { $hearing }.
menu-wrong = Report an answer as wrong

# In a new knowledge folder
starter-title = the hearing of { $date }
starter-how-many = how many { $word }?
starter-what = what { $word }?
starter-no-shares = The source does not give shares or percentages.
starter-what-share = what percentage is it?

# Under what is computed
percent = { $number }%
computed = Computed from two figures of the source; the source itself does not state it.
computed-rounded = The result is rounded.
computed-approximate = At least one of the two figures is only approximate in the source, and so is the result.

# Several sources
differs = Another source differs:
sources = Everything I know comes from these sources. They report what was said; I add no opinion. The quotes are word for word; translations are marked.
source-item = “{ $headline }”, { $publisher }, { $date }

# The table of `export`
export-title = What was said at { $hearing }
export-about = Every fact with its sentence, word for word, and where it stands in the source, in characters from 0. What is said is the speakers'; nothing is rated or added.
export-id = Name
export-figure = Figure
export-subject = What
export-speaker = Who said it
export-quote = The sentence of the source
export-place = Where it stands

# For whoever reviews questions
review-not-said = The source does not say …
