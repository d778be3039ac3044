"""Why a goal that is missed is missed, and what was tried: shown on the page while it is."""

FLOORS = {
    "P1": """\
A message that goes through the hub costs its three processes about half of what a relay with single
frames costs, as the table below shows; but most of the 64 travel in one lump, on which one process
works at a time while the other processor sleeps, so half the cost is not twice the rate. Frames cut
at 16 items, which let the next process begin earlier, gave 0.95 to 1.04 of the rate for a seventh
more processor time: every frame more wakes somebody, and a wake-up costs as much as a message. Five
times the relay, where messages come in lots, leaves two processors about 10 us for all three
processes; the hub alone takes nearly as much, two thirds of it for what a relay does not do: read an
event, find its route, keep it until it is answered, know it again.
""",
    "P2": """\
A relay that writes once per tick pays the kernel as seldom as we do, so what is left is the thinking
that it does not do: the column "own" below, with the memory and the library calls that belong to
it, is half of the hub's time. One delivery took 66,700 instructions and 150 allocations, and takes
about 35,000 and 70 (`scripts/bench --counts`).
""",
    "P6": """\
Hubot has neither network nor memory: the adapter, the hub and the handler are one process there, and
a message is a call of a function. What the hub pays for three processes is in the table below; its
matching is a twentieth of the hub's and hardly grows with the routes, Hubot's is all that it does. So the
ratio follows P1's rate.
""",
    "P10": """\
The hub takes less processor time for a message than the relay in Node.js does, its client and its
handler included, but one thread at a time thinks in it, and that one is busy: it parses, routes,
remembers and serialises what the relay copies. To be 1.2 times as fast it would have to take 8.8 us
for a message. Reading ahead on the socket and reading on within a turn gave 1.00 to 1.03 of the
rate, writes without the loop's wake-up fewer system calls and no more messages.
""",
    "L1": """\
Orders take turns among their authors, and of one author at most 64 are out at a time, so the flood
waits behind itself. What is left is the processor: the flood's own orders are work for the hub and
for the adapter, on two processors that the burner keeps busy too.
""",
}
