"""P7: what a text costs that is tried on all routes, beside RE2 one by one."""

from frame.goal import Contender, Goal, Part, Sample
from frame.load import await_ready
from frame.scene import BENCH_PROGRAMS

TYPICAL = (10, 100, 1_000, 10_000)
HOSTILE = 1_000


def _at(routes: int) -> str:
    return f"{routes:,} routes"


class Match(Goal):
    id = "P7"
    sentence = "a text of 100 bytes, tried on all routes; against RE2 one by one in the same process"
    parts = (
        Part("10,000 beside 10", "table, 10000", "table, 10", figure="ns", at_most=2.5, unit="ns"),
        Part("10,000 routes", "table, 10000", figure="ns", at_most=2_000, unit="ns"),
        Part("1,000 hostile routes", "table, hostile", figure="ns", at_most=15_000, unit="ns"),
        Part(_at(100), "table, 100", "one by one, 100", at_least=5),
        Part(_at(1_000), "table, 1000", "one by one, 1000", at_least=50),
        Part(_at(10_000), "table, 10000", "one by one, 10000", at_least=500),
    )

    def contenders(self, scene) -> dict[str, Contender]:
        programs = {"hostile": ("hostile", HOSTILE)}
        programs |= {str(routes): ("typical", routes) for routes in TYPICAL}
        asked = {}
        for name, (kind, routes) in programs.items():
            command = [BENCH_PROGRAMS / "match-bench", kind, str(routes)]
            program = await_ready(scene.start(f"match-{name}", *command))
            for way in ("table", "one by one"):
                asked[f"{way}, {name}"] = lambda program=program, way=way: Sample(program.ask(way))
        return asked
