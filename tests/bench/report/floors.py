"""Why a goal that is missed is missed, and what was tried: shown on the page while it is."""

FLOORS = {
    "P1": """\
Undisturbed, a message through the hub cost its three processes 16.6 us and through a relay with single
frames 33.9 (`--costs` on 2026-11-22 at 02:14), and the first and the second were met; disturbed, as in
the table below, both cost about the same. Five times the relay, where messages come in lots, would leave
two processors less for all three than the hub alone takes; and two thirds of that go to what a relay does
not do: read an event, find its route, keep it until it is answered, know it again. What gave most: one
thread at a time that reads, thinks and writes; items that are lent instead of copied; frames of 16
items that are written while the next frame is heard.
""",
    "P2": """\
A relay that writes once per tick pays the kernel as seldom as we do, so what is left is the thinking
that it does not do: parse, match, route, remember, serialise. One delivery took 66,700 instructions and
150 allocations, and takes about 35,000 and 70 (`scripts/bench --counts`); apart from the allocator's, no
function takes 4 % of them. On an undisturbed machine that was 0.7 of the relay, which has gained more
than the hub by having gRPC in the program. Tried without gain: -O2 (0.88), compiling many files as one,
huge pages for jemalloc (0.93 of the processor time, 30 MB more), a mutex that spins.
""",
    "P4": """\
Where everything is answered at once, no entry is written, and the instructions are 2 % more than in memory
(`scripts/bench --counts`: delivery, durable). From run to run the ratio is 0.66 to 1.1 all the same;
why is not shown.
""",
    "P5": """\
A broker copies what it is given to whoever has its subject; the hub parses it, finds its route and
remembers it until it is answered. On an undisturbed machine, writing many items at once makes more than up
for that, and the bounds were met; on a disturbed one, where thinking is twice as dear, they are not
always: the table below has what it costs there. With eight handlers an item has a frame of its own more
often, which gRPC and the kernel are paid for.
""",
    "P6": """\
Hubot has neither network nor memory: the adapter, the hub and the handler are one process there, and
a message is a call of a function. What the hub pays for three processes is in the table below; its
matching is a twentieth of the hub's and hardly grows with the routes, Hubot's is all that it does. So the
ratio follows P1's rate.
""",
    "P10": """\
The hub parses, routes, remembers and serialises what the relay copies: on 2026-11-22 at 06:48 that took
38.5 us of processor time for a message, the relay in Node.js 19.3. 1.2 times the relay would leave two
processors 33 us for hub, handler and client together, and the latter two took 27. Reading ahead on the
socket and reading on within a turn gave 1.00 to 1.03 of the rate, writes without the loop's wake-up fewer
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
