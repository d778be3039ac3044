"""RFC 6455, case by case, against the gateway of a real hub; prints how many there are."""

import collections
import unittest
from concurrent.futures import ThreadPoolExecutor

import rfc6455
from harness.case import HubCase
from rfc6455.peer import Fault, play, shake_hands

# Several at once: most of a case is waiting.
WORKERS = 8


class WebSocketTest(HubCase):
    gateway = True

    def _faults(self, cases, played):
        """`name: what went wrong` of each case that failed."""

        def fault(case):
            try:
                played(self.hub.gateway, case)
            except (Fault, OSError, UnicodeDecodeError) as problem:
                return f"{case.name}: {problem or type(problem).__name__}"

        with ThreadPoolExecutor(WORKERS) as workers:
            return [fault for fault in workers.map(fault, cases) if fault]

    def test_every_case_of_the_rfc(self):
        faults = self._faults(rfc6455.HANDSHAKES, shake_hands)
        faults += self._faults(rfc6455.CASES, play)
        count = len(rfc6455.HANDSHAKES) + len(rfc6455.CASES)
        print(f"RFC 6455: {count - len(faults)} of {count} cases passed", flush=True)
        self.assertEqual("\n".join(faults), "")
        self.assertGreaterEqual(count, 150)

    def test_every_case_has_a_name_of_its_own(self):
        names = collections.Counter(case.name for case in (*rfc6455.HANDSHAKES, *rfc6455.CASES))
        self.assertEqual([name for name, count in names.items() if count > 1], [])

    def test_a_suite_that_expects_something_else_fails(self):
        wrong = rfc6455.CASES[0]._replace(hears=())
        self.assertEqual(len(self._faults([wrong], play)), 1)


if __name__ == "__main__":
    unittest.main()
