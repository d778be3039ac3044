"""Handlers and an adapter on the SDK, as processes beside a real hub."""

import os
import signal
import unittest

from hub_case import CONFORM, ProgramCase

from chathub.v1 import message_pb2

from harness.words import command, room_talk  # isort: skip, hub_case tells where it is

HI = """
from chathub import Handler
bot = Handler("hi")

@bot.route(r"^hi (?P<name>\\w+)")
async def hi(message, name):
    await message.reply(f"hello {name}")

bot.run()
"""
STUCK = """
import asyncio, time
from chathub import Handler
bot = Handler("stuck")

@bot.command("sleep", deadline=60)
async def sleep(message):
    await message.say("asleep")
    await asyncio.to_thread(time.sleep, 60)

bot.run()
"""
ADAPTER = """
import asyncio
from chathub import Adapter, Conversation, User, plain_text
from chathub.v1 import message_pb2
adapter = Adapter("shell", service="Python")

@adapter.on_order
async def do(order, result):
    for action in order.actions:
        print(plain_text(action.send.content), flush=True)
        result.done()

@adapter.on_attached
async def attached(ok):
    asyncio.get_running_loop().create_task(talk())

async def talk():
    for text in ("echo one", "nobody hears this", "echo two"):
        adapter.emit(message_pb2.Event(
            conversation=Conversation(user="shell/ada").to_wire(),
            user=User("shell/ada", "Ada").to_wire(),
            message={"content": {"text": text}}))
    print("settled" if await adapter.wait_settled(20) else "lost", flush=True)
    adapter.stop()

adapter.run()
"""


class HandlerTest(ProgramCase):
    def test_the_first_handler_greets(self):
        self.attached(HI)
        adapter = self.adapter()
        adapter.hear("hi Ada")
        adapter.wait_text("hello Ada")

    def test_everything_that_a_function_can_do_reaches_the_chat(self):
        self.attached(CONFORM)
        adapter = self.adapter()
        for said, answer in {
            "hi Ада": None,
            "!echo grüße  👍": "grüße  👍",
            "!add 40 2 --loud": "42!",
            "!throw": "attempt 2",
            "!nack": "attempt 2",
            "!tally x": "counted",
            "!announce hear, hear": "hear, hear",
            "!add 1": "<right> is missing (usage: add <left> <right> [--loud])",
        }.items():
            with self.subTest(said=said):
                adapter.hear(said, room=said)
                if answer is not None:
                    adapter.wait_text(answer)
        several = message_pb2.ChatMessage(content={"text": "!several"}, platform_id="m1")
        talk, ada = room_talk(), message_pb2.User(id="shell/ada")
        adapter.happen(message_pb2.Event(conversation=talk, user=ada, message=several))
        order = adapter.wait("order", lambda order: len(order.actions) == 3)
        self.assertEqual(order.actions[1].react.emoji, "👍")
        adapter.hear("!steps", room="steps")
        adapter.wait_text("finished")
        edits = [o for o in adapter.all("order") if o.actions[0].HasField("edit")]
        self.assertEqual(edits[0].actions[0].edit.content.text, "half way")

    def test_order_is_kept_within_a_conversation_and_only_there(self):
        self.attached(CONFORM)
        adapter = self.adapter()
        for number in range(5):
            adapter.hear(f"!turn {number}")
        for number in range(5):
            adapter.wait_text(f"{number}/1")
        turns = [text for text in adapter.texts() if "/" in text]
        self.assertEqual(turns, [f"{number}/1" for number in range(5)])
        adapter.hear("!pair", room="a")
        adapter.hear("!pair", room="b")
        for _ in range(2):
            adapter.hear("!meet", room="c")
        adapter.wait("order", lambda o: o.actions[0].send.content.text == "met", count=4)

    def test_when_the_user_s_patience_ends_the_function_is_cancelled(self):
        program = self.attached(CONFORM)
        adapter = self.adapter()
        adapter.hear("!patience")
        adapter.wait_text("too late")
        program.out.wait(lambda line: line == "cancelled")

    def test_another_instance_takes_over_from_one_that_was_killed(self):
        first = self.attached(CONFORM)
        adapter = self.adapter()
        for room in range(4):
            last = adapter.hear("!slow 5", room=str(room))
        adapter.wait_accepted(last)  # They are being worked on.
        first.process.kill()
        self.attached(CONFORM)
        adapter.wait(
            "order", lambda o: o.actions[0].send.content.text == "done in attempt 2", count=4
        )

    def test_it_comes_back_to_a_hub_that_crashed(self):
        program = self.attached(CONFORM)
        self.hub.kill()
        program.wait_log("lost the hub")
        self.hub.start()
        program.log.wait(lambda line: "attached to" in line, count=2)
        adapter = self.adapter()
        adapter.hear("!echo again")
        adapter.wait_text("again")


