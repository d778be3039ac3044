"""The wire: package oco is what was published in 2015, and our own packages follow one custom.

Reads the generated Python stubs, so it sees what programs see. `buf lint` knows more rules; it runs
in `scripts/test --all`, because it does not come from Debian.
"""

import importlib
import os
import re
import sys
import unittest

from sources import ROOT, files

sys.path.insert(0, os.environ.get("CHATHUB_STUBS", str(ROOT / "build" / "python")))

from google.protobuf.descriptor import Descriptor, FieldDescriptor, FileDescriptor  # noqa: E402

PUBLISHED_MESSAGES = {
    "Event": {1: "oco.MatchedMessage matched_message in type"},
    "MatchedMessage": {1: "oco.Message message", 2: "string pattern"},
    "Message": {1: "string body", 2: "oco.Source source"},
    "Source": {1: "oco.User user", 2: "oco.Room room"},
    "Room": {1: "string id", 2: "string name"},
    "User": {1: "string id", 2: "string name", 3: "string mention_name"},
    "JoinRequest": {1: "oco.Room room"},
    "JoinResponse": {},
    "PartRequest": {1: "oco.Room room"},
    "PartResponse": {},
    # The one name that is not in snake_case; so it was published.
    "SendMessagesRequest": {1: "bool WithMention", 2: "repeated oco.Message messages"},
    "SendMessagesResponse": {},
    "ListenRequest": {1: "string plugin_id"},
}
PUBLISHED_METHODS = {
    "oco.Robot.Join": "oco.JoinRequest -> oco.JoinResponse",
    "oco.Robot.Listen": "oco.ListenRequest -> stream oco.Event",
    "oco.Robot.Part": "oco.PartRequest -> oco.PartResponse",
    "oco.Robot.SendMessages": "oco.SendMessagesRequest -> oco.SendMessagesResponse",
}
SCALARS = {FieldDescriptor.TYPE_STRING: "string", FieldDescriptor.TYPE_BOOL: "bool"}


def load(package: str) -> dict[str, FileDescriptor]:
    paths = [path.removeprefix("proto/") for path in files(".proto", under=(f"proto/{package}/",))]
    modules = {path: path.removesuffix(".proto").replace("/", ".") + "_pb2" for path in paths}
    return {path: importlib.import_module(module).DESCRIPTOR for path, module in modules.items()}


def field_words(field: FieldDescriptor) -> str:
    type_name = field.message_type.full_name if field.message_type else SCALARS[field.type]
    repeated = "repeated " if field.label == field.LABEL_REPEATED else ""
    group = f" in {field.containing_oneof.name}" if field.containing_oneof else ""
    return f"{repeated}{type_name} {field.name}{group}"


def methods(loaded: dict[str, FileDescriptor]):
    for file in loaded.values():
        for service in file.services_by_name.values():
            yield from service.methods


def method_words(method) -> str:
    client = "stream " if method.client_streaming else ""
    server = "stream " if method.server_streaming else ""
    return f"{client}{method.input_type.full_name} -> {server}{method.output_type.full_name}"


def messages(parents) -> list[Descriptor]:
    own = [m for m in parents if not m.GetOptions().map_entry]
    return own + [m for parent in own for m in messages(parent.nested_types)]


class PublishedTest(unittest.TestCase):
    def setUp(self):
        self.loaded = load("oco")

    def test_every_message_has_the_published_names_and_numbers(self):
        found = {
            message.name: {field.number: field_words(field) for field in message.fields}
            for file in self.loaded.values()
            for message in messages(file.message_types_by_name.values())
        }
        self.assertEqual(found, PUBLISHED_MESSAGES)

    def test_every_method_is_the_published_one(self):
        found = {method.full_name: method_words(method) for method in methods(self.loaded)}
        self.assertEqual(found, PUBLISHED_METHODS)

    def test_the_two_files_are_the_published_ones(self):
        self.assertEqual(sorted(self.loaded), ["oco/core.proto", "oco/robot.proto"])
        self.assertEqual({file.package for file in self.loaded.values()}, {"oco"})


class OurOwnTest(unittest.TestCase):
    def setUp(self):
        self.loaded = load("chathub/v1")

    def test_the_package_is_the_folder(self):
        for path, file in self.loaded.items():
            self.assertEqual(file.package, os.path.dirname(path).replace("/", "."), path)

    def test_every_method_has_a_request_and_a_response_of_its_own(self):
        used = []
        for method in methods(self.loaded):
            used += [method.input_type.name, method.output_type.name]
            names = (method.name, method.containing_service.name + method.name)
            self.assertIn(method.input_type.name, [name + "Request" for name in names])
            self.assertIn(method.output_type.name, [name + "Response" for name in names])
        self.assertEqual(len(used), len(set(used)))
        self.assertGreater(len(used), 20)

    def test_an_enum_begins_with_unspecified_and_repeats_its_name(self):
        for file in self.loaded.values():
            for enum in file.enum_types_by_name.values():
                prefix = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", enum.name).upper() + "_"
                self.assertEqual(enum.values_by_number[0].name, prefix + "UNSPECIFIED")
                for value in enum.values:
                    self.assertTrue(value.name.startswith(prefix), value.name)

    def test_fields_are_in_snake_case(self):
        for file in self.loaded.values():
            for message in messages(file.message_types_by_name.values()):
                for field in message.fields:
                    self.assertRegex(field.name, r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")


if __name__ == "__main__":
    unittest.main()
