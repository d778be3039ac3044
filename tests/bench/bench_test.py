"""The benchmark's arithmetic, and that docs/performance.md is what the benchmark makes."""

import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from costs import PLACES, place as place_of
from counts import KEPT, STEPS, compare
from curves import CURVES
from frame.goal import Part, Sample, judge
from frame.processes import Process
from frame.rounds import interleave
from frame.table import summary
from goals import ALL
from report.drawing import ceiling, draw, place
from report.floors import FLOORS
from report.page import DOCS, RUN, figures, render
from soak import drift

POINTS = [{"at": at, "rate": 1e4 / at, "p99": 100.0 * at, "rss": 2048.0} for at in (1, 10, 100)]


def rounds(figures):
    """Rounds of two contenders, from pairs."""
    return [{"a": Sample({"rate": a}), "b": Sample({"rate": b})} for a, b in figures]


class JudgeTest(unittest.TestCase):
    def test_the_ratio_is_the_median_of_each_round_s_own(self):
        # The medians alone would make 20/10.
        outcome = judge(Part("x", "a", "b", at_least=2), rounds([(10, 10), (20, 5), (30, 20)]))
        self.assertEqual(outcome.ratio, 1.5)
        self.assertEqual((outcome.value, outcome.reference), (20, 10))
        self.assertEqual(outcome.spread, (1, 4))
        self.assertFalse(outcome.met)

    def test_without_a_reference_the_bound_is_about_the_value(self):
        outcome = judge(Part("x", "a", at_most=20), rounds([(10, 1), (20, 1), (90, 1)]))
        self.assertTrue(outcome.met)
        self.assertIsNone(outcome.ratio)

    def test_a_reference_may_be_there_for_comparison_alone(self):
        part = Part("x", "a", "b", at_most=10, of_value=True)
        self.assertFalse(judge(part, rounds([(11, 100)])).met)
        self.assertTrue(judge(part, rounds([(10, 1)])).met)

    def test_both_bounds_hold_their_edge(self):
        for part in (Part("x", "a", "b", at_least=2), Part("x", "a", "b", at_most=2)):
            self.assertTrue(judge(part, rounds([(20, 10)])).met)
        self.assertFalse(judge(Part("x", "a", "b", at_least=2), rounds([(19.9, 10)])).met)
        self.assertFalse(judge(Part("x", "a", "b", at_most=2), rounds([(20.1, 10)])).met)

    def test_the_worst_part_speaks_for_a_goal(self):
        class Goal:
            id = "X"

        good = judge(Part("good", "a", "b", at_least=1), rounds([(20, 10)]))
        bad = judge(Part("bad", "a", "b", at_most=1), rounds([(20, 10)]))
        told = summary(Goal, [good, bad])
        self.assertEqual((told["part"], told["met"], len(told["parts"])), ("bad", False, 2))
        self.assertTrue(summary(Goal, [good])["met"])

    def test_every_part_of_every_goal_has_one_bound(self):
        for part in (part for goal in ALL for part in goal.parts):
            with self.subTest(part=part.name):
                self.assertEqual((part.at_least is None) + (part.at_most is None), 1)


class RoundsTest(unittest.TestCase):
    def test_contenders_take_turns_and_every_other_round_goes_backwards(self):
        order = []

        def contender(name):
            return lambda: order.append(name) or Sample({})

        interleave({name: contender(name) for name in "abc"}, 3)
        self.assertEqual("".join(order), "abccbaabc")


class CountsTest(unittest.TestCase):
    def test_ten_percent_more_is_let_through_and_more_is_not(self):
        self.assertEqual(compare({"match": 110}, {"match": 100}), [])
        self.assertEqual(len(compare({"match": 111}, {"match": 100})), 1)
        self.assertEqual(len(compare({"new": 1}, {"match": 100})), 1)

    def test_every_step_has_its_count(self):
        self.assertEqual(sorted(json.loads(KEPT.read_text())), sorted(STEPS))


class CostsTest(unittest.TestCase):
    def test_a_sample_belongs_to_the_file_that_it_fell_into(self):
        self.assertEqual(place_of("tcp_sendmsg", "[kernel.kallsyms]"), "kernel")
        self.assertEqual(place_of("memcpy", "/usr/lib/x86_64-linux-gnu/libc.so.6"), "C library")
        program = "/somewhere/chathub"
        self.assertEqual(place_of("grpc_core::Call::Unref", program), "gRPC")
        self.assertEqual(place_of("pollset_work", program), "gRPC")
        self.assertEqual(place_of("google::protobuf::Arena::Free", program), "Protocol Buffers")
        self.assertEqual(place_of("memcpy$plt", program), "C library")
        self.assertEqual(place_of("chathub::v1::Event::ByteSizeLong", program), "own")
        self.assertEqual(place_of("main", program), "own")

    def test_only_goals_have_floors(self):
        self.assertLessEqual(FLOORS.keys(), {goal.id for goal in ALL})


