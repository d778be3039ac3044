"""The goals, one a file, in the order of the table."""

from . import (
    l1_mixed,
    l2_overload,
    p01_relay,
    p02_tick,
    p03_alone,
    p04_durable,
    p05_nats,
    p06_hubot,
    p07_match,
    p08_snapshot,
    p09_memory,
    p10_gateway,
    p11_commit,
    p12_deep,
)

ALL = (
    p01_relay.Relay(),
    p02_tick.Tick(),
    p03_alone.Alone(),
    p04_durable.Durable(),
    p05_nats.BesideNats(),
    p06_hubot.BesideHubot(),
    p07_match.Match(),
    p08_snapshot.Snapshot(),
    p09_memory.Memory(),
    p10_gateway.Gateway(),
    p11_commit.Commit(),
    p12_deep.Deep(),
    l1_mixed.Mixed(),
    l2_overload.Overload(),
)
