"""An adapter says much at a time: what ends something is heard first, and everything is heard."""

import unittest

from harness.case import HubCase
from chathub.v1 import adapters_pb2, message_pb2

FRAME = 64  # items


class PrecedenceTest(HubCase):
    def events(self, first, count):
        return [
            adapters_pb2.AdapterItem(event={"seq": seq, "event": self.message(f"work {seq}")})
            for seq in range(first, first + count)
        ]

    def message(self, text):
        talk = {"adapter": "shell", "room": "shell/lab"}
        content = {"content": {"text": text}}
        return {"conversation": talk, "user": {"id": "shell/ada"}, "message": content}

    def test_what_is_done_passes_the_events_before_it(self):
        chat = self.adapter(answers=False)
        worker = self.handler("work", answers=lambda delivery: delivery.text)
        chat.hear("work 1")
        order = chat.wait("order")
        done = adapters_pb2.Done(
            key=order.key, results=[message_pb2.ActionResult(platform_ids=["m1"])]
        )
        chat.items(*self.events(2, FRAME - 1), adapters_pb2.AdapterItem(done=done))
        worker.wait("posted")
        worker.wait("delivery", count=FRAME)
        kinds = [item.WhichOneof("kind") for item in worker.stream.heard.all()]
        self.assertEqual(kinds[kinds.index("posted") :].count("delivery"), FRAME - 1)

    def test_a_backlog_is_heard_to_its_end_though_the_adapter_leaves_behind_it(self):
        frames = 50
        chat = self.adapter()
        worker = self.handler("work", answers=lambda delivery: delivery.text)
        for number in range(frames):
            chat.items(*self.events(1 + number * FRAME, FRAME))
        chat.leave()
        heard = worker.wait("delivery", count=frames * FRAME)
        self.assertEqual(
            [delivery.text for delivery in heard],
            [f"work {seq}" for seq in range(1, 1 + frames * FRAME)],
        )


if __name__ == "__main__":
    unittest.main()