class ProcessTest(unittest.TestCase):
    def test_one_that_has_ended_leaves_nothing_open(self):
        with tempfile.TemporaryDirectory() as folder:
            before = len(os.listdir("/proc/self/fd"))
            program = Process("cat", ["cat"], Path(folder) / "log", {})
            program.say("here")
            self.assertEqual(program.hear(), "here")
            program.end()
            program.end()
            self.assertEqual(len(os.listdir("/proc/self/fd")), before)


class SoakTest(unittest.TestCase):
    def test_the_drift_is_the_slope_behind_the_warm_up(self):
        hour = 3600.0
        memory = [(0.0, 0.0), (0.5 * hour, 999.0), (0.6 * hour, 100.0), (1.1 * hour, 600.0)]
        self.assertAlmostEqual(drift(memory, warm_up=0.55 * hour), 1000.0)
        self.assertEqual(drift(memory, warm_up=2 * hour), 0)


def section(measured) -> dict:
    """Of a run."""
    return {"command": "a/command", "when": "now", "machine": "one", "measured": measured}


class PageTest(unittest.TestCase):
    def test_the_page_and_its_drawings_are_what_the_run_makes(self):
        files = render(json.loads(RUN.read_text()))
        for name, text in files.items():
            with self.subTest(name=name):
                self.assertEqual((DOCS / name).read_text(), text, "scripts/bench makes it")
        drawings = {path.name for path in DOCS.glob("performance-*.svg")}
        self.assertEqual(drawings, {name for name in files if name.endswith(".svg")})

    def test_it_shows_every_curve_and_says_why_it_bends(self):
        made = section({c.id: POINTS for c in CURVES})
        page = render({"curves": made})["performance.md"]
        for curve in CURVES:
            self.assertIn(f"(performance-{curve.id}.svg)", page)
            self.assertIn(curve.why, page)
        self.assertIn("| 100 | 100 | 10 | 2 |", page)

    def test_a_missed_goal_is_seen(self):
        missed = judge(Part("one", "a", "b", at_least=3, unit="/s"), rounds([(20, 10)]))
        page = render({"goals": section([summary(ALL[0], [missed])])})["performance.md"]
        self.assertIn("Made by `a/command` on now", page)
        self.assertIn("| P1 | one | 20 /s | 10 | 2 | 2 to 2 |  | >= 3 | **no** |", page)
        self.assertIn(FLOORS["P1"], page)

    def test_the_runs_before_stand_beside_the_last(self):
        met = judge(Part("one", "a", "b", at_least=1), rounds([(20, 10)]))
        made = section([summary(ALL[0], [met])])
        made["earlier"] = [figures({**made, "when": "yesterday"})]
        page = render({"goals": made})["performance.md"]
        self.assertIn("Earlier runs were on yesterday.", page)
        self.assertIn("| P1 | one | 20 /s | 10 | 2 | 2 to 2 | 2 | >= 1 | yes |", page)
        self.assertNotIn(FLOORS["P1"], page)

    def test_what_a_message_costs_is_told_by_process_and_place(self):
        places = {name: 1.0 for name in PLACES}
        row = {"case": "alone", "process": "hub", "all": 6.0, "rate": 2000.0, **places}
        page = render({"costs": section([row, {**row, "process": "load"}])})["performance.md"]
        self.assertIn("| alone (2,000 /s) | hub | 6.0 | 1.0 |", page)
        self.assertIn("|  | load | 6.0 |", page)

    def test_a_drawing_has_every_point_in_its_panels(self):
        drawing = draw("Routes", "routes", POINTS)
        self.assertEqual(drawing.count("<circle"), 3 * len(POINTS))
        self.assertIn("prefers-color-scheme: dark", drawing)
        self.assertEqual([ceiling(value) for value in (1, 9.1, 0.3, 42)], [1, 10, 0.4, 50])
        self.assertEqual((place(0, 0, 100), place(100, 0, 100)), (0, 1))


if __name__ == "__main__":
    unittest.main()
