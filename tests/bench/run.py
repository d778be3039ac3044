"""Measures the goals and says which are met; scripts/bench builds what it needs and calls it."""

import argparse
import json
import sys
import traceback

import costs
import counts
import curves
import soak
from frame.rounds import measure
from frame.table import details, heading, rows, summary
from goals import ALL
from report.page import keep


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3 short rounds instead of 7")
    parser.add_argument("--only", default="", help="these goals, for example P1,P7")
    parser.add_argument("--json", action="store_true", help="one object a line and goal")
    parser.add_argument("--keep", action="store_true", help="write what was measured into its file")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--curves", action="store_true", help="how the hub grows, for its page")
    instead.add_argument("--costs", action="store_true", help="where a message's time goes")
    instead.add_argument("--counts", action="store_true", help="instructions of single steps")
    instead.add_argument("--soak", type=float, metavar="MINUTES", help="load and churn for so long")
    options = parser.parse_args()
    known = {goal.id: goal for goal in ALL}
    wanted = [id for id in options.only.upper().split(",") if id] or list(known)
    if unknown := [id for id in wanted if id not in known]:
        parser.error(f"no such goal: {', '.join(unknown)}; there are {', '.join(known)}")
    options.goals = [known[id] for id in wanted]
    return options


def command() -> str:
    """What a person typed, or could have."""
    return " ".join(["scripts/bench", *sys.argv[1:]])


def measure_goals(options: argparse.Namespace) -> int:
    """An exit code."""
    code = 0
    if not options.json:
        print(heading())
    summaries = []
    for goal in options.goals:
        try:
            outcomes, measured = measure(goal, options.quick)
        except (OSError, RuntimeError) as error:
            traceback.print_exc()
            print(f"{goal.id} could not be measured: {error}", file=sys.stderr)
            code = 3
            continue
        summaries.append(summary(goal, outcomes))
        lines = [json.dumps(summaries[-1])]
        if not options.json:
            lines = [goal.sentence, *rows(goal, outcomes), *details(measured)]
        print("\n".join(lines), flush=True)
        if code == 0 and not all(outcome.met for outcome in outcomes):
            code = 1
    if options.keep and code != 3:
        keep("goals", summaries, command())
    return code


def main() -> int:
    options = parse()
    if options.counts:
        return counts.run(options.keep)
    if options.soak:
        return soak.run(options.soak)
    if options.costs:
        keep("costs", costs.measure(), command())
        return 0
    if options.curves:
        keep("curves", curves.measure(options.quick), command())
        return 0
    return measure_goals(options)


if __name__ == "__main__":
    sys.exit(main())
