// The laws of hub/engine/engine.h as tests, for every kind of engine. laws_test.cc instantiates
// them, and nobody else includes them; what survives a crash is in survival_laws.h.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "tests/engine/engine_case.h"

namespace chathub {

class EngineLaws : public EngineCase {};

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
      step.put.push_back(EngineCase::MakeEntry("adapter/irc", entry->envelope.id()));
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
  entry->unkept = DutyThatSets(kept);
  ASSERT_TRUE(Put(entry).ok());
  ASSERT_TRUE(End(entry).ok());
  entry.reset();
  EXPECT_TRUE(kept);
}

TEST_P(EngineLaws, AnOpenEntryIsKeptSoon) {
  bool kept = false;
  const EntryPtr entry = MakeEntry("handler/a", "1");
  entry->unkept = DutyThatSets(kept);
  ASSERT_TRUE(Put(entry).ok());
  LetItKeep();
  EXPECT_TRUE(kept);
}

TEST_P(EngineLaws, WhatAnEntryCausesTakesItsDutyOver) {
  bool kept = false;
  EntryPtr delivery = MakeEntry("handler/a", "1");
  delivery->unkept = DutyThatSets(kept);
  ASSERT_TRUE(Put(delivery).ok());
  EntryPtr order = MakeEntry("adapter/irc", "1");
  order->unkept = delivery->unkept;
  Step finish;
  finish.end.push_back(delivery);
  finish.put.push_back(order);
  delivery.reset();
  ASSERT_TRUE(engine_->Apply(std::move(finish)).ok());
  ASSERT_TRUE(End(order).ok());
  order.reset();
  EXPECT_TRUE(kept);
}

TEST_P(EngineLaws, WhatIsSettledWithAnEntryIsSettledAtItsEnd) {
  bool settled = false;
  EntryPtr entry = MakeEntry("handler/a", "1");
  entry->unsettled = DutyThatSets(settled);
  ASSERT_TRUE(Put(entry).ok());
  LetItKeep();
  EXPECT_FALSE(settled);
  ASSERT_TRUE(End(entry).ok());
  entry.reset();
  LetItKeep();
  EXPECT_TRUE(settled);
}

TEST_P(EngineLaws, ARepeatedIdIsKeptWithWhatItRepeats) {
  ASSERT_TRUE(Put(MakeEntry("handler/a", "1")).ok());
  bool kept = false;
  EntryPtr again = MakeEntry("handler/a", "1");
  again->unkept = DutyThatSets(kept);
  ASSERT_TRUE(Put(again).ok());
  again.reset();
  LetItKeep();
  EXPECT_TRUE(kept);
}

TEST_P(EngineLaws, WritesThatSomebodyWaitsForAreKeptSoon) {
  bool kept = false;
  Step step;
  step.writes.push_back(PutOf("alice", "1"));
  step.unkept = DutyThatSets(kept);
  ASSERT_TRUE(engine_->Apply(std::move(step)).ok());
  loop_.Run();
  EXPECT_TRUE(kept);
}

TEST_P(EngineLaws, WhoeverHeldADutyMayApplyAStepWhenItEnds) {
  const Duty duty(this, [this](const void*) { EXPECT_TRUE(DoWrites({PutOf("bob", "1")}).ok()); });
  EntryPtr entry = MakeEntry("handler/a", "1");
  entry->unkept = duty;
  const_cast<Duty&>(duty).reset();
  ASSERT_TRUE(Put(entry).ok());
  LetItKeep();
  EXPECT_EQ(ValueOf("bob"), "1");
}

TEST_P(EngineLaws, ThereIsNoTroubleUnlessThereIs) {
  ASSERT_TRUE(Put(MakeEntry("handler/a", "1")).ok());
  LetItKeep();
  EXPECT_EQ(engine_->Trouble(), "");
}

// --- listings

TEST_P(EngineLaws, MailboxesWithSomethingUnfinishedAreListed) {
  const EntryPtr entry = MakeEntry("handler/a", "1");
  ASSERT_TRUE(Put(entry).ok());
  ASSERT_TRUE(Put(MakeEntry("handler/b", "1")).ok());
  ASSERT_TRUE(End(entry).ok());
  EXPECT_EQ(engine_->Mailboxes(), (std::vector<std::string>{"handler/b"}));
}

TEST_P(EngineLaws, AnEntryThatChangedStaysWhereItIs) {
  CollectingReader first;
  engine_->Read("handler/a", &first);
  ASSERT_TRUE(Put(MakeEntry("handler/a", "1")).ok());
  ASSERT_TRUE(Put(MakeEntry("handler/a", "2")).ok());
  first.entries[0]->envelope.set_attempt(1);
  engine_->Changed(*first.entries[0]);
  CollectingReader second;
  engine_->Read("handler/a", &second);
  EXPECT_EQ(second.Ids(), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(second.entries[0]->envelope.attempt(), 1u);
}

// --- time

TEST_P(EngineLaws, AnEndedIdIsKnownForItsMaxAgeWhateverTheClockOnTheWallDoes) {
  const EntryPtr entry = MakeEntry("handler/a", "1");
  entry->envelope.set_received_at(loop_.WallNow());
  entry->envelope.set_expires_at(loop_.WallNow() + 600'000);
  ASSERT_TRUE(Put(entry).ok());
  LetItKeep();
  ASSERT_TRUE(End(entry).ok());
  loop_.JumpWallClock(std::chrono::hours(1));
  loop_.Advance(Ms(590'000));
  EXPECT_EQ(Put(MakeEntry("handler/a", "1"))->known, 1u);
  loop_.JumpWallClock(std::chrono::hours(-2));
  loop_.Advance(Ms(20'000));
  EXPECT_EQ(Put(MakeEntry("handler/a", "1"))->known, 0u);
}

TEST_P(EngineLaws, OrderIsKeptWhenTheClockOnTheWallGoesBack) {
  for (const char* id : {"1", "2", "3"}) {
    const EntryPtr entry = MakeEntry("handler/a", id);
    entry->envelope.set_received_at(loop_.WallNow());
    ASSERT_TRUE(Put(entry).ok());
    LetItKeep();
    loop_.JumpWallClock(std::chrono::hours(-1));
  }
  CollectingReader reader;
  engine_->Read("handler/a", &reader);
  EXPECT_EQ(reader.Ids(), (std::vector<std::string>{"1", "2", "3"}));
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
