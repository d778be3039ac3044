"""Which functions run when, and what they keep."""

from kit.case import NAME, HandlerCase
from kit.line import DOWN, UP
from chathub.v1 import handlers_pb2, store_pb2, store_pb2_grpc


class WorkChecks(HandlerCase):
    def setUp(self):
        super().setUp()
        self.program = self.attach()
        self.line = self.program.line

    def stored(self, key):
        stub = store_pb2_grpc.StoreStub(self.channel())
        request = store_pb2.StoreGetRequest(key=key)
        answer = stub.Get(request, metadata=self.owner(f"handler/{NAME}"), timeout=20)
        return answer.entry.value

    def test_order(self):
        """one at a time and in order within a conversation"""
        for number in range(8):
            for room in ("left", "right"):
                seq = self.chat.hear(f"!turn {number}", room=room)
        self.chat.settle(seq)
        for room in ("left", "right"):
            self.assertEqual(self.answers(room), [f"{n}/1" for n in range(8)])

    def test_side_by_side(self):
        """conversations run side by side"""
        self.chat.hear("!pair", room="left")
        self.chat.settle(self.chat.hear("!pair", room="right"))
        self.assertEqual(self.answers("left") + self.answers("right"), ["met", "met"])

    def test_free(self):
        """a free route runs side by side within a conversation"""
        self.chat.hear("!meet")
        self.chat.settle(self.chat.hear("!meet"))
        self.assertEqual(self.answers(), ["met", "met"])

    def test_store(self):
        """a store write in the Finish counts once"""
        for event in ("one", "two", "two"):
            seq = self.chat.hear("!tally ada", service_event_id=event)
        self.chat.settle(seq)
        self.assertEqual(self.answers(), ["counted", "counted"])
        finish = self.line.wait(UP, "finish", lambda finish: finish.store_writes)
        self.assertEqual([(w.key, w.add) for w in finish.store_writes], [("tally/ada", 1)])
        self.assertEqual(self.stored("tally/ada"), b"2")

    def test_conflict(self):
        """runs again when a stored value changed meanwhile"""
        self.stored("next")
        for room in "abcd":
            seq = self.chat.hear("!next", room=room)
        self.chat.settle(seq)
        answers = [text for room in "abcd" for text in self.answers(room)]
        self.assertEqual(sorted(answers), ["1", "2", "3", "4"])
        self.assertEqual(self.stored("next"), b"4")

    def test_frames_in(self):
        """takes many deliveries of one frame"""
        for number in range(300):
            seq = self.chat.hear(f"!echo {number}", room=f"room{number % 10}")
        self.chat.settle(seq)
        for room in range(10):
            expected = [str(number) for number in range(room, 300, 10)]
            self.assertEqual(self.answers(f"room{room}"), expected)

    def test_frames_out(self):
        """puts what is ready into one frame, within the limits"""
        # The answers wait in the program: only the first 64 KiB leave without the hub's leave.
        self.line.hold(UP)
        for number in range(64):
            seq = self.chat.hear(f"!echo {number} {'x' * 4000}", room=f"room{number}")
        self.line.wait(DOWN, "delivery", lambda delivery: delivery.text.startswith("echo 63 "))
        self.line.release(UP)
        self.chat.settle(seq)
        frames = self.line.said.all(lambda said: "finish" in said.kinds())
        finishes = sum(said.kinds().count("finish") for said in frames)
        self.assertLess(len(frames), finishes, "what piled up goes together")
        for said in frames:
            self.assertLessEqual(len(said.items), 64)
            self.assertLessEqual(said.bytes, 257 * 1024)

    def test_in_flight(self):
        """holds no more than it asked for"""
        hello = self.line.wait(UP, "hello")
        most = hello.maximum_in_flight or 64
        for number in range(most + 20):
            seq = self.chat.hear("!slow 0.2", room=f"room{number}")
        self.chat.settle(seq)
        for number in range(most + 20):
            self.assertEqual(self.answers(f"room{number}"), ["done in attempt 1"])
        outcomes = {result.outcome for result in self.line.all(DOWN, "finish_result")}
        self.assertEqual(outcomes, {handlers_pb2.FINISH_OUTCOME_OK})
