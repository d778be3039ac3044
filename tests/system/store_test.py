"""The plugins' store, as a client in any language meets it."""

import unittest

import grpc
from harness.case import HubCase
from harness.stream import Stream
from harness.waiting import wait_until
from harness.words import command, seconds
from chathub.v1 import problem_pb2, store_pb2, store_pb2_grpc

INVALID = grpc.StatusCode.INVALID_ARGUMENT


class StoreCase(HubCase):
    def setUp(self):
        super().setUp()
        self.stub = store_pb2_grpc.StoreStub(self.channel())

    def me(self, peer="handler/karma"):
        return self.owner(peer)

    def put(self, key, value=b"v", peer="handler/karma", **fields):
        request = store_pb2.StorePutRequest(key=key, value=value, **fields)
        return self.stub.Put(request, metadata=self.me(peer), timeout=20).revision

    def get(self, key, peer="handler/karma"):
        """The entry, or None."""
        request = store_pb2.StoreGetRequest(key=key)
        response = self.stub.Get(request, metadata=self.me(peer), timeout=20)
        return response.entry if response.HasField("entry") else None

    def value(self, key, peer="handler/karma"):
        entry = self.get(key, peer)
        return entry.value if entry else None

    def list(self, **fields):
        request = store_pb2.StoreListRequest(**fields)
        return self.stub.List(request, metadata=self.me(), timeout=20)

    def batch(self, *writes):
        request = store_pb2.StoreBatchRequest(writes=writes)
        return self.stub.Batch(request, metadata=self.me(), timeout=20).revisions

    def watch(self, **fields):
        """What comes, response by response, from when the watch stands."""
        request = store_pb2.StoreWatchRequest(**fields)
        call = self.stub.Watch(request, metadata=self.me())
        self.addCleanup(call.cancel)
        return call

    def next_changes(self, call, count):
        """Several may come in one response."""
        changes = []
        while len(changes) < count:
            changes += next(call).changes
        return changes

    def assert_refused(self, code, reason, **fields):
        request = store_pb2.StorePutRequest(**fields)
        problem = self.assert_fails(code, self.stub.Put, request, metadata=self.me())
        self.assertEqual(problem.reason, reason, problem.detail)
        return problem.detail


