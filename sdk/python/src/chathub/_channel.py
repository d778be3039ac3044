"""The gRPC channel to a hub, what every call on it must carry, and what its failures mean."""

from __future__ import annotations

from pathlib import Path
from typing import Union

import grpc
import grpc.aio

from chathub._tls import Tls
from chathub.hub_address import HubAddress, HubOptions
from chathub.internal.rpc_status_pb2 import RpcStatus
from chathub.problem import HubError, Reason, SetUpWrongly
from chathub.v1 import problem_pb2 as wire

_OPTIONS: list[tuple[str, object]] = [
    # A hub that went silent is noticed within 15 s.
    ("grpc.keepalive_time_ms", 10_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    # Later gRPCs wait for the answer to a ping so long instead, and for 60 s if nothing is said.
    ("grpc.http2.ping_timeout_ms", 5_000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.max_pings_without_data", 0),
    # What gRPC calls the least time between two attempts is also the time one attempt may take.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 5_000),
    ("grpc.max_reconnect_backoff_ms", 5_000),
    # Otherwise a new channel would wait out the failures of another one to the same target.
    ("grpc.use_local_subchannel_pool", 1),
    # A proxy for the web must not come between a program and the hub on its own machine.
    ("grpc.enable_http_proxy", 0),
]
# Trying again does not cure these.
_FINAL = (
    grpc.StatusCode.UNAUTHENTICATED,
    grpc.StatusCode.PERMISSION_DENIED,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.ALREADY_EXISTS,
    grpc.StatusCode.NOT_FOUND,
    # Whatever listens there is no hub, or one that does not know us.
    grpc.StatusCode.UNIMPLEMENTED,
)

Failure = Union[grpc.aio.AioRpcError, grpc.aio.Call]


def open_channel(address: HubAddress, options: HubOptions) -> grpc.aio.Channel:
    """Connects with its first call and shares nothing with other channels, so a new one tries the
    network at once. To be called on the event loop that uses it."""
    arguments = list(_OPTIONS)
    if options.server_name:
        arguments.append(("grpc.ssl_target_name_override", options.server_name))
    if address.tls:
        return grpc.aio.secure_channel(address.target, _credentials(address.tls), arguments)
    return grpc.aio.insecure_channel(address.target, arguments)


def _credentials(tls: Tls) -> grpc.ChannelCredentials:
    return grpc.ssl_channel_credentials(
        root_certificates=_pem(tls.root_certificates),
        private_key=_pem(tls.key),
        certificate_chain=_pem(tls.certificate),
    )


def _pem(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes() if path else None
    except OSError as error:
        raise SetUpWrongly(f"a certificate or key cannot be read: {error}") from error


def metadata_of(address: HubAddress, peer: str = "") -> list[tuple[str, str]]:
    """The token; and who calls, for example `handler/karma`: streams say that in their hello."""
    metadata = [("authorization", f"Bearer {address.token}")]
    if peer:
        metadata.append(("chathub-peer", peer))
    return metadata


def is_final(code: grpc.StatusCode) -> bool:
    return code in _FINAL


def error_of(error: grpc.aio.AioRpcError) -> HubError:
    """In the hub's own words where there are some, else in gRPC's."""
    problem = problem_of(error.trailing_metadata())
    if problem is not None:
        found = HubError.from_wire(problem)
        found.detail = found.detail or error.details() or str(error.code())
        return found
    unavailable = error.code() == grpc.StatusCode.UNAVAILABLE
    reason = Reason.GOING_AWAY if unavailable else Reason.UNKNOWN
    return HubError(error.details() or f"gRPC status {error.code().name}", reason)


def problem_of(metadata: object) -> wire.Problem | None:
    """The Problem that travels in a status; None if the status does not come from a hub."""
    for key, value in metadata or ():  # type: ignore[attr-defined]
        if key == "grpc-status-details-bin":
            return _unpack(value)
    return None


def _unpack(details: bytes) -> wire.Problem | None:
    problem = wire.Problem()
    try:
        status = RpcStatus.FromString(details)
        return problem if status.details and status.details[0].Unpack(problem) else None
    except ValueError:  # DecodeError is one.
        return None
