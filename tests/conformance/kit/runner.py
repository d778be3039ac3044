"""Runs checks side by side, each a test with a hub of its own, and prints what became of each."""

import json
import queue
import threading
import time
import unittest
from collections import Counter

PASSED = "passed"
FAILED = "failed"
# It cannot pass, and the cell says why.
EXPLAINED = "explained"


def run(modules, command, words, jobs):
    """{row: {"result", "seconds"}} of every check whose name or row has one of the words."""
    tests = [test for module in modules for test in _tests_of(module)]
    chosen = [test for test in tests if not words or any(_has(test, word) for word in words)]
    for test in chosen:
        type(test).command = tuple(command)
    waiting = queue.SimpleQueue()
    for test in chosen:
        waiting.put(test)
    # In the order of the rows, whichever ends first.
    results = {_row(test): None for test in chosen}
    workers = [threading.Thread(target=_work, args=(waiting, results)) for _ in range(jobs)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return results


def _tests_of(module):
    """In the order in which they are written."""
    for case in vars(module).values():
        if isinstance(case, type) and case.__module__ == module.__name__:
            yield from (case(name) for name in vars(case) if name.startswith("test_"))


def _row(test):
    return test.shortDescription()


def _has(test, word):
    return word in test.id() or word in _row(test)


def _work(waiting, results):
    while True:
        try:
            test = waiting.get_nowait()
        except queue.Empty:
            return
        outcome = unittest.TestResult()
        began = time.monotonic()
        test.run(outcome)
        seconds = time.monotonic() - began
        for _, trace in outcome.failures + outcome.errors:
            print(f"--- {_row(test)}\n{trace}", flush=True)
        results[_row(test)] = {**_cell(outcome), "seconds": round(seconds, 1)}


def _cell(outcome):
    if not outcome.wasSuccessful():
        return {"result": FAILED}
    if outcome.skipped:
        return {"result": EXPLAINED, "why": outcome.skipped[0][1]}
    return {"result": PASSED}


def report(results):
    """Prints one line for each check; the exit code."""
    width = max(map(len, results), default=0)
    for row, cell in results.items():
        print(f"{row:{width}}  {cell['result']:9}  {cell['seconds']:5.1f} s  {cell.get('why', '')}")
    count = Counter(cell["result"] for cell in results.values())
    print(f"{count[PASSED]} passed, {count[FAILED]} failed, {count[EXPLAINED]} explained")
    return 1 if count[FAILED] or not results else 0


def save(results, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False))
