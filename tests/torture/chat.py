"""The chat service: keeps a message until its adapter says accepted, and shows what is posted."""

import threading
from collections import Counter, defaultdict


class Chat:
    """Outside of everything that gets killed, so it is the witness. `dedup`: a key that was posted
    before is not shown again."""

    def __init__(self):
        self._lock = threading.Condition()
        self.dedup = True
        self.sent = {}  # id -> (talk, number)
        self._waiting = {}  # id -> line, not yet accepted
        self.accepted = set()
        self.shown = Counter()  # by text
        self._lives = defaultdict(set)  # of the adapter, by key
        self.in_doubt = 0  # posted by one life of the adapter and again by another
        self.excused = 0  # of them, shown again by a service that does not deduplicate
        self.twice_in_one_life = []

    # The users' side.

    def say(self, talk, number):
        """A line for the adapter."""
        with self._lock:
            name = f"{talk}-{number}"
            self.sent[name] = (talk, number)
            self._waiting[name] = f"{name}\t{talk}\twork {talk} {number}"
            return self._waiting[name]

    def unaccepted(self):
        with self._lock:
            return list(self._waiting.values())

    # The adapter's side.

    def hear(self, life, kind, *fields):
        with self._lock:
            if kind == "accepted":
                self._waiting.pop(fields[0], None)
                self.accepted.add(fields[0])
            elif kind == "post":
                self._post(life, *fields)
            self._lock.notify_all()

    def _post(self, life, key, text):
        lives = self._lives[key]
        if life in lives:
            self.twice_in_one_life.append(f"{key}: {text}")
        again = bool(lives) and life not in lives
        lives.add(life)
        self.in_doubt += again
        if again and self.dedup:
            return
        self.excused += again
        self.shown[text] += 1

    # What must hold.

    def answer_to(self, name):
        talk, number = self.sent[name]
        return f"done {talk} {number}"

    def unanswered(self):
        return [name for name in self.sent if not self.shown[self.answer_to(name)]]

    def wait_until_quiet(self, patience):
        """True when everything that was said is accepted and answered."""
        with self._lock:
            return self._lock.wait_for(
                lambda: not self._waiting and not self.unanswered(), patience
            )

    def lost(self):
        with self._lock:
            return sorted(set(self.unanswered()) & self.accepted)

    def never_accepted(self):
        with self._lock:
            return sorted(self._waiting)

    def strange(self):
        """What was shown and is no answer to anything."""
        with self._lock:
            answers = {self.answer_to(name) for name in self.sent}
            return sorted(text for text in self.shown if text not in answers)

    def doubled(self):
        """Shown once more than an adapter's death excuses, each with how often."""
        with self._lock:
            extra = {text: count - 1 for text, count in self.shown.items() if count > 1}
            if sum(extra.values()) <= self.excused and not self.twice_in_one_life:
                return []
            return [f"{text}: {count + 1} times" for text, count in sorted(extra.items())]
