"""A plugin generated from the published package `oco` alone; see oco_plugin.py.

Reads its options as one line of JSON, listens under its name, prints each event as a line of JSON
and answers it by SendMessages to the event's own source. Every further line is a call, `{"method":
..., "request": ...}`, the request in protobuf's JSON.
"""

import json
import sys
import threading

import grpc
from google.protobuf import json_format
from oco import core_pb2, robot_pb2, robot_pb2_grpc


def _report(kind, **fields):
    print(json.dumps({"kind": kind, **fields}), flush=True)


def _listen(robot, metadata, name, answer, with_mention):
    for event in robot.Listen(robot_pb2.ListenRequest(plugin_id=name), metadata=metadata):
        match = event.matched_message
        source = match.message.source
        _report(
            "event",
            body=match.message.body,
            pattern=match.pattern,
            user=source.user.id,
            mention_name=source.user.mention_name,
            room=source.room.id,
        )
        if answer is not None:
            reply = core_pb2.Message(body=answer, source=source)
            request = robot_pb2.SendMessagesRequest(WithMention=with_mention, messages=[reply])
            robot.SendMessages(request, metadata=metadata, timeout=20)
            _report("sent")


def _call(robot, metadata):
    requests = {
        "Join": robot_pb2.JoinRequest,
        "Part": robot_pb2.PartRequest,
        "SendMessages": robot_pb2.SendMessagesRequest,
    }
    for number, line in enumerate(sys.stdin, start=1):
        call = json.loads(line)
        method = call["method"]
        try:
            request = json_format.ParseDict(call["request"], requests[method]())
            getattr(robot, method)(request, metadata=metadata, timeout=20)
            _report("called", call=number, code="OK")
        except grpc.RpcError as error:
            _report("called", call=number, code=error.code().name)


def _main():
    target, token, name, answer, with_mention = json.loads(sys.stdin.readline())
    metadata = [("authorization", f"Bearer {token}"), ("chathub-peer", f"handler/{name}")]
    with grpc.insecure_channel(target) as channel:
        robot = robot_pb2_grpc.RobotStub(channel)
        threading.Thread(target=_call, args=(robot, metadata), daemon=True).start()
        try:
            _listen(robot, metadata, name, answer, with_mention)
            _report("ended", code="OK")
        except grpc.RpcError as error:
            _report("ended", code=error.code().name, details=error.details())


if __name__ == "__main__":
    _main()
