// The laws of hub/engine/engine.h as tests, for every kind of engine.
//
// A kind of engine instantiates them with a maker: see memory_engine_test.cc.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "hub/engine/engine.h"
#include "tests/support/virtual_loop.h"

namespace chathub {

// How a test gets a fresh engine.
struct EngineMaker {
  std::string kind;
  std::function<std::unique_ptr<Engine>(Loop& loop)> make;
};

inline void PrintTo(const EngineMaker& maker, std::ostream* out) { *out << maker.kind; }

class CollectingReader : public Reader {
 public:
  void Arrived(EntryPtr entry) override { entries.push_back(std::move(entry)); }
  std::vector<std::string> Ids() const {
    std::vector<std::string> ids;
    for (const EntryPtr& entry : entries) ids.push_back(entry->envelope.id());
    return ids;
  }

  std::vector<EntryPtr> entries;
};

class EngineLaws : public testing::TestWithParam<EngineMaker> {
 protected:
  static EntryPtr MakeEntry(const std::string& mailbox, const std::string& id) {
    auto entry = std::make_shared<Entry>();
    entry->envelope.set_id(id);
    entry->envelope.set_to(mailbox);
    return entry;
  }
  absl::StatusOr<Applied> Put(const EntryPtr& entry) {
    Step step;
    step.put.push_back(entry);
    return engine_->Apply(std::move(step));
  }
  absl::StatusOr<Applied> End(const EntryPtr& entry) {
    Step step;
    step.end.push_back(entry);
    return engine_->Apply(std::move(step));
  }
  absl::StatusOr<Applied> DoWrites(std::vector<Write> writes) {
    Step step;
    step.writes = std::move(writes);
    return engine_->Apply(std::move(step));
  }
  static Write PutOf(const std::string& key, const std::string& value) {
    return {.space = "karma", .key = key, .value = value};
  }
  static Write AddOf(const std::string& key, std::int64_t amount) {
    return {.space = "karma", .key = key, .kind = Write::Kind::kAdd, .value = {}, .amount = amount};
  }
  std::string ValueOf(const std::string& key) {
    const auto entry = engine_->Find("karma", key);
    return entry.has_value() ? entry->value : "(none)";
  }

  VirtualLoop loop_;
  std::unique_ptr<Engine> engine_ = GetParam().make(loop_);
};

// --- mailboxes

TEST_P(EngineLaws, WhatIsPutArrivesInOrderBeforeApplyReturns) {
  CollectingReader reader;
  engine_->Read("handler/a", &reader);
  ASSERT_TRUE(Put(MakeEntry("handler/a", "1")).ok());
  EXPECT_EQ(reader.Ids(), (std::vector<std::string>{"1"}));
  ASSERT_TRUE(Put(MakeEntry("handler/a", "2")).ok());
  EXPECT_EQ(reader.Ids(), (std::vector<std::string>{"1", "2"}));
}

TEST_P(EngineLaws, WhatIsPutBeforeAnybodyReadsWaits) {
  ASSERT_TRUE(Put(MakeEntry("handler/a", "1")).ok());
  ASSERT_TRUE(Put(MakeEntry("handler/a", "2")).ok());
  CollectingReader reader;
  engine_->Read("handler/a", &reader);
  EXPECT_EQ(reader.Ids(), (std::vector<std::string>{"1", "2"}));
}

TEST_P(EngineLaws, ANewReaderGetsWhatIsUnfinishedAndNothingElse) {
  CollectingReader first;
  engine_->Read("handler/a", &first);
  ASSERT_TRUE(Put(MakeEntry("handler/a", "1")).ok());
  ASSERT_TRUE(Put(MakeEntry("handler/a", "2")).ok());
  ASSERT_TRUE(Put(MakeEntry("handler/a", "3")).ok());
  ASSERT_TRUE(End(first.entries[1]).ok());
  CollectingReader second;
  engine_->Read("handler/a", &second);
  EXPECT_EQ(second.Ids(), (std::vector<std::string>{"1", "3"}));
}

TEST_P(EngineLaws, MailboxesAreStrangersToEachOther) {
  CollectingReader a;
  CollectingReader b;
  engine_->Read("handler/a", &a);
  engine_->Read("handler/b", &b);
  ASSERT_TRUE(Put(MakeEntry("handler/a", "1")).ok());
  EXPECT_EQ(a.Ids().size(), 1u);
  EXPECT_EQ(b.Ids().size(), 0u);
}

TEST_P(EngineLaws, AnIdThatIsInTheMailboxIsDropped) {
  CollectingReader reader;
  engine_->Read("handler/a", &reader);
  ASSERT_TRUE(Put(MakeEntry("handler/a", "1")).ok());
  const auto again = Put(MakeEntry("handler/a", "1"));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->known, 1u);
  EXPECT_EQ(reader.entries.size(), 1u);
}

