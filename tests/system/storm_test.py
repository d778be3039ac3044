"""Peers come and go all the time: every message is answered, and none twice."""

import unittest

from harness.case import HubCase
from harness.program import Program
from harness.waiting import wait_until
from harness.words import command, texts_of


class StormTest(HubCase):
    def test_handlers_are_killed(self):
        adapter = self.adapter()
        instances = [self.instance() for _ in range(3)]
        wait_until(lambda: self.count("handler/echo") >= 3, "all instances are attached")
        said = [str(number) for number in range(600)]
        for number, text in enumerate(said):
            last = adapter.hear(f"!echo {text}", room=f"room{number % 30}")
            if number % 60 == 30:
                instances.pop(0).kill()
                instances.append(self.instance())
        adapter.settle(last)
        self.assertCountEqual(adapter.texts(), said)

    def instance(self):
        program = Program(self.hub, "chathub-handler-echo")
        self.addCleanup(program.kill)
        return program

    def count(self, name):
        return [peer["name"] for peer in self.hub.command("peers")].count(name)

    def test_an_adapter_breaks_off_again_and_again(self):
        """Its process lives: it repeats what was not accepted and knows each order by its key."""
        self.echo()
        said = [str(number) for number in range(1, 301)]
        shown = {}
        adapter = self.adapter()
        while (first := adapter.hello_ok.accepted) < 250:
            self.say_all(adapter, said[first : first + 40])
            # Somewhere in the middle of it.
            adapter.wait_accepted(first + 20)
            adapter.drop()
            self.show(adapter, shown)
            adapter = self.next_life(adapter)
        self.say_all(adapter, said[adapter.hello_ok.accepted :])
        adapter.settle(len(said))
        self.show(adapter, shown)
        self.assertCountEqual(shown.values(), said)

    def say_all(self, adapter, texts):
        for text in texts:
            adapter.hear(f"echo {text}", room=f"room{int(text) % 7}")

    def next_life(self, before):
        heard = before.all("accepted")
        known = heard[-1].up_to if heard else before.hello_ok.accepted
        after = self.adapter(
            epoch=before.epoch, incarnation=before.incarnation, oldest_unaccepted=known + 1
        )
        after.restart_at(after.hello_ok.accepted + 1)
        return after

    def show(self, adapter, shown):
        for order in adapter.all("order"):
            (text,) = texts_of(order)
            self.assertEqual(shown.setdefault(order.key, text), text)

    def test_a_handler_breaks_off_and_resumes_again_and_again(self):
        adapter = self.adapter()
        said = [str(number) for number in range(300)]
        handler = self.worker()
        for number, text in enumerate(said):
            last = adapter.hear(f"work {text}", room=f"room{number % 5}")
            if number % 30 == 29:
                handler.wait("delivery", count=10)
                handler = self.resume(handler, holds=number < 270)
        adapter.settle(last)
        self.assertCountEqual(adapter.texts(), said)

    def worker(self, holds=True, **options):
        """Finishes every other delivery at once and holds the rest until its next life."""

        def answer(delivery):
            text = delivery.captures["rest"]
            return None if holds and int(text) % 2 == 0 and delivery.attempt == 1 else text

        route = command("work", maximum_attempts=100)
        return self.handler("worker", route, answers=answer, maximum_in_flight=1024, **options)

    def resume(self, before, holds):
        """Breaks off in the middle; the next life finishes what this one holds."""
        held = before.all("delivery")
        after = self.worker(
            holds,
            attach=False,
            instance_token=before.hello_ok.instance_token,
            holding=[{"delivery": d.id, "attempt": d.attempt} for d in held],
        )
        before.drop()
        after.hello_ok = after.attach()
        kept = {each.delivery for each in after.hello_ok.holding}
        for delivery in held:
            if delivery.id in kept:
                after.finish(delivery, delivery.captures["rest"])
        return after


if __name__ == "__main__":
    unittest.main()
