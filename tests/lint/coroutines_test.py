"""No coroutines: g++ 12 destroys some temporaries of a co_await expression twice.

Whoever brings them in replaces this test by one that finds the broken pattern: a braced value or a
capturing lambda anywhere in a full expression that contains co_await.
"""

import re
import unittest

from sources import CPP, ROOT, files, lines

COROUTINE = re.compile(r"\bco_(await|return|yield|spawn)\b")
OURS = ("hub/", "sdk/", "adapters/", "handlers/", "tests/")


class CoroutinesTest(unittest.TestCase):
    def test_nothing_awaits(self):
        found = [
            f"{path}:{number}: {line.strip()}"
            for path in files(*CPP, under=OURS)
            for number, line in lines(path, ROOT)
            if COROUTINE.search(line)
        ]
        self.assertEqual("\n".join(found), "")

    def test_a_coroutine_would_be_seen(self):
        self.assertTrue(COROUTINE.search("  auto frame = co_await Read(link);"))
        self.assertTrue(COROUTINE.search("asio::co_spawn(executor, Run());"))
        self.assertFalse(COROUTINE.search("int co_awaiting = 1;"))


if __name__ == "__main__":
    unittest.main()
