"""Single calls to the hub: through a hub's restart, in the hub's words when they fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

import grpc
import grpc.aio

from chathub._backoff import Backoff
from chathub._channel import error_of, metadata_of, open_channel
from chathub.hub_address import HubAddress, HubOptions, NotRunning, find_hub
from chathub.problem import HubError, Reason

PATIENCE = 10.0
"""Seconds that a call waits at most, also for a hub that is not there."""

Stub = Callable[[grpc.aio.Channel], Any]


class Calls(Protocol):
    """How Chat, Store and the others reach the hub; the test kit has a way without one."""

    async def unary(self, stub: Stub, method: str, request: Any, *, repeat: bool = True) -> Any:
        """The response. Unless `repeat`, a call that may have reached the hub is not made again.
        Raises HubError."""

    def stream(self, stub: Stub, method: str, request: Any) -> AsyncIterator[Any]:
        """The responses. Raises HubError when the line breaks."""


class HubCalls:
    """Calls over a channel of their own, made when first needed."""

    def __init__(self, hub: HubOptions, peer: str) -> None:
        self._hub = hub
        self._peer = peer
        self._line: tuple[HubAddress, grpc.aio.Channel] | None = None

    async def unary(self, stub: Stub, method: str, request: Any, *, repeat: bool = True) -> Any:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        backoff = Backoff()
        while True:
            try:
                return await self._try(stub, method, request, deadline - loop.time())
            except NotRunning as error:
                problem = HubError(str(error), Reason.NOT_ATTACHED)
            except grpc.aio.AioRpcError as error:
                problem = error_of(error)
                if error.code() != grpc.StatusCode.UNAVAILABLE or not repeat:
                    raise problem from None
                await self.close()
            wait = backoff.next()
            if loop.time() + wait >= deadline:
                raise problem
            await asyncio.sleep(wait)

    async def _try(self, stub: Stub, method: str, request: Any, timeout: float) -> Any:
        address, channel = self._connect()
        call = getattr(stub(channel), method)
        return await call(request, metadata=metadata_of(address, self._peer), timeout=timeout)

    async def stream(self, stub: Stub, method: str, request: Any) -> AsyncIterator[Any]:
        try:
            address, channel = self._connect()
            call = getattr(stub(channel), method)(
                request, metadata=metadata_of(address, self._peer)
            )
            async for response in call:
                yield response
        except NotRunning as error:
            raise HubError(str(error), Reason.NOT_ATTACHED) from None
        except grpc.aio.AioRpcError as error:
            raise error_of(error) from None

    def _connect(self) -> tuple[HubAddress, grpc.aio.Channel]:
        if self._line is None:
            address = find_hub(self._hub)
            self._line = address, open_channel(address, self._hub)
        return self._line

    async def close(self) -> None:
        """Forgets the channel; the next call makes a new one."""
        line, self._line = self._line, None
        if line is not None:
            await line[1].close()
