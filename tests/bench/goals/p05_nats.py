"""P5: the hub beside request and reply through a NATS server."""

from frame.goal import Contender, Goal, Part
from frame.hub import Hub
from frame.load import load
from frame.references import Nats, Redis


class BesideNats(Goal):
    id = "P5"
    sentence = "as fast as request and reply through NATS, which routes by name and keeps nothing"
    parts = (
        Part("64 under way", "hub", "nats", at_least=1.0),
        Part("64 under way, 8 handlers", "hub, 8", "nats, 8", at_least=0.65),
        Part("1 under way", "hub, 1", "nats, 1", at_least=0.55),
    )

    def contenders(self, scene) -> dict[str, Contender]:
        one = Hub(scene, "hub")
        handler, hub_load = one.start_handler(0, 100), one.start_load()
        eight = Hub(scene, "hub8")
        for number in range(8):
            eight.start_handler(number, 12)
        hub8_load = eight.start_load(handlers=8)
        nats, nats8 = Nats(scene, "nats"), Nats(scene, "nats8", echoes=8)
        redis = Redis(scene, "redis")

        def contender(program, window, *watched) -> Contender:
            return load(program, window, scene.seconds, (program, *watched))

        return {
            "hub": contender(hub_load, 64, one.process, handler),
            "nats": contender(nats.load, 64, nats.process, nats.echoes[0]),
            "hub, 8": contender(hub8_load, 64, eight.process),
            "nats, 8": contender(nats8.load, 64, nats8.process),
            "hub, 1": contender(hub_load, 1, one.process, handler),
            "nats, 1": contender(nats.load, 1, nats.process, nats.echoes[0]),
            # No goal: redis is shown because people ask.
            "redis": contender(redis.load, 64, redis.process, redis.echoes[0]),
            "redis, 1": contender(redis.load, 1, redis.process, redis.echoes[0]),
        }
