"""The command line of a running hub: what it tells is what there is."""

import subprocess
import unittest

from harness import PROGRAMS
from harness.case import HubCase
from harness.words import command, pattern


class AdminTest(HubCase):
    def test_status_counts_what_went_through(self):
        adapter = self.adapter()
        self.echo()
        for number in range(3):
            last = adapter.hear(f"echo {number}")
        adapter.hear("nobody waits for this")
        adapter.settle(last + 1)
        (status,) = self.hub.command("status")
        self.assertEqual(status["events"], "4")
        self.assertEqual(status["deliveries"], "3")
        self.assertEqual(status["finished"], "3")
        self.assertEqual(status["orders"], "3")
        self.assertEqual(status["waitingDeliveries"], "0")
        self.assertEqual(status["waitingOrders"], "0")
        self.assertEqual(status.get("troubles", []), [])

    def test_status_says_that_the_chat_is_missing(self):
        (status,) = self.hub.command("status")
        self.assertIn("shell", " ".join(status["troubles"]))

    def test_peers_are_those_who_are_attached(self):
        self.adapter()
        self.echo().drop()
        handler = self.handler("worker")
        self.hub.command("peers", "--wait", "adapter/shell,handler/worker", "--timeout", "20")
        names = {peer["name"] for peer in self.hub.command("peers")}
        self.assertLessEqual({"adapter/shell", "handler/worker"}, names)
        self.assertNotIn("handler/echo", names)
        self.assertFalse(handler.stream.ended())

    def test_waiting_for_a_peer_ends_when_it_comes_or_not_at_all(self):
        waiting = subprocess.Popen(
            [str(PROGRAMS / "chathub"), "peers", "--data", str(self.hub.data)]
            + ["--wait", "handler/echo", "--timeout", "20"],
            stdout=subprocess.DEVNULL,
        )
        self.addCleanup(waiting.kill)
        self.assertIsNone(waiting.poll())
        self.echo()
        self.assertEqual(waiting.wait(20), 0)
        with self.assertRaisesRegex(AssertionError, "exit 1.*handler/nobody"):
            self.hub.command("peers", "--wait", "handler/nobody", "--timeout", "1")

    def test_routes_are_all_that_are_kept(self):
        self.handler("ops", command("deploy", required_groups=["ops"]), pattern("^x", "x"))
        routes = {(each["handler"], each["route"]["id"]) for each in self.hub.command("routes")}
        self.assertEqual(routes, {("ops", "deploy"), ("ops", "x")})

    def test_send_speaks_in_the_chat(self):
        adapter = self.adapter()
        (answer,) = self.hub.command("send", "shell/lab", "good morning")
        order = adapter.wait_text("good morning")
        self.assertEqual(order.key, answer["key"])
        self.assertEqual(order.conversation.room, "shell/lab")
        self.hub.command("send", "--user", "shell/ada", "psst")
        self.assertEqual(adapter.wait_text("psst").conversation.user, "shell/ada")

    def test_why_tells_for_each_route_if_a_message_would_reach_it(self):
        self.adapter()
        self.handler("echo", command("echo", addressed_only=True))
        self.handler("other", pattern("^hello"))
        reached = self.why("!echo hi")
        self.assertEqual(reached, {"echo": True, "other": False})
        reached = self.why("echo hi", "--room", "shell/lab")
        self.assertEqual(reached, {"echo": False, "other": False})

    def why(self, text, *options):
        (answer,) = self.hub.command("why", text, *options)
        for verdict in answer["verdicts"]:
            self.assertNotEqual(verdict["why"], "")
        return {each["handler"]: each.get("reached", False) for each in answer["verdicts"]}

    def test_without_a_hub_the_exit_code_says_so(self):
        self.hub.signal(15)
        self.hub.wait_end(5)
        with self.assertRaisesRegex(AssertionError, "exit 3"):
            self.hub.command("status")


if __name__ == "__main__":
    unittest.main()
