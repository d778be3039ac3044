"""P6: the hub with all its processes beside Hubot, which does everything within one."""

from frame.goal import Contender, Goal, Part
from frame.hub import Hub
from frame.load import load
from frame.references import Hubot

GOALS = {10: 0.4, 100: 1.5, 1000: 20.0}  # by routes


class BesideHubot(Goal):
    id = "P6"
    sentence = "many routes cost nothing: messages a second across processes, Hubot within one"
    parts = tuple(
        Part(f"{routes} routes", f"hub, {routes}", f"hubot, {routes}", at_least=bound)
        for routes, bound in GOALS.items()
    )

    def contenders(self, scene) -> dict[str, Contender]:
        contenders = {}
        for routes in GOALS:
            hub = Hub(scene, f"hub{routes}")
            handler, program = hub.start_handler(0, routes), hub.start_load()
            hubot = Hubot(scene, f"hubot{routes}", routes)
            watched = (program, hub.process, handler)
            contenders[f"hub, {routes}"] = load(program, 64, scene.seconds, watched)
            contenders[f"hubot, {routes}"] = load(hubot.load, 1, scene.seconds, (hubot.load,))
        return contenders