class EndTest(ProgramCase):
    def test_told_to_end_it_finishes_first(self):
        program = self.attached(CONFORM)
        adapter = self.adapter()
        adapter.hear("!slow 1")
        # The first is being worked on, the second is queued.
        adapter.wait_accepted(adapter.hear("!turn behind it"))
        program.terminate()
        self.assertEqual(program.wait_end(), 0)
        adapter.wait_text("done in attempt 1")
        adapter.wait_text("behind it/1")

    def test_a_function_that_does_not_end_is_left_behind(self):
        program = self.attached(STUCK)
        adapter = self.adapter()
        adapter.hear("!sleep")
        adapter.wait_text("asleep")
        program.terminate()
        self.assertEqual(program.wait_end(), 1)

    def test_a_second_signal_ends_it_at_once(self):
        program = self.attached(STUCK)
        adapter = self.adapter()
        adapter.hear("!sleep")
        adapter.wait_text("asleep")
        program.process.send_signal(signal.SIGINT)
        program.wait_log("told to end")
        program.process.send_signal(signal.SIGINT)
        self.assertEqual(program.wait_end(5), 1)

    def test_a_wrong_token_ends_it_and_is_not_repeated(self):
        program = self.program(HI, CHATHUB_TOKEN="f" * 64)
        self.assertEqual(program.wait_end(), 1)
        self.assertIn("refused by the hub", program.log.all()[-1])
        self.assertNotIn("f" * 64, "".join(program.log.all()))

    def test_a_refused_pattern_is_told_with_its_place(self):
        program = self.program(CONFORM, CONFORM_PATTERN="a(b")
        self.assertEqual(program.wait_end(), 1)
        self.assertRegex(program.log.all()[-1], r"extra.*at byte 1")

    def test_a_taken_word_is_told_with_its_owner(self):
        self.handler("owner", command("echo", precedence=1))
        program = self.program(CONFORM)
        self.assertEqual(program.wait_end(), 1)
        self.assertIn("owner", program.log.all()[-1])

    def test_without_a_hub_it_waits_and_ends_when_told(self):
        program = self.program(HI, CHATHUB_DATA=str(self.folder))
        program.wait_log(f"no hub is running in {self.folder}")
        program.terminate()
        self.assertEqual(program.wait_end(), 0)

    def test_without_any_token_it_ends(self):
        environment = {"CHATHUB_DATA": str(self.folder), "CHATHUB_ADDRESS": self.hub.target}
        program = self.program(HI, **environment)
        self.assertEqual(program.wait_end(), 2)
        self.assertIn("set CHATHUB_TOKEN", program.log.all()[-1])


class AdapterTest(ProgramCase):
    def test_an_adapter_hears_the_answers_and_knows_when_all_is_said(self):
        self.echo()
        program = self.program(ADAPTER)
        self.assertEqual(program.wait_end(), 0, os.linesep.join(program.log.all()))
        self.assertEqual(program.out.all(), ["one", "two", "settled"])


if __name__ == "__main__":
    unittest.main()
