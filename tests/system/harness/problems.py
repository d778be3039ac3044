"""Reads what a failed call says: its status code and the Problem packed into its details."""

from . import STUBS  # noqa: F401  (puts the stubs on the path)
from chathub.internal import rpc_status_pb2
from chathub.v1 import problem_pb2

DETAILS = "grpc-status-details-bin"


def problem_of(error):
    """The Problem in a grpc.RpcError or a finished call."""
    for key, value in error.trailing_metadata() or ():
        if key == DETAILS:
            status = rpc_status_pb2.RpcStatus.FromString(value)
            if status.code != error.code().value[0]:
                raise AssertionError(f"the details say code {status.code}, gRPC {error.code()}")
            problem = problem_pb2.Problem()
            if not status.details or not status.details[0].Unpack(problem):
                raise AssertionError(f"the first detail is no Problem: {status}")
            return problem
    raise AssertionError(f"no {DETAILS} in {error.code()}: {error.details()}")
