"""Waiting for what must come: with a deadline, woken by the thing itself, never by a bare sleep."""

import threading
import time

# Generous: a test fails by it only when what it waits for never comes. Seconds.
DEADLINE = 25.0


class Log:
    """What was heard, in order; any thread may add and any thread may wait."""

    def __init__(self):
        self._entries = []
        self._changed = threading.Condition()
        self._closed = None

    def add(self, entry):
        with self._changed:
            self._entries.append(entry)
            self._changed.notify_all()

    def close(self, why):
        """Nothing comes any more: those who wait give up at once and say why."""
        with self._changed:
            self._closed = why
            self._changed.notify_all()

    def all(self, match=lambda entry: True):
        with self._changed:
            return [entry for entry in self._entries if match(entry)]

    def wait(self, match=lambda entry: True, count=1, timeout=DEADLINE):
        """The first entry that matches; of several that are waited for, all of them as a list."""
        until = time.monotonic() + timeout
        with self._changed:
            while True:
                found = [entry for entry in self._entries if match(entry)]
                if len(found) >= count:
                    return found[0] if count == 1 else found[:count]
                left = until - time.monotonic()
                if left <= 0 or self._closed is not None:
                    raise AssertionError(self._lament(count, len(found), timeout))
                self._changed.wait(left)

    def _lament(self, wanted, got, timeout):
        why = f"nothing more can come: {self._closed}" if self._closed else f"after {timeout:g} s"
        tail = "\n".join(f"  {str(entry)[:300]!r}" for entry in self._entries[-10:])
        return f"waited for {wanted}, got {got} ({why}); the last of what was heard:\n{tail}"


def wait_until(condition, what, timeout=DEADLINE):
    """Polls what cannot wake us (files, processes); returns the first true value."""
    until = time.monotonic() + timeout
    while not (value := condition()):
        if time.monotonic() > until:
            raise AssertionError(f"{what}: not after {timeout:g} s")
        time.sleep(0.01)
    return value
