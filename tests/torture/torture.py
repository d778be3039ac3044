"""Kills a hub, its adapter and its handlers at random moments, and looks at the chat from outside."""

import argparse
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))

from chat import Chat  # noqa: E402
from harness import PROGRAMS  # noqa: E402
from harness.hub import Hub  # noqa: E402
from harness.stream import metadata_of, open_channel  # noqa: E402
from peer import Peer  # noqa: E402

TALKS = [f"t{number}" for number in range(8)]
HANDLERS = 3
QUIET = 90  # seconds
CONFIGURATION = 'adapter = "torture"\n'

# What a round kills, and whether the chat service deduplicates. One after the other.
ROUNDS = [
    ("hub, adapter and handlers; the service deduplicates", True, ("hub", "adapter", "handler")),
    ("hub and handlers; the service does not deduplicate", False, ("hub", "handler")),
    ("hub, adapter and handlers; the service does not deduplicate", False,
     ("hub", "adapter", "handler")),
]


class Torture:
    def __init__(self, seed, engine):
        self.random = random.Random(seed)
        self.chat = Chat()
        self.hub = Hub(CONFIGURATION + f'[engine]\nkind = "{engine}"\n')
        self.log = self.hub.open_log()
        self.numbers = dict.fromkeys(TALKS, 0)
        self.starts = []
        self.lock = threading.Lock()
        self.kills = 0

    def begin(self):
        self.hub.start()
        programs = PROGRAMS.parent / "torture"
        self.handlers = [
            Peer(programs / "chathub-torture-handler", self.hub.data, self.log, self.hear_start)
            for _ in range(HANDLERS)
        ]
        self.adapter = Peer(programs / "chathub-torture-adapter", self.hub.data, self.log,
                            self.chat.hear, ["--dedup"])
        # A message that matches no route is accepted and forgotten.
        self.hub.command("peers", "--wait", "handler/torture", "--timeout", "30")

    def hear_start(self, _, kind, moment, talk, number):
        with self.lock:
            self.starts.append((int(moment), talk, int(number)))

    # One round.

    def round(self, number):
        _, dedup, victims = ROUNDS[number % len(ROUNDS)]
        self.choose_service(dedup)
        end = time.monotonic() + self.random.uniform(0.4, 1.2)
        kills = sorted(
            (time.monotonic() + self.random.uniform(0.05, 1.0), victim)
            for victim in victims
            for _ in range(self.random.choice((1, 1, 2)))
        )
        while time.monotonic() < end or kills:
            if kills and time.monotonic() >= kills[0][0]:
                self.kill(kills.pop(0)[1])
            self.say(self.random.randint(1, 12))
            time.sleep(self.random.uniform(0, 0.02))
        if not self.chat.wait_until_quiet(QUIET):
            lost, waiting = self.chat.lost(), self.chat.never_accepted()
            return f"not quiet after {QUIET} s: lost {lost[:5]}, never accepted {waiting[:5]}"
        return next(iter(self.chat.doubled() + self.chat.strange()), None)

    def choose_service(self, dedup):
        """Another service means another adapter process; nothing is in flight."""
        if dedup == self.chat.dedup:
            return
        self.adapter.kill()
        self.chat.dedup = dedup
        self.adapter.arguments = ["--dedup"] if dedup else []
        self.start_adapter()

    def say(self, count):
        for _ in range(count):
            talk = self.random.choice(TALKS)
            self.numbers[talk] += 1
            self.adapter.write(self.chat.say(talk, self.numbers[talk]))

    def kill(self, victim):
        self.kills += 1
        if victim == "hub":
            self.hub.kill()
            self.hub.start()
        elif victim == "adapter":
            self.adapter.kill()
            self.start_adapter()
        else:
            handler = self.random.choice(self.handlers)
            handler.kill()
            handler.start()

    def start_adapter(self):
        self.adapter.start()
        for line in self.chat.unaccepted():
            self.adapter.write(line)

    # What must hold at the end.

    def inverted(self):
        """Messages of one talk whose work first began after that of a later one."""
        found = []
        first = {}
        for moment, talk, number in sorted(self.starts):
            first.setdefault((talk, number), moment)
        for talk in TALKS:
            begun = sorted((n, moment) for (t, n), moment in first.items() if t == talk)
            for (n, moment), (later, later_moment) in zip(begun, begun[1:]):
                if later_moment < moment:
                    found.append(f"{talk}: {later} began before {n}")
        return found

    def miscounted(self):
        """Talks whose count in the store is not the number of their messages."""
        from chathub.v1 import store_pb2, store_pb2_grpc

        found = []
        with open_channel(self.hub.target) as channel:
            store = store_pb2_grpc.StoreStub(channel)
            metadata = metadata_of(self.hub.token, "handler/torture")
            for talk in TALKS:
                if ord(talk[-1]) % 2 == 0 or not self.numbers[talk]:
                    continue
                request = store_pb2.StoreGetRequest(key=f"count/{talk}")
                entry = store.Get(request, metadata=metadata, timeout=20).entry
                if int(entry.value or b"0") != self.numbers[talk]:
                    found.append(f"{talk}: counted {entry.value} of {self.numbers[talk]}")
        return found

    def end(self):
        for peer in [*self.handlers, self.adapter]:
            peer.kill()
        complaint = self.hub.end() or self.check_store()
        self.log.close()
        self.hub.remove()
        return complaint


    def check_store(self):
        """What `chathub store check` complains of, if anything."""
        command = [PROGRAMS / "chathub", "store", "check", "--data", self.hub.data]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        return None if done.returncode == 0 else done.stdout + done.stderr


def main():
    parser = argparse.ArgumentParser(prog="scripts/torture")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--engine", default="sqlite")
    options = parser.parse_args()
    print(f"seed {options.seed}; each round kills one of these", flush=True)
    for what, _, _ in ROUNDS:
        print(f"  {what}", flush=True)
    torture = Torture(options.seed, options.engine)
    witness = None
    try:
        torture.begin()
        for number in range(options.rounds):
            witness = torture.round(number)
            chat = torture.chat
            print(f"round {number + 1}: {len(chat.accepted)} accepted, {torture.kills} kills",
                  flush=True)
            if witness:
                break
        dead = torture.hub.command("dead", "list")
        counted = torture.miscounted()
    finally:
        log = torture.hub.log()
        complaint = torture.end()
    return report(options.seed, torture, dead, counted, witness or complaint, log)


def report(seed, torture, dead, counted, witness, log):
    chat = torture.chat
    lost, doubled, inverted = chat.lost(), chat.doubled(), torture.inverted()
    doubled += chat.twice_in_one_life + counted
    answered = len(chat.accepted) - len(lost)
    first = next(
        (found[0] for found in (lost, doubled, inverted, [d["id"] for d in dead]) if found), witness
    )
    if first:
        print(f"the end of the hub's log:\n{log[-4000:]}")
        print(f"seed {seed}: {first}")
    print(
        f"accepted={len(chat.accepted)} answered={answered} dead={len(dead)} lost={len(lost)} "
        f"doubled={len(doubled)} in_doubt={chat.in_doubt} inverted={len(inverted)}"
    )
    return 1 if first else 0


if __name__ == "__main__":
    sys.exit(main())
