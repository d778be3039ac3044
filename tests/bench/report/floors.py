"""Why a goal that is missed is missed, and what was tried: shown on the page while it is."""

FLOORS = {
    "P1": """\
A message through the hub costs its three processes half of what a relay with single frames costs, as
the table below shows. Five times the relay, where messages come in lots, would leave two processors
less for all three than the hub alone takes; and two thirds of that go to what a relay does not do:
read an event, find its route, keep it until it is answered, know it again. What gave most: one
thread at a time that reads, thinks and writes; items that are lent instead of copied; frames of 16
items that are written while the next frame is heard.
""",
    "P2": """\
A relay that writes once per tick pays the kernel as seldom as we do, so what is left is the thinking
that it does not do: the column "own" below, with the memory and the library calls that belong to
it, is half of the hub's time. One delivery took 66,700 instructions and 150 allocations, and takes
about 35,000 and 70 (`scripts/bench --counts`).
""",
    "P5": """\
A broker copies what it is given to whoever has its subject; the hub parses it, finds its route and
remembers it until it is answered. On an undisturbed machine, writing many items at once makes more than up
for that, and the bounds were met; on a disturbed one, where thinking is twice as dear, they are not
always.
""",
    "P6": """\
Hubot has neither network nor memory: the adapter, the hub and the handler are one process there, and
a message is a call of a function. What the hub pays for three processes is in the table below; its
matching is a twentieth of the hub's and hardly grows with the routes, Hubot's is all that it does. So the
ratio follows P1's rate.
""",
    "P10": """\
The hub takes less processor time for a message than the relay in Node.js does, its client and its
handler included, but one thread at a time thinks in it, and that one is busy for most of the time: it
parses, routes, remembers and serialises what the relay copies. Reading ahead on the socket and
reading on within a turn gave 1.00 to 1.03 of the rate, writes without the loop's wake-up fewer
system calls and no more messages, a client that writes many texts at once 0.97.
""",
    "L1": """\
Orders take turns among their authors, and a handler that answers far more than it is asked is heard
at 250 actions a second, ten at a time, and is not read on meanwhile. Before that, a thousand
answers to one message were 13 ms of processor time, some forty times a second, and p99 was three to
four times the healthy one. p50 now differs by less than a tenth. What is left of p99 is at least in part
chance: with the burner beside it, that of the healthy one is anything from 1 to 8 ms, and many times
that where the kernel puts everything on one processor.
""",
    "L2": """\
The hub turns nothing away: new events are put off while what has begun ends, its mailboxes stay
short, and what it hears is answered. Hub, handlers and adapter take both processors at the peak
already; a source that made ten times as many events itself would take one of them away.
""",
}