class StoreTest(StoreCase):
    def test_what_was_put_is_there_until_it_is_deleted(self):
        self.assertIsNone(self.get("a"))
        first = self.put("a", b"\x00\xff")
        entry = self.get("a")
        self.assertEqual((entry.value, entry.revision), (b"\x00\xff", first))
        self.assertGreater(self.put("a", b"2"), first)
        self.stub.Delete(store_pb2.StoreDeleteRequest(key="a"), metadata=self.me(), timeout=20)
        self.assertIsNone(self.get("a"))

    def test_each_peer_has_keys_of_its_own(self):
        self.put("a", b"karma's")
        self.put("a", b"the adapter's", peer="adapter/karma")
        self.put("a", b"a client's", peer=None)
        self.assertEqual(self.value("a"), b"karma's")
        self.assertEqual(self.value("a", "adapter/karma"), b"the adapter's")
        self.assertEqual(self.value("a", None), b"a client's")
        self.assertIsNone(self.get("a", "handler/other"))
        self.assertEqual([entry.value for entry in self.list().entries], [b"karma's"])

    def test_nobody_without_a_credential_gets_in(self):
        request = store_pb2.StoreGetRequest(key="a")
        wrong = [("authorization", "Bearer " + "0" * 64), ("chathub-peer", "handler/karma")]
        self.assert_fails(grpc.StatusCode.UNAUTHENTICATED, self.stub.Get, request)
        self.assert_fails(grpc.StatusCode.UNAUTHENTICATED, self.stub.Get, request, metadata=wrong)
        self.assert_fails(INVALID, self.stub.Get, request, metadata=self.owner("hub.users"))

    def test_keys_and_values_have_limits_and_the_refusal_says_which(self):
        self.put("k" * 512, b"v" * 128 * 1024)
        self.assertEqual(len(self.value("k" * 512)), 128 * 1024)
        large, bad = problem_pb2.REASON_TOO_LARGE, problem_pb2.REASON_BAD_FRAME
        self.assertIn("512", self.assert_refused(INVALID, large, key="k" * 513))
        self.assertIn("512", self.assert_refused(INVALID, large, key="ü" * 257))
        self.assertIn("128", self.assert_refused(INVALID, large, key="k", value=b"v" * 131_073))
        self.assertIn("empty", self.assert_refused(INVALID, bad, key=""))
        self.assertIn("NUL", self.assert_refused(INVALID, bad, key="a\0b"))
        self.assertIn("ttl", self.assert_refused(INVALID, bad, key="a", ttl=seconds(-1)))
        self.put("ü" * 256)

    def test_a_key_that_is_no_utf8_is_refused_and_the_hub_lives(self):
        put = self.channel().unary_unary("/chathub.v1.Store/Put")
        with self.assertRaises(grpc.RpcError):
            put(b"\x0a\x02\xff\xfe\x12\x01v", metadata=self.me(), timeout=20)
        self.put("a")
        self.assertEqual(len(self.list().entries), 1)

    def test_a_key_like_a_path_is_only_a_key(self):
        for key in ("../../owner-token", "/etc/passwd", "hub.users/shell/ada", "handler/other/a"):
            self.put(key, key.encode())
            self.assertEqual(self.value(key), key.encode())
        self.assertIsNone(self.get("a", "handler/other"))

    def test_a_write_may_depend_on_the_revision(self):
        revision = self.put("a", b"1", if_revision=0)
        self.put("a", b"2", if_revision=revision)
        aborted, conflict = grpc.StatusCode.ABORTED, problem_pb2.REASON_CONFLICT
        detail = self.assert_refused(aborted, conflict, key="a", value=b"3", if_revision=revision)
        self.assertIn("'a'", detail)
        self.assertIn(str(self.get("a").revision), detail)
        self.assert_refused(aborted, conflict, key="a", if_revision=0)
        delete = store_pb2.StoreDeleteRequest(key="a", if_revision=revision)
        self.assert_fails(aborted, self.stub.Delete, delete, metadata=self.me())
        self.assertEqual(self.value("a"), b"2")

    def test_a_batch_is_all_or_nothing(self):
        revisions = self.batch(
            {"key": "a", "put": {"value": b"1"}}, {"key": "n", "add": 5}, {"key": "x", "delete": {}}
        )
        self.assertEqual(len(revisions), 3)
        self.assertEqual(revisions[2], 0)
        request = store_pb2.StoreBatchRequest(
            writes=[
                {"key": "n", "add": 1},
                {"key": "a", "put": {"value": b"2"}, "if_revision": revisions[0] + 99},
            ]
        )
        aborted = grpc.StatusCode.ABORTED
        problem = self.assert_fails(aborted, self.stub.Batch, request, metadata=self.me())
        self.assertIn("'a'", problem.detail)
        self.assertEqual((self.value("a"), self.value("n")), (b"1", b"5"))

    def test_what_is_no_number_cannot_be_added_to(self):
        self.put("a", b"many")
        request = store_pb2.StoreBatchRequest(writes=[{"key": "a", "add": 1}])
        self.assert_fails(INVALID, self.stub.Batch, request, metadata=self.me())

    def test_an_entry_with_a_ttl_goes_by_itself(self):
        changes = self.watch()
        self.assertEqual(len(next(changes).changes), 0)
        self.put("brief", ttl=seconds(1))
        self.put("long", ttl=seconds(3600))
        self.assertTrue(self.get("long").HasField("expires_at"))
        wait_until(lambda: self.get("brief") is None, "the entry has expired")
        brief, long, gone = self.next_changes(changes, 3)
        self.assertEqual((brief.entry.key, long.entry.key), ("brief", "long"))
        self.assertEqual((gone.entry.key, gone.deleted), ("brief", True))
        self.assertIsNotNone(self.get("long"))


class StoreListTest(StoreCase):
    def test_keys_are_listed_by_prefix_in_pages(self):
        writes = [{"key": f"user/{n:04}", "put": {"value": b"v"}} for n in range(250)]
        self.batch(*writes, {"key": "other", "put": {}})
        keys, token, sizes = [], "", []
        while True:
            page = self.list(prefix="user/", page_token=token)
            keys += [entry.key for entry in page.entries]
            sizes.append(len(page.entries))
            token = page.next_page_token
            if not token:
                break
        self.assertEqual(keys, [f"user/{n:04}" for n in range(250)])
        self.assertEqual(sizes, [100, 100, 50])
        self.assertEqual(len(self.list(page_size=1000).entries), 251)
        self.assertEqual(len(self.list(page_size=7).entries), 7)

    def test_a_page_of_large_values_stays_under_a_mebibyte(self):
        for number in range(12):
            self.put(f"{number:02}", b"x" * 128 * 1024)
        page = self.list(page_size=1000)
        self.assertLess(page.ByteSize(), 1024 * 1024)
        count, token = len(page.entries), page.next_page_token
        while token:
            page = self.list(page_size=1000, page_token=token)
            self.assertLess(page.ByteSize(), 1024 * 1024)
            count, token = count + len(page.entries), page.next_page_token
        self.assertEqual(count, 12)


