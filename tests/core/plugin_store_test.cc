// The store as plugins see it: whose keys are whose, limits, expiry, watchers, a Finish's writes.
#include "hub/core/store/plugin_store.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "hub/core/store/store_writes.h"
#include "tests/core/small_hub.h"

namespace chathub {
namespace {

using Strings = std::vector<std::string>;

constexpr char kKarma[] = "handler/karma";

// Text of v1::StoreBatchRequest.
google::protobuf::RepeatedPtrField<v1::StoreWrite> Writes(const std::string& text) {
  return Parse<v1::StoreBatchRequest>(text).writes();
}

std::string Put(const std::string& key, const std::string& value, const std::string& more = "") {
  return "writes { key: '" + key + "' put { value: '" + value + "' " + more + " } } ";
}

class Ear : public PluginStore::Watcher {
 public:
  void Changed(const v1::StoreChange& change) override {
    heard.push_back(change.entry().key() + (change.deleted() ? " gone" : "=") +
                    change.entry().value());
  }
  Strings heard;
};

class PluginStoreTest : public testing::Test {
 protected:
  absl::StatusOr<Applied> Do(const std::string& writes, const std::string& peer = kKarma) {
    return store_.Apply(peer, Writes(writes), nullptr);
  }
  Reason Refusal(const std::string& writes) { return ReasonOf(Do(writes).status()); }
  std::string Value(const std::string& key, const std::string& peer = kKarma) {
    const auto entry = *store_.Get(peer, key);
    return entry.has_value() ? entry->value : "none";
  }
  Strings Keys(const std::string& prefix, std::size_t limit = 100, std::size_t bytes = 1 << 20) {
    Strings keys;
    for (const StoreEntry& entry : store_.List(kKarma, prefix, "", limit, bytes)) {
      keys.push_back(entry.key);
    }
    return keys;
  }