TEST_P(EngineLaws, AnIdThatHasEndedIsDroppedToo) {
  CollectingReader reader;
  engine_->Read("handler/a", &reader);
  ASSERT_TRUE(Put(MakeEntry("handler/a", "1")).ok());
  ASSERT_TRUE(End(reader.entries[0]).ok());
  const auto again = Put(MakeEntry("handler/a", "1"));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->known, 1u);
  EXPECT_EQ(reader.entries.size(), 1u);
}

TEST_P(EngineLaws, TheSameIdMayBeInTwoMailboxes) {
  CollectingReader orders;
  engine_->Read("adapter/irc", &orders);
  const EntryPtr delivery = MakeEntry("handler/a", "1");
  ASSERT_TRUE(Put(delivery).ok());
  Step finish;
  finish.end.push_back(delivery);
  finish.put.push_back(MakeEntry("adapter/irc", "1"));
  ASSERT_TRUE(engine_->Apply(std::move(finish)).ok());
  EXPECT_EQ(orders.Ids(), (std::vector<std::string>{"1"}));
}

TEST_P(EngineLaws, EndingTwiceDoesNothing) {
  const EntryPtr entry = MakeEntry("handler/a", "1");
  ASSERT_TRUE(Put(entry).ok());
  ASSERT_TRUE(End(entry).ok());
  EXPECT_TRUE(End(entry).ok());
}

TEST_P(EngineLaws, AReaderMayApplyAStepFromWithin) {
  class Relay : public Reader {
   public:
    explicit Relay(Engine& engine) : engine_(engine) {}
    void Arrived(EntryPtr entry) override {
      Step step;
      step.end.push_back(entry);
      step.put.push_back(EngineLaws::MakeEntry("adapter/irc", entry->envelope.id()));
      EXPECT_TRUE(engine_.Apply(std::move(step)).ok());
    }

   private:
    Engine& engine_;
  };
  Relay relay(*engine_);
  CollectingReader orders;
  engine_->Read("handler/a", &relay);
  engine_->Read("adapter/irc", &orders);
  Step step;
  step.put.push_back(MakeEntry("handler/a", "1"));
  step.put.push_back(MakeEntry("handler/a", "2"));
  ASSERT_TRUE(engine_->Apply(std::move(step)).ok());
  EXPECT_EQ(orders.Ids(), (std::vector<std::string>{"1", "2"}));
}

// --- duties

TEST_P(EngineLaws, AnEntryIsHeldToBeUnkeptUntilItIsKeptOrEnded) {
  bool kept = false;
  EntryPtr entry = MakeEntry("handler/a", "1");
  entry->unkept =
      Duty(&kept, [](const void* flag) { *static_cast<bool*>(const_cast<void*>(flag)) = true; });
  ASSERT_TRUE(Put(entry).ok());
  ASSERT_TRUE(End(entry).ok());
  entry.reset();
  EXPECT_TRUE(kept);
}

// --- the store

TEST_P(EngineLaws, AValueIsFoundAsItWasPut) {
  const std::string value("\0 binary \xff", 10);
  ASSERT_TRUE(DoWrites({PutOf("alice", value)}).ok());
  EXPECT_EQ(ValueOf("alice"), value);
  EXPECT_EQ(ValueOf("bob"), "(none)");
  EXPECT_FALSE(engine_->Find("other", "alice").has_value());
}

