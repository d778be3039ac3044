"""P11: what the engine makes of SQLite on the same disk."""

import json

from frame.goal import Contender, Goal, Part, Sample
from frame.scene import PROGRAMS


class Commit(Goal):
    id = "P11"
    sentence = "entries kept a second, each on the disk before the next, and in groups; against SQLite"
    parts = (
        Part(
            "grouped, beside SQLite's single",
            "grouped",
            "turns",
            reference_figure="bare",
            at_least=3,
        ),
        Part("single", "turns", "turns", figure="single", reference_figure="bare", at_least=0.8),
    )

    def contenders(self, scene) -> dict[str, Contender]:
        return {name: puts(scene, name) for name in ("turns", "grouped")}


def puts(scene, name: str) -> Contender:
    """In a folder and a process of its own: what was put before slows nobody down."""
    done = []

    def measure() -> Sample:
        done.append(name)
        key = f"{name}{len(done)}"
        program = scene.start(key, PROGRAMS / "engine_bench", name, scene.folder_for(key))
        return Sample(json.loads(program.hear()))

    return measure
