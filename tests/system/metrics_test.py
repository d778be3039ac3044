"""What Prometheus is told, read with Prometheus' own parser."""

import http.client
import socket
import subprocess
import unittest

from harness import PROGRAMS
from harness.case import HubCase
from harness.waiting import wait_until
from prometheus_client.parser import text_string_to_metric_families


class MetricsTest(HubCase):
    metrics = True

    def ask(self, path="/metrics", method="GET"):
        connection = http.client.HTTPConnection(self.hub.metrics, timeout=10)
        self.addCleanup(connection.close)
        connection.request(method, path)
        return connection.getresponse()

    def read(self):
        """{name: {labels: value}} of every sample."""
        answer = self.ask()
        self.assertEqual(answer.status, 200)
        self.assertIn("version=0.0.4", answer.getheader("content-type"))
        found = {}
        for family in text_string_to_metric_families(answer.read().decode()):
            for sample in family.samples:
                key = tuple(sorted(sample.labels.items()))
                self.assertNotIn(key, found.setdefault(sample.name, {}), sample.name)
                found[sample.name][key] = sample.value
        return found

    def value(self, name, **labels):
        return self.read()[name][tuple(sorted(labels.items()))]

    def test_a_walk_is_counted(self):
        adapter = self.adapter()
        self.echo()
        adapter.settle([adapter.hear(text) for text in ("echo a", "echo b", "nobody")][-1])
        found = self.read()
        self.assertEqual(found["chathub_events_total"][()], 3)
        self.assertEqual(found["chathub_deliveries_total"][()], 2)
        self.assertEqual(found["chathub_finished_total"][()], 2)
        self.assertEqual(found["chathub_orders_total"][()], 2)
        self.assertEqual(found["chathub_dead_letters_total"][()], 0)
        self.assertLessEqual(found["chathub_entries_written_total"][()], 4)
        self.assertEqual(found["chathub_answer_seconds_count"][()], 2)
        self.assertEqual(found["chathub_answer_seconds_bucket"][(("le", "+Inf"),)], 2)
        self.assertGreater(found["process_resident_memory_bytes"][()], 1_000_000)

    def test_peers_have_their_names_and_instances_of_one_are_summed_up(self):
        self.adapter()
        self.echo()
        self.echo()
        found = self.read()["chathub_peer_instances"]
        self.assertEqual(found, {(("peer", "adapter/shell"),): 1, (("peer", "handler/echo"),): 2})

    def test_what_waits_for_a_busy_handler_is_seen(self):
        adapter = self.adapter()
        self.handler("slow", answers=lambda delivery: None)
        for _ in range(3):
            adapter.hear("slow")
        wait_until(
            lambda: self.value("chathub_peer_in_flight", peer="handler/slow")
            + self.value("chathub_peer_waiting", peer="handler/slow")
            == 3,
            "three messages are seen to wait",
        )

    def test_no_secret_and_no_name_of_a_user_is_told(self):
        adapter = self.adapter()
        self.echo()
        adapter.settle(adapter.hear("echo x", user="canary-user", room="canary-room"))
        text = self.ask().read().decode()
        self.assertNotIn("canary", text)
        self.assertNotIn(self.hub.token, text)

    def test_other_questions_are_refused(self):
        self.assertEqual(self.ask("/").status, 404)
        self.assertEqual(self.ask("/metrics", "POST").status, 405)
        self.assertEqual(self.ask("/metrics", "HEAD").read(), b"")

    def test_silent_connections_keep_nobody_from_asking(self):
        host, port = self.hub.metrics.split(":")
        silent = [socket.create_connection((host, int(port))) for _ in range(40)]
        for connection in silent:
            self.addCleanup(connection.close)
        # Those that are too many are closed at once, the others within five seconds.
        wait_until(self._answers, "/metrics is answered", 30)

    def _answers(self):
        try:
            return self.ask().status == 200
        except (ConnectionError, http.client.HTTPException):
            return False


class AddressTest(unittest.TestCase):
    def test_beyond_this_machine_nobody_may_ask(self):
        command = [str(PROGRAMS / "chathub"), "serve", "--metrics", "0.0.0.0:6198"]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=20)
        self.assertEqual(ended.returncode, 2)
        self.assertIn("not on loopback", ended.stderr)


if __name__ == "__main__":
    unittest.main()
