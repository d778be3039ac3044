"""A scripted peer as its own process, so that it can be killed, stopped and continued.

In the test: `Child(...)`. The process prints what it hears as lines of JSON and takes orders, one a
line: `release` finishes what a handler holds, `say TEXT` is said in an adapter's chat.
"""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

from .waiting import DEADLINE, Log


class Child:
    """Runs this file. `options` go to the peer: see `_run_handler` and `_run_adapter`."""

    def __init__(self, kind, target, token, **options):
        command = ["setpriv", "--pdeathsig", "KILL", sys.executable, "-m", "harness.child"]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            cwd=Path(__file__).resolve().parents[1],
        )
        self.heard = Log()
        threading.Thread(target=self._read, daemon=True).start()
        # Not as an argument: the process list is for everybody to read.
        self.order(json.dumps({"kind": kind, "target": target, "token": token, **options}))
        self.wait("hello_ok")

    def _read(self):
        with self._process.stdout as lines:
            for line in lines:
                self.heard.add(json.loads(line))
        self.heard.close("the process ended")

    def order(self, line):
        self._process.stdin.write(line + "\n")

    def wait(self, kind, timeout=DEADLINE, count=1, **fields):
        """What the process heard, of one kind, with these fields."""
        return self.heard.wait(
            lambda entry: entry["kind"] == kind
            and all(entry.get(key) == fields[key] for key in fields),
            count,
            timeout,
        )

    def all(self, kind):
        return self.heard.all(lambda entry: entry["kind"] == kind)

    @property
    def pid(self):
        return self._process.pid

    def stop(self):
        """It lives, but does nothing more until `go_on`."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self._process.send_signal(signal.SIGCONT)

    def kill(self):
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()


def _report(kind, **fields):
    # In one piece: several threads report.
    sys.stdout.write(json.dumps({"kind": kind, **fields}) + "\n")
    sys.stdout.flush()


def _run_handler(target, token, name, words, answer=None, **hello):
    """Waits for command words; `answer` is what it says, without it everything is held."""
    from .handler import ScriptedHandler
    from .words import command

    held = []

    def hear(delivery):
        # First: the test may stop this process, and have it release what it holds, once it knows.
        held.append(delivery)
        _report("delivery", id=delivery.id, attempt=delivery.attempt, text=delivery.text)
        return answer

    routes = [command(word) for word in words]
    handler = ScriptedHandler(target, token, name, routes, answers=hear, **hello)
    handler.attach()
    _report("hello_ok")
    _in_background(_report_each, handler, "finish_result", _report_result)
    _in_background(_report_end, handler)
    for line in sys.stdin:
        if line.strip() == "release":
            for delivery in held:
                handler.finish(delivery, "late answer")


def _in_background(function, *arguments):
    threading.Thread(target=function, args=arguments, daemon=True).start()


def _report_each(peer, kind, report):
    seen = 0
    while True:
        try:
            peer.wait(kind, count=seen + 1, timeout=1e6)
        except AssertionError:
            return  # The stream ended.
        report(peer.all(kind)[seen])
        seen += 1


def _report_result(result):
    _report("finish_result", id=result.delivery, outcome=result.outcome)


def _report_texts(order):
    from .words import texts_of

    for text in texts_of(order):
        _report("text", text=text)


def _report_end(peer):
    _report("ended", code=peer.stream.wait_end(timeout=1e6).name)


def _run_adapter(target, token, name="shell", **hello):
    """Attaches and does every order."""
    from .adapter import ScriptedAdapter

    adapter = ScriptedAdapter(target, token, name, **hello)
    adapter.attach()
    _report("hello_ok")
    _in_background(_report_each, adapter, "order", _report_texts)
    _in_background(_report_end, adapter)
    for line in sys.stdin:
        adapter.hear(line.strip().removeprefix("say "))


def _main():
    options = json.loads(sys.stdin.readline())
    run = {"handler": _run_handler, "adapter": _run_adapter}[options.pop("kind")]
    run(**options)


if __name__ == "__main__":
    _main()
