"""The same answers from the same facts, as people usually write such a bot: aiogram 3, and rapidfuzz's WRatio over every title
and example question. `benches/traffic.rs` runs it; its argument is the output of `hearing-bot facts --json`."""

import asyncio
import json
import os
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web
from rapidfuzz import fuzz, process, utils

with open(sys.argv[1], encoding="utf-8") as file:
    facts = json.load(file)

owners = {}
for fact in facts:
    for title in fact["title"].values():
        owners[utils.default_process(title)] = fact
    for examples in fact["examples"].values():
        for example in examples:
            owners[utils.default_process(example)] = fact
choices = list(owners)

dispatcher = Dispatcher()


@dispatcher.message()
async def answer(message: Message):
    question = utils.default_process(message.text)
    found = process.extractOne(question, choices, scorer=fuzz.WRatio, score_cutoff=75)
    if found is None:
        return message.answer("The source does not say this.")
    fact = owners[found[0]]
    figure = fact["figure"] if isinstance(fact["figure"], str) else "; ".join(fact["figure"])
    return message.answer(f"<b>{figure}</b>\n{fact['title']['en']}\n<blockquote>{fact['quote']}</blockquote>")


def main():
    server = TelegramAPIServer.from_base(os.environ["TELOXIDE_API_URL"])
    bot = Bot(
        os.environ["TELOXIDE_TOKEN"],
        session=AiohttpSession(api=server),
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )
    if "HEARING_WEBHOOK_URL" not in os.environ:
        asyncio.run(dispatcher.start_polling(bot))
        return
    app = web.Application()
    secret = os.environ["HEARING_WEBHOOK_SECRET"]
    # Not in the background: then the answer travels in the response, too.
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=secret)
    handler.register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)

    async def introduce(_app):
        await bot.get_me()

    app.on_startup.append(introduce)
    host, port = os.environ["HEARING_LISTEN"].split(":")
    web.run_app(app, host=host, port=int(port), print=None, access_log=None)


main()