TEST_P(EngineLaws, RevisionsGrowAndAreNeverReused) {
  const auto first = DoWrites({PutOf("alice", "1")});
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(
      DoWrites({{.space = "karma", .key = "alice", .kind = Write::Kind::kDelete, .value = {}}})
          .ok());
  const auto second = DoWrites({PutOf("alice", "1")});
  ASSERT_TRUE(second.ok());
  EXPECT_GT(second->revisions[0], first->revisions[0]);
}

TEST_P(EngineLaws, AConditionThatHoldsLetsTheWriteThrough) {
  Write create = PutOf("alice", "1");
  create.if_revision = 0;
  const auto created = DoWrites({create});
  ASSERT_TRUE(created.ok());
  Write update = PutOf("alice", "2");
  update.if_revision = created->revisions[0];
  EXPECT_TRUE(DoWrites({update}).ok());
  EXPECT_EQ(ValueOf("alice"), "2");
}

TEST_P(EngineLaws, AConditionThatFailsStopsTheWholeStep) {
  ASSERT_TRUE(DoWrites({PutOf("alice", "1")}).ok());
  CollectingReader reader;
  engine_->Read("handler/a", &reader);
  Write create = PutOf("alice", "2");
  create.if_revision = 0;
  Step step;
  step.put.push_back(MakeEntry("handler/a", "1"));
  step.writes = {PutOf("bob", "1"), create};
  const auto applied = engine_->Apply(std::move(step));
  ASSERT_FALSE(applied.ok());
  EXPECT_EQ(ReasonOf(applied.status()), Reason::kConflict);
  EXPECT_EQ(engine_->LastConflict().key, "alice");
  EXPECT_EQ(engine_->LastConflict().revision, engine_->Find("karma", "alice")->revision);
  EXPECT_EQ(ValueOf("bob"), "(none)");
  EXPECT_EQ(reader.entries.size(), 0u);
}

TEST_P(EngineLaws, AddingCountsFromNothing) {
  ASSERT_TRUE(DoWrites({AddOf("alice", 1)}).ok());
  ASSERT_TRUE(DoWrites({AddOf("alice", 2), AddOf("alice", -5)}).ok());
  EXPECT_EQ(ValueOf("alice"), "-2");
}

TEST_P(EngineLaws, AddingToWhatIsNoNumberIsRefused) {
  ASSERT_TRUE(DoWrites({PutOf("alice", "many"), PutOf("bob", "9223372036854775807")}).ok());
  EXPECT_EQ(ReasonOf(DoWrites({AddOf("alice", 1)}).status()), Reason::kBadFrame);
  EXPECT_EQ(ReasonOf(DoWrites({AddOf("bob", 1)}).status()), Reason::kBadFrame);
  EXPECT_EQ(ValueOf("bob"), "9223372036854775807");
}

TEST_P(EngineLaws, AValueIsGoneWhenItsTimeIsOver) {
  Write write = PutOf("alice", "1");
  write.expires_at = loop_.WallNow() + 1000;
  ASSERT_TRUE(DoWrites({write}).ok());
  loop_.Advance(Milliseconds(999));
  EXPECT_EQ(ValueOf("alice"), "1");
  loop_.Advance(Milliseconds(1));
  EXPECT_EQ(ValueOf("alice"), "(none)");
  Write create = PutOf("alice", "2");
  create.if_revision = 0;
  EXPECT_TRUE(DoWrites({create}).ok());
}

TEST_P(EngineLaws, ListingGoesByPrefixInOrderAndPageByPage) {
  ASSERT_TRUE(DoWrites({PutOf("b/2", ""), PutOf("a", ""), PutOf("b/1", ""), PutOf("b/3", ""),
                        PutOf("c", "")})
                  .ok());
  const auto page = engine_->List("karma", "b/", "", 2);
  ASSERT_EQ(page.size(), 2u);
  EXPECT_EQ(page[0].key, "b/1");
  EXPECT_EQ(page[1].key, "b/2");
  const auto rest = engine_->List("karma", "b/", "b/2", 2);
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].key, "b/3");
}

}  // namespace chathub