class StoreWatchTest(StoreCase):
    def test_a_watcher_hears_of_its_prefix_and_of_its_own_namespace_alone(self):
        changes = self.watch(prefix="a/")
        next(changes)
        self.put("b/1")
        self.put("a/1", peer="handler/other")
        self.put("a/1", b"x")
        change = next(changes).changes[0]
        self.assertEqual((change.entry.key, change.entry.value), ("a/1", b"x"))
        self.batch({"key": "a/1", "delete": {}}, {"key": "a/2", "put": {"value": b"y"}})
        first, second = self.next_changes(changes, 2)
        self.assertEqual((first.entry.key, first.deleted), ("a/1", True))
        self.assertEqual((second.entry.key, second.deleted), ("a/2", False))

    def test_it_may_first_be_told_what_is_there(self):
        for number in range(30):
            self.put(f"{number:02}", b"x" * 100_000)
        changes = self.watch(with_present=True)
        keys = []
        while response := next(changes):
            if not response.changes:
                break
            self.assertLess(response.ByteSize(), 1024 * 1024)
            keys += [change.entry.key for change in response.changes]
        self.assertEqual(keys, [f"{number:02}" for number in range(30)])
        self.put("later")
        self.assertEqual(next(changes).changes[0].entry.key, "later")

    def test_it_hears_what_a_finish_wrote_and_the_handler_reads_it(self):
        adapter = self.adapter()
        karma = self.handler("karma", command("praise"))
        changes = self.watch()
        next(changes)
        adapter.hear("praise alice")
        delivery = karma.wait_delivery()
        karma.finish(delivery, "done", store_writes=[{"key": "alice", "add": 1}])
        adapter.wait_text("done")
        change = next(changes).changes[0]
        self.assertEqual((change.entry.key, change.entry.value), ("alice", b"1"))
        self.assertEqual(self.value("alice"), b"1")

    def test_one_that_does_not_read_is_cut_and_the_hub_does_not_swell(self):
        open_watch = self.channel().unary_stream("/chathub.v1.Store/Watch")
        # Nobody takes anything out of this call, so it stands still when its window is full.
        call = open_watch(b"", metadata=self.me())
        self.addCleanup(call.cancel)
        before = self.hub.memory()
        for _ in range(400):
            self.put("a", b"x" * 100_000)
        self.assertLess(self.hub.memory() - before, 64 * 1024 * 1024)
        with self.assertRaises(grpc.RpcError) as caught:
            for _ in call:
                pass
        cut = (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.CANCELLED)
        self.assertIn(caught.exception.code(), cut)

    def test_the_end_of_the_hub_ends_it(self):
        changes = self.watch()
        next(changes)
        self.hub.signal(15)
        with self.assertRaises(grpc.RpcError) as caught:
            next(changes)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.UNAVAILABLE)


class StoreQuotaTest(StoreCase):
    configuration = "[limits]\nstore_bytes = 1000\nstore_keys = 3\n"

    def test_more_than_a_plugin_may_store_is_refused_and_hurts_no_neighbour(self):
        exhausted, much = grpc.StatusCode.RESOURCE_EXHAUSTED, problem_pb2.REASON_TOO_MUCH
        self.put("a", b"x" * 900)
        detail = self.assert_refused(exhausted, much, key="b", value=b"x" * 200)
        self.assertIn("handler/karma", detail)
        self.put("b")
        self.put("c")
        self.assertIn("3 keys", self.assert_refused(exhausted, much, key="d"))
        self.put("a", b"x" * 900, peer="handler/neighbour")

    def test_a_finish_that_would_store_too_much_is_refused_as_a_whole(self):
        adapter = self.adapter()
        karma = self.handler("karma", command("praise"))
        adapter.hear("praise alice")
        delivery = karma.wait_delivery()
        karma.finish(delivery, "done", store_writes=[{"key": "a", "put": {"value": b"x" * 2000}}])
        self.assertEqual(karma.wait_outcome(delivery), "REFUSED")
        self.assertEqual(adapter.texts(), [])


if __name__ == "__main__":
    unittest.main()
