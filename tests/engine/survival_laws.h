// The laws of engines that survive a crash of the hub.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/engine/engine_case.h"

namespace chathub {

class SurvivalLaws : public EngineCase {
 protected:
  void KillAndReopen() {
    home_->Kill();
    Reopen();
  }
  void Reopen() {
    engine_.reset();
    engine_ = home_->Open(loop_);
    ASSERT_NE(engine_, nullptr);
  }
  std::vector<EntryPtr> Waiting(const std::string& mailbox) {
    CollectingReader reader;
    engine_->Read(mailbox, &reader);
    engine_->Read(mailbox, nullptr);
    return reader.entries;
  }
  std::vector<std::string> IdsIn(const std::string& mailbox) {
    std::vector<std::string> ids;
    for (const EntryPtr& entry : Waiting(mailbox)) ids.push_back(entry->envelope.id());
    return ids;
  }
};

using Ids = std::vector<std::string>;

TEST_P(SurvivalLaws, TheyAreForEnginesThatSaySo) {
  EXPECT_TRUE(engine_->properties().survives_crash);
}

TEST_P(SurvivalLaws, WhatIsKeptIsThereAfterAKillInItsOrder) {
  for (const char* id : {"3", "1", "2"}) ASSERT_TRUE(Put(MakeEntry("handler/a", id)).ok());
  ASSERT_TRUE(Put(MakeEntry("handler/b", "1")).ok());
  LetItKeep();
  KillAndReopen();
  EXPECT_EQ(IdsIn("handler/a"), (Ids{"3", "1", "2"}));
  EXPECT_EQ(engine_->Mailboxes().size(), 2u);
}

TEST_P(SurvivalLaws, AnEntryComesBackAsItWas) {
  const EntryPtr entry = MakeEntry("handler/a", "1");
  entry->envelope.set_from("adapter/irc");
  entry->envelope.set_expires_at(7);
  entry->envelope.mutable_delivery()->set_text("hello");
  ASSERT_TRUE(Put(entry).ok());
  LetItKeep();
  KillAndReopen();
  ASSERT_EQ(Waiting("handler/a").size(), 1u);
  EXPECT_EQ(Waiting("handler/a")[0]->envelope.SerializeAsString(),
            entry->envelope.SerializeAsString());
}

TEST_P(SurvivalLaws, TheEndOfAnEngineKeepsWhatIsPending) {
  ASSERT_TRUE(Put(MakeEntry("handler/a", "1")).ok());
  ASSERT_TRUE(DoWrites({PutOf("alice", "1")}).ok());
  Reopen();
  EXPECT_EQ(IdsIn("handler/a"), (Ids{"1"}));
  EXPECT_EQ(ValueOf("alice"), "1");
}

TEST_P(SurvivalLaws, ADutyEndsOnlyWhenTheEntryWouldSurvive) {
  bool kept = false;
  const EntryPtr entry = MakeEntry("handler/a", "1");
  entry->unkept = DutyThatSets(kept);
  ASSERT_TRUE(Put(entry).ok());
  loop_.Run();
  EXPECT_FALSE(kept);
  KillAndReopen();
  EXPECT_EQ(IdsIn("handler/a"), Ids{});
}

TEST_P(SurvivalLaws, AStepsDutyEndsOnlyWhenWhatCameBeforeWouldSurvive) {
  bool kept = false;
  ASSERT_TRUE(Put(MakeEntry("handler/a", "1")).ok());
  ASSERT_TRUE(engine_->Apply({.unkept = DutyThatSets(kept)}).ok());
  EXPECT_FALSE(kept);
  LetItKeep();
  EXPECT_TRUE(kept);
}

TEST_P(SurvivalLaws, AnEndedEntryStaysEnded) {
  const EntryPtr entry = MakeEntry("handler/a", "1");
  ASSERT_TRUE(Put(entry).ok());
  LetItKeep();
  ASSERT_TRUE(End(entry).ok());
  LetItKeep();
  KillAndReopen();
  EXPECT_EQ(IdsIn("handler/a"), Ids{});
  EXPECT_EQ(Put(MakeEntry("handler/a", "1"))->known, 1u);
}

TEST_P(SurvivalLaws, AFinishSurvivesWholeOrNotAtAll) {
  const EntryPtr delivery = MakeEntry("handler/a", "1");
  ASSERT_TRUE(Put(delivery).ok());
  LetItKeep();
  Step finish;
  finish.end.push_back(delivery);
  finish.put.push_back(MakeEntry("adapter/irc", "1"));
  finish.writes.push_back(AddOf("alice", 1));
  ASSERT_TRUE(engine_->Apply(std::move(finish)).ok());
  home_->Kill();
  LetItKeep();
  Reopen();
  EXPECT_EQ(IdsIn("handler/a"), (Ids{"1"}));
  EXPECT_EQ(IdsIn("adapter/irc"), Ids{});
  EXPECT_EQ(ValueOf("alice"), "(none)");
}

// The event comes again: it must not count twice.
TEST_P(SurvivalLaws, AFinishWithWritesIsRememberedThoughTheDeliveryWasNeverWritten) {
  const EntryPtr delivery = MakeEntry("handler/a", "1");
  ASSERT_TRUE(Put(delivery).ok());
  Step finish;
  finish.end.push_back(delivery);
  finish.writes.push_back(AddOf("alice", 1));
  ASSERT_TRUE(engine_->Apply(std::move(finish)).ok());
  LetItKeep();
  KillAndReopen();
  EXPECT_EQ(ValueOf("alice"), "1");
  EXPECT_EQ(Put(MakeEntry("handler/a", "1"))->known, 1u);
}

TEST_P(SurvivalLaws, WhatAFinishWritesTakesTheDutyOfItsDelivery) {
  bool kept = false;
  EntryPtr delivery = MakeEntry("handler/a", "1");
  delivery->unkept = DutyThatSets(kept);
  ASSERT_TRUE(Put(delivery).ok());
  Step finish;
  finish.end.push_back(delivery);
  finish.writes.push_back(AddOf("alice", 1));
  ASSERT_TRUE(engine_->Apply(std::move(finish)).ok());
  delivery.reset();
  loop_.Run();
  EXPECT_FALSE(kept);
  LetItKeep();
  EXPECT_TRUE(kept);
}

// The order died after its delivery, which was accepted long ago, had been ended on the disk.
TEST_P(SurvivalLaws, WhatWasAcceptedIsSomewhereAtEveryMoment) {
  const EntryPtr delivery = MakeEntry("handler/a", "1");
  ASSERT_TRUE(Put(delivery).ok());
  LetItKeep();
  const EntryPtr order = MakeEntry("adapter/irc", "1");
  Step finish;
  finish.end.push_back(delivery);
  finish.put.push_back(order);
  ASSERT_TRUE(engine_->Apply(std::move(finish)).ok());
  loop_.Advance(Ms(4));
  Step die;
  die.end.push_back(order);
  die.writes.push_back(PutOf("dead", "order 1"));
  ASSERT_TRUE(engine_->Apply(std::move(die)).ok());
  for (int ms = 0; ms < 12; ++ms) {
    home_->Kill();
    loop_.Advance(Ms(1));
    VirtualLoop loop;
    const auto other = home_->Open(loop);
    CollectingReader deliveries;
    CollectingReader orders;
    other->Read("handler/a", &deliveries);
    other->Read("adapter/irc", &orders);
    const std::size_t places = deliveries.entries.size() + orders.entries.size() +
                               (other->Find("karma", "dead").has_value() ? 1 : 0);
    EXPECT_EQ(places, 1u) << ms;
    deliveries.entries.clear();
  }
}

// Nobody will say it again, though it ended before it was written.
TEST_P(SurvivalLaws, WhatCameWithoutADutyIsKeptInTimeOrWhatItCaused) {
  const EntryPtr delivery = MakeEntry("handler/a", "1");
  ASSERT_TRUE(Put(delivery).ok());
  loop_.Advance(Ms(3));
  Step finish;
  finish.end.push_back(delivery);
  finish.put.push_back(MakeEntry("adapter/irc", "1"));
  ASSERT_TRUE(engine_->Apply(std::move(finish)).ok());
  loop_.Advance(Ms(3));
  KillAndReopen();
  EXPECT_EQ(IdsIn("handler/a").size() + IdsIn("adapter/irc").size(), 1u);
}

TEST_P(SurvivalLaws, AChangeOfAKeptEntryIsKept) {
  const EntryPtr entry = MakeEntry("handler/a", "1");
  ASSERT_TRUE(Put(entry).ok());
  LetItKeep();
  entry->envelope.set_attempt(2);
  engine_->Changed(*entry);
  LetItKeep();
  KillAndReopen();
  ASSERT_EQ(Waiting("handler/a").size(), 1u);
  EXPECT_EQ(Waiting("handler/a")[0]->envelope.attempt(), 2u);
}

TEST_P(SurvivalLaws, RevisionsAreNotReusedAfterAKill) {
  const auto first = DoWrites({PutOf("alice", "1")});
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(
      DoWrites({{.space = "karma", .key = "alice", .kind = Write::Kind::kDelete, .value = {}}})
          .ok());
  LetItKeep();
  KillAndReopen();
  const auto second = DoWrites({PutOf("alice", "1")});
  EXPECT_GT(second->revisions[0], first->revisions[0]);
}

TEST_P(SurvivalLaws, ValuesComeBackWithTheirRevisionsAndTheirTime) {
  Write write = PutOf("alice", std::string("\0 binary \xff", 10));
  write.expires_at = loop_.WallNow() + 10'000;
  const auto applied = DoWrites({write});
  LetItKeep();
  KillAndReopen();
  const auto entry = engine_->Find("karma", "alice");
  ASSERT_TRUE(entry.has_value());
  EXPECT_EQ(entry->value, write.value);
  EXPECT_EQ(entry->revision, applied->revisions[0]);
  loop_.Advance(Ms(10'000));
  EXPECT_EQ(ValueOf("alice"), "(none)");
}

}  // namespace chathub
