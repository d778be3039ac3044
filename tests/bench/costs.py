"""What one message costs: processor time in each process, and where it goes.

`scripts/bench --costs` shows why a goal is missed that is missed: what of its message's cost is
the kernel's, gRPC's and Protocol Buffers', which a bare relay pays too, and what is the hub's own.
Sampled by perf.
"""

import collections
import dataclasses
import re
import subprocess
from collections.abc import Callable, Sequence

from frame.hub import Hub
from frame.load import load
from frame.processes import Process
from frame.references import GrpcRelay, WebSocketRelay
from frame.scene import Scene

SECONDS = 3.0
PER_SECOND = 1_999  # samples of each processor

# By the library that the instruction is in, or by its function in a program, which gRPC, Protocol
# Buffers and Abseil are part of: the first that matches. gRPC has many functions with names as in C.
IN_LIBRARY = (
    ("kernel", re.compile(r"^\[kernel|^\[unknown|^\[guest")),
    ("gRPC", re.compile(r"libssl|libcrypto")),
    ("memory", re.compile(r"libjemalloc")),
    ("C library", re.compile(r"libc\.so|libc-|libstdc|libpthread|ld-linux|^\[vdso|libm\.so")),
)
IN_PROGRAM = (
    ("gRPC", re.compile(r"^(grpc|absl::|upb|gpr_|(?!main$)[a-z]\w*$)")),
    ("Protocol Buffers", re.compile(r"^google::protobuf")),
    ("C library", re.compile(r"\$plt$")),
)
PLACES = ("kernel", "gRPC", "Protocol Buffers", "memory", "C library", "own")


@dataclasses.dataclass(frozen=True)
class Case:
    """Starts what it needs; gives the load program and all processes, the one in question first."""

    title: str
    window: int
    set_up: Callable[[Scene], tuple[Process, Sequence[Process]]]
    lot: int = 1


def through_hub(handlers: int = 1, engine: str = "memory"):
    def set_up(scene: Scene) -> tuple[Process, Sequence[Process]]:
        hub = Hub(scene, engine=engine)
        peers = [hub.start_handler(number, 100 // handlers) for number in range(handlers)]
        program = hub.start_load(handlers)
        return program, (hub.process, *peers, program)

    return set_up


def through_relay(way: str, echoes: int = 1):
    def set_up(scene: Scene) -> tuple[Process, Sequence[Process]]:
        relay = GrpcRelay(scene, "relay", way, echoes)
        return relay.load, (relay.process, *relay.echoes, relay.load)

    return set_up


def through_gateway(scene: Scene) -> tuple[Process, Sequence[Process]]:
    hub = Hub(scene, gateway=True, toml="[gateway]\nframes_per_second = 1_000_000\n")
    handler, client = hub.start_handler(0, 100), hub.start_wnet_load(1)
    return client, (hub.process, handler, client)


def through_beast(scene: Scene) -> tuple[Process, Sequence[Process]]:
    relay = WebSocketRelay(scene, "relay", "beast")
    return relay.load, (relay.process, *relay.echoes, relay.load)


CASES = (
    Case("P1, P2, P6: 64 under way", 64, through_hub()),
    Case("P1: messages come in lots of 32", 64, through_hub(), lot=32),
    Case("a bare relay, single frames", 64, through_relay("single")),
    Case("a bare relay, a frame per tick", 64, through_relay("tick")),
    Case("P1, P5: 8 handlers", 64, through_hub(handlers=8)),
    Case("a bare relay, 8 echoes", 64, through_relay("single", echoes=8)),
    Case("P3, P5: 1 under way", 1, through_hub()),
    Case("a bare relay, 1 under way", 1, through_relay("single")),
    Case("P4: 64 under way, SQLite", 64, through_hub(engine="sqlite")),
    Case("P10: through the gateway", 64, through_gateway),
    Case("a bare relay of WebSockets, in Beast", 64, through_beast),
)


def role(process: Process, processes: Sequence[Process]) -> str:
    """The one in question, those behind it together, and the load."""
    if process is processes[0]:
        return "relay" if "relay" in process.name else "hub"
    if process is processes[-1]:
        return "load"
    return "handlers" if len(processes) > 3 else "handler"


def place(function: str, file: str) -> str:
    is_library = ".so" in file or file.startswith("[")
    patterns, text = (IN_LIBRARY, file) if is_library else (IN_PROGRAM, function)
    return next((name for name, pattern in patterns if pattern.search(text)), "own")


def sample(processes: Sequence[Process], file: str, measure: Callable):
    """What `measure` gives, and how many samples fell where: by process and place."""
    pids = ",".join(str(process.pid) for process in processes)
    command = ["perf", "record", "-q", "-e", "cpu-clock", "-F", str(PER_SECOND), "-o", file]
    recorder = subprocess.Popen([*command, "-p", pids], stderr=subprocess.PIPE, text=True)
    measured = measure()
    recorder.terminate()
    problem = recorder.communicate()[1]
    shown = ["perf", "script", "-i", file, "-F", "pid,ip,sym,dso"]
    lines = subprocess.run(shown, capture_output=True, text=True, check=True).stdout
    samples = collections.Counter()
    for pid, *where in re.findall(r"^ *(\d+) +[0-9a-f]+ (.*) \((.*)\)$", lines, re.MULTILINE):
        samples[int(pid), place(*where)] += 1
    if not samples:
        raise RuntimeError(f"perf took no samples: {problem}")
    return measured, samples


def measure_case(case: Case) -> list[dict]:
    """A row for each role: microseconds a message, by place."""
    with Scene(quick=False) as scene:
        program, processes = case.set_up(scene)
        load(program, case.window, 1.0, (), case.lot)()
        turn = load(program, case.window, SECONDS, processes, case.lot)
        measured, samples = sample(processes, str(scene.folder / "samples"), turn)
    rows = {}
    for process in processes:
        name = role(process, processes)
        row = rows.setdefault(name, {"case": case.title, "process": name, "all": 0.0})
        cost = measured.cpu[process.name]
        row["all"] += cost
        own = {where: samples[process.pid, where] for where in PLACES}
        for where, count in own.items():
            row[where] = row.get(where, 0.0) + cost * count / max(sum(own.values()), 1)
    return [{**row, "rate": measured.figures["rate"]} for row in rows.values()]


def measure() -> list[dict]:
    rows = []
    for case in CASES:
        rows += measure_case(case)
        for row in rows[-3:]:
            print(", ".join(f"{key} {show(value)}" for key, value in row.items()), flush=True)
    return rows


def show(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:,.1f}"
