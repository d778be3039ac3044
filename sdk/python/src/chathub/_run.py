"""Runs a peer as a whole program: its event loop, signals, log and exit code."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from typing import Protocol

from chathub._log import FORMAT, PeerLog
from chathub.problem import Refused, SetUpWrongly

# What still runs so many seconds after the end, for example a thread, is left behind.
_LAST_PATIENCE = 2.0


class Peer(Protocol):
    """A Handler or an Adapter."""

    async def serve(self) -> None: ...
    def stop(self) -> None: ...


def run_program(peer: Peer, log: PeerLog) -> None:
    """Until the peer has ended. SystemExit(1): refused by the hub; (2): set up wrongly."""
    logging.basicConfig(level=logging.INFO, format=FORMAT)  # unless the author has done it
    last_resort = threading.Timer(_LAST_PATIENCE, os._exit, [1])
    last_resort.daemon = True
    try:
        asyncio.run(_serve_until_signal(peer, log, last_resort))
    except Refused as refusal:
        log.error(f"refused by the hub: {refusal}")
        raise SystemExit(1) from None
    except SetUpWrongly as error:
        log.error(str(error))
        raise SystemExit(2) from None
    finally:
        last_resort.cancel()


async def _serve_until_signal(peer: Peer, log: PeerLog, last_resort: threading.Timer) -> None:
    signals_heard = 0

    def hear_signal() -> None:
        nonlocal signals_heard
        signals_heard += 1
        if signals_heard > 1:
            os._exit(1)
        log.info("told to end; finishing what is held")
        peer.stop()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, hear_signal)
    try:
        await peer.serve()
    finally:
        last_resort.start()
