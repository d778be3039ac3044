"""Measures the goals and says which are met; scripts/bench builds what it needs and calls it."""

import argparse
import sys
import traceback

from frame.rounds import measure
from frame.table import details, heading, json_line, rows
from goals import ALL


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3 short rounds instead of 7")
    parser.add_argument("--only", default="", help="these goals, for example P1,P7")
    parser.add_argument("--json", action="store_true", help="one object a line and goal")
    options = parser.parse_args()
    known = {goal.id: goal for goal in ALL}
    wanted = [id for id in options.only.upper().split(",") if id] or list(known)
    if unknown := [id for id in wanted if id not in known]:
        parser.error(f"no such goal: {', '.join(unknown)}; there are {', '.join(known)}")
    options.goals = [known[id] for id in wanted]
    return options


def main() -> int:
    options = parse()
    code = 0
    if not options.json:
        print(heading())
    for goal in options.goals:
        try:
            outcomes, measured = measure(goal, options.quick)
        except (OSError, RuntimeError) as error:
            traceback.print_exc()
            print(f"{goal.id} could not be measured: {error}", file=sys.stderr)
            code = 3
            continue
        lines = [json_line(goal, outcomes)]
        if not options.json:
            lines = [goal.sentence, *rows(goal, outcomes), *details(measured)]
        print("\n".join(lines), flush=True)
        if code == 0 and not all(outcome.met for outcome in outcomes):
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
