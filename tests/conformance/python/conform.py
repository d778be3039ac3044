#!/usr/bin/env python3
"""The handler that tests/conformance asks for, in Python: its README has the table."""

import asyncio
import os
from collections import Counter

from chathub import Argument, ArgumentType, EventKind, Handler, Retry

bot = Handler("conform")


@bot.route(r"^hi (?P<name>\w+)", id="greet")
async def greet(message, name):
    await message.reply(f"hello {name}")


@bot.command("echo")
async def echo(message, rest):
    await message.reply(rest)


@bot.command("add")
async def add(message, left: int, right: int, *, loud: bool = False):
    await message.reply(f"{left + right}{'!' if loud else ''}")


@bot.on(EventKind.JOINED, id="welcome")
async def welcome(message):
    await message.reply(f"welcome {message.user.name}")


@bot.command("several")
async def several(message):
    await message.reply("one")
    await message.react("👍")
    await message.reply("two")


@bot.command("steps")
async def steps(message):
    said = await message.say("working")
    await message.update(said, "half way")
    await message.reply("finished")


@bot.command("nothing")
async def nothing(message):
    pass


@bot.command("nack")
async def nack(message):
    if message.attempt == 1:
        raise Retry(after=0.2)
    await message.reply(f"attempt {message.attempt}")


@bot.command("throw")
async def throw(message):
    if message.attempt == 1:
        raise RuntimeError("thrown on purpose")
    await message.reply(f"attempt {message.attempt}")


@bot.command("slow", deadline=60, arguments=[Argument("seconds", ArgumentType.NUMBER, required=True)])
async def slow(message, seconds):
    await asyncio.sleep(seconds)
    await message.reply(f"done in attempt {message.attempt}")


@bot.command("patience", deadline=1, fallback_text="too late")
async def patience(message):
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        print("cancelled", flush=True)
        raise


turns = Counter()


@bot.command("turn")
async def turn(message, rest):
    turns[message.conversation] += 1
    count = turns[message.conversation]
    await asyncio.sleep(0.05)
    turns[message.conversation] -= 1
    await message.reply(f"{rest}/{count}")


class Meeting:
    """Where two functions wait for each other."""

    def __init__(self):
        self.first = None

    async def wait(self):
        if self.first and not self.first.done():
            self.first.set_result("met")
            return "met"
        self.first = asyncio.get_running_loop().create_future()
        try:
            return await asyncio.wait_for(self.first, 20)
        except asyncio.TimeoutError:
            return "alone"


pairs, meetings = Meeting(), Meeting()


@bot.command("pair")
async def pair(message):
    await message.reply(await pairs.wait())


@bot.command("meet", free=True)
async def meet(message):
    await message.reply(await meetings.wait())


@bot.command("tally")
async def tally(message, rest):
    await message.store.add(f"tally/{rest}", 1)
    await message.reply("counted")


@bot.command("next", free=True)
async def following(message):
    entry = await message.store.get("next")
    number = int(entry.value) + 1 if entry else 1
    await message.store.put("next", str(number), if_revision=entry.revision if entry else 0)
    await message.reply(str(number))


@bot.command("announce")
async def announce(message, rest):
    await bot.chat.send(message.conversation, rest)
    await message.reply("announced")


if "CONFORM_PATTERN" in os.environ:

    @bot.route(os.environ["CONFORM_PATTERN"], id="extra")
    async def extra(message):
        await message.reply("extra")


bot.run()
