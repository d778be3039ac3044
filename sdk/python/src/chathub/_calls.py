"""Single calls to the hub: through a hub's restart, in the hub's words when they fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
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


class _Line:
    """A channel that several calls use; one that is retired is closed behind the last of them."""

    def __init__(self, address: HubAddress, channel: grpc.aio.Channel) -> None:
        self.address = address
        self.channel = channel
        self.users = 0
        self.retired = False

    async def close_if_unused(self) -> None:
        if self.retired and self.users == 0:
            await self.channel.close()


class HubCalls:
    """Calls over a channel of their own, made when first needed."""

    def __init__(self, hub: HubOptions, peer: str) -> None:
        self._hub = hub
        self._peer = peer
        self._line: _Line | None = None

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
            wait = backoff.next()
            if loop.time() + wait >= deadline:
                raise problem
            await asyncio.sleep(wait)

    async def _try(self, stub: Stub, method: str, request: Any, timeout: float) -> Any:
        async with self._connected() as line:
            call = getattr(stub(line.channel), method)
            metadata = metadata_of(line.address, self._peer)
            return await call(request, metadata=metadata, timeout=timeout)

    async def stream(self, stub: Stub, method: str, request: Any) -> AsyncIterator[Any]:
        try:
            async with self._connected() as line:
                metadata = metadata_of(line.address, self._peer)
                async for response in getattr(stub(line.channel), method)(
                    request, metadata=metadata
                ):
                    yield response
        except NotRunning as error:
            raise HubError(str(error), Reason.NOT_ATTACHED) from None
        except grpc.aio.AioRpcError as error:
            raise error_of(error) from None

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[_Line]:
        """After a failure the next call looks for the hub again, on a channel of its own."""
        if self._line is None:
            address = find_hub(self._hub)
            self._line = _Line(address, open_channel(address, self._hub))
        line = self._line
        line.users += 1
        try:
            yield line
        except grpc.aio.AioRpcError as error:
            if error.code() == grpc.StatusCode.UNAVAILABLE:
                self._retire(line)
            raise
        finally:
            line.users -= 1
            await line.close_if_unused()

    def _retire(self, line: _Line) -> None:
        line.retired = True
        if self._line is line:
            self._line = None

    async def close(self) -> None:
        """Forgets the channel; a later call makes a new one."""
        if (line := self._line) is not None:
            self._retire(line)
            await line.close_if_unused()