  VirtualLoop loop_;
  const std::unique_ptr<Engine> engine_ = *OpenEngine({.kind = "memory"}, loop_);
  PluginStore store_{{.bytes = 100, .keys = 5}, loop_, *engine_};
};

TEST_F(PluginStoreTest, AHandlerAndAnAdapterOfOneNameHaveNothingInCommon) {
  ASSERT_TRUE(Do(Put("k", "h"), "handler/x").ok());
  ASSERT_TRUE(Do(Put("k", "a"), "adapter/x").ok());
  EXPECT_EQ(Value("k", "handler/x"), "h");
  EXPECT_EQ(Value("k", "adapter/x"), "a");
  EXPECT_EQ(Value("k"), "none");
}

TEST_F(PluginStoreTest, AKeyThatLooksLikeAPathIsOnlyBytes) {
  for (const char* key : {"../../etc/passwd", "/", "a//b", "%2e", "hub.users", " "}) {
    ASSERT_TRUE(Do(Put(key, "v")).ok()) << key;
    EXPECT_EQ(Value(key), "v") << key;
    ASSERT_TRUE(Do(std::string("writes { key: '") + key + "' delete { } }").ok());
  }
  EXPECT_TRUE(engine_->List("hub.users", "", "", 10).empty());
}

TEST_F(PluginStoreTest, WhatCannotBeAKeyOrAValueIsRefused) {
  EXPECT_EQ(Refusal(Put("", "v")), Reason::kBadFrame);
  EXPECT_EQ(Refusal(Put("a\\000b", "v")), Reason::kBadFrame);
  EXPECT_EQ(Refusal(Put(std::string(kLongestKey + 1, 'k'), "v")), Reason::kTooLarge);
  EXPECT_EQ(Refusal(Put("k", std::string(kLargestValue + 1, 'v'))), Reason::kTooLarge);
  EXPECT_EQ(Refusal("writes { key: 'k' }"), Reason::kBadFrame);
  EXPECT_EQ(Refusal(Put("k", "v", "ttl { }")), Reason::kBadFrame);
  EXPECT_EQ(Refusal(Put("k", "v", "ttl { seconds: -5 }")), Reason::kBadFrame);
  EXPECT_EQ(ReasonOf(store_.Get(kKarma, "").status()), Reason::kBadFrame);
  EXPECT_TRUE(Keys("").empty());
}

TEST_F(PluginStoreTest, ABatchIsAllOrNothingAndItsConflictNamesKeyAndRevision) {
  const auto first = Do(Put("a", "1"));
  ASSERT_TRUE(first.ok());
  const auto status =
      Do(Put("b", "2") + "writes { key: 'a' if_revision: 999 put { value: 'x' } }").status();
  EXPECT_EQ(ReasonOf(status), Reason::kConflict);
  const std::string text(status.message());
  EXPECT_NE(text.find("'a'"), std::string::npos);
  EXPECT_NE(text.find(std::to_string(first->revisions[0])), std::string::npos);
  EXPECT_EQ(Value("a"), "1");
  EXPECT_EQ(Value("b"), "none");
}

TEST_F(PluginStoreTest, OfTwoWhoWriteTheSameRevisionOneWins) {
  const std::uint64_t revision = Do(Put("a", "1"))->revisions[0];
  const std::string write =
      "writes { key: 'a' if_revision: " + std::to_string(revision) + " put { value: 'x' } }";
  EXPECT_TRUE(Do(write).ok());
  EXPECT_EQ(Refusal(write), Reason::kConflict);
  EXPECT_EQ(Refusal("writes { key: 'a' if_revision: 0 put { value: 'new' } }"), Reason::kConflict);
}

TEST_F(PluginStoreTest, TooManyKeysAreRefusedUntilOneIsDeleted) {
  for (const char* key : {"1", "2", "3", "4", "5"}) ASSERT_TRUE(Do(Put(key, "v")).ok());
  EXPECT_EQ(Refusal(Put("6", "v")), Reason::kTooMuch);
  EXPECT_TRUE(Do(Put("5", "w")).ok());
  EXPECT_TRUE(Do("writes { key: '1' delete { } } " + Put("6", "v")).ok());
  EXPECT_TRUE(Do(Put("k", "v"), "handler/neighbour").ok());
}

TEST_F(PluginStoreTest, TooManyBytesAreRefusedAndOverwritingGivesRoomBack) {
  ASSERT_TRUE(Do(Put("a", std::string(90, 'x'))).ok());
  EXPECT_EQ(Refusal(Put("b", std::string(20, 'x'))), Reason::kTooMuch);
  EXPECT_EQ(Refusal("writes { key: 'n' add: 1 }"), Reason::kTooMuch);
  ASSERT_TRUE(Do(Put("a", std::string(10, 'x'))).ok());
  EXPECT_TRUE(Do(Put("b", std::string(20, 'x'))).ok());
  EXPECT_TRUE(Do("writes { key: 'n' add: 1 }").ok());
}

TEST_F(PluginStoreTest, ANewHubCountsWhatIsThere) {
  ASSERT_TRUE(Do(Put("a", std::string(60, 'x'))).ok());
  PluginStore later({.bytes = 100, .keys = 5}, loop_, *engine_);
  const auto refused = later.Apply(kKarma, Writes(Put("b", std::string(60, 'x'))), nullptr);
  EXPECT_EQ(ReasonOf(refused.status()), Reason::kTooMuch);
  // Smaller limits than what is there: less is allowed, more is not.
  PluginStore smaller({.bytes = 50, .keys = 5}, loop_, *engine_);
  EXPECT_TRUE(smaller.Apply(kKarma, Writes(Put("a", std::string(55, 'x'))), nullptr).ok());
  EXPECT_FALSE(smaller.Apply(kKarma, Writes(Put("a", std::string(58, 'x'))), nullptr).ok());
}

TEST_F(PluginStoreTest, ListsByPrefixInTheOrderOfBytesAsFarAsItFits) {
  for (const char* key : {"b", "a/2", "a/10", "a", "c"}) {
    ASSERT_TRUE(Do(Put(key, "0123456789")).ok());
  }
  EXPECT_EQ(Keys("a"), (Strings{"a", "a/10", "a/2"}));
  EXPECT_EQ(Keys("", 2), (Strings{"a", "a/10"}));
  EXPECT_EQ(Keys("", 100, 30), (Strings{"a", "a/10"}));
  EXPECT_EQ(Keys("", 100, 1), Strings{"a"});
}

TEST_F(PluginStoreTest, WhatExpiredIsGoneAndGivesItsRoomBackAndIsHeardOf) {
  Ear ear;
  store_.Add(kKarma, "", ear);
  ASSERT_TRUE(Do(Put("a", std::string(90, 'x'), "ttl { seconds: 5 }")).ok());
  ear.heard.clear();
  loop_.Advance(Milliseconds(4'999));
  EXPECT_NE(Value("a"), "none");
  EXPECT_TRUE(ear.heard.empty());
  loop_.Advance(Milliseconds(1));
  EXPECT_EQ(Value("a"), "none");
  EXPECT_EQ(ear.heard, Strings{"a gone"});
  EXPECT_TRUE(Do(Put("b", std::string(90, 'x'))).ok());
  store_.Remove(kKarma, ear);
}

TEST_F(PluginStoreTest, AKeyPutAnewDoesNotExpireWithItsFormerLife) {
  ASSERT_TRUE(Do(Put("a", "1", "ttl { seconds: 5 }")).ok());
  ASSERT_TRUE(Do(Put("a", "2")).ok());
  loop_.Advance(Milliseconds(60'000));
  EXPECT_EQ(Value("a"), "2");
}

TEST_F(PluginStoreTest, AWatcherHearsOfItsPrefixAlone) {
  Ear ear;
  store_.Add(kKarma, "a/", ear);
  Do(Put("a/1", "x") + Put("b/1", "y") + Put("a/1", "z")).IgnoreError();
  Do(Put("a/1", "other"), "handler/other").IgnoreError();
  Do("writes { key: 'a/1' delete { } }").IgnoreError();
  Do("writes { key: 'a/n' add: 3 }").IgnoreError();
  EXPECT_EQ(ear.heard, (Strings{"a/1=z", "a/1 gone", "a/n=3"}));
  store_.Remove(kKarma, ear);
  Do(Put("a/1", "x")).IgnoreError();
  EXPECT_EQ(ear.heard.size(), 3u);
}

TEST_F(PluginStoreTest, WhoeverWaitsIsToldWhenItIsKept) {
  bool kept = false;
  const auto applied =
      store_.Apply(kKarma, Writes(Put("a", "1")), TellWhenLetGo([&kept] { kept = true; }));
  EXPECT_TRUE(applied.ok());
  EXPECT_TRUE(kept);
}

class StoreInAFinishTest : public SmallHub {
 protected:
  std::string Value(const std::string& key) {
    const auto entry = *hub_.store().Get(kKarma, key);
    return entry.has_value() ? entry->value : "none";
  }
};

TEST_F(StoreInAFinishTest, AHandlerReadsWhatItsFinishWroteAndWatchersHearOfIt) {
  Ear ear;
  hub_.store().Add(kKarma, "", ear);
  FakeHandler& karma = Attach("karma", Word("praise"));
  Text("praise alice");
  karma.Finish(karma.deliveries[0], "ok", "store_writes { key: 'alice' add: 1 }");
  EXPECT_EQ(karma.LastOutcome(), v1::FINISH_OUTCOME_OK);
  EXPECT_EQ(Value("alice"), "1");
  EXPECT_EQ(ear.heard, Strings{"alice=1"});
  hub_.store().Remove(kKarma, ear);
}

TEST_F(StoreInAFinishTest, AConflictLeavesTheDeliveryOpenAndNothingIsSaid) {
  FakeHandler& karma = Attach("karma", Word("praise"));
  Text("praise alice");
  const std::string write = "store_writes { key: 'alice' if_revision: 7 put { value: 'x' } }";
  karma.Finish(karma.deliveries[0], "ok", write);
  EXPECT_EQ(karma.LastOutcome(), v1::FINISH_OUTCOME_CONFLICT);
  EXPECT_EQ(karma.results.back().conflict().key(), "alice");
  EXPECT_EQ(karma.results.back().conflict().revision(), 0u);
  EXPECT_TRUE(adapter_.orders.empty());
  karma.Finish(karma.deliveries[0], "ok", "store_writes { key: 'alice' put { value: 'y' } }");
  EXPECT_EQ(karma.LastOutcome(), v1::FINISH_OUTCOME_OK);
  EXPECT_EQ(Value("alice"), "y");
}

TEST_F(StoreInAFinishTest, WhatTheStoreDoesNotTakeRefusesTheWholeFinish) {
  FakeHandler& karma = Attach("karma", Word("praise"));
  Text("praise alice");
  karma.Finish(karma.deliveries[0], "ok", "store_writes { key: '' add: 1 }");
  EXPECT_EQ(karma.LastOutcome(), v1::FINISH_OUTCOME_REFUSED);
  EXPECT_TRUE(adapter_.orders.empty());
}

}  // namespace
}  // namespace chathub
