// The disk fails: nothing is acknowledged, nothing is lost, and it heals without a restart.
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "tests/engine/shaky_disk.h"
#include "tests/engine/sqlite_home.h"

namespace chathub {
namespace {

using Kind = ShakyDisk::Kind;
using Ms = Milliseconds;

class SqliteTroubleTest : public testing::Test {
 protected:
  SqliteTroubleTest() { Open(); }

  void Open() {
    engine_.reset();
    auto engine = OpenSqlite(folder_.store(), loop_, disk_.name(), options_);
    ASSERT_TRUE(engine.ok()) << engine.status();
    engine_ = *std::move(engine);
  }
  absl::Status Put(const std::string& id, bool& accepted, const std::string& text = "") {
    auto entry = std::make_shared<Entry>();
    entry->envelope.set_id(id);
    entry->envelope.set_to("handler/a");
    entry->envelope.mutable_delivery()->set_text(text);
    entry->unkept = DutyThatSets(accepted);
    last_ = entry;
    Step step;
    step.put.push_back(std::move(entry));
    return engine_->Apply(std::move(step)).status();
  }
  absl::Status EndLast() {
    Step step;
    step.end.push_back(last_);
    return engine_->Apply(std::move(step)).status();
  }
  std::vector<std::string> Waiting(Engine& engine) {
    CollectingReader reader;
    engine.Read("handler/a", &reader);
    engine.Read("handler/a", nullptr);
    return reader.Ids();
  }
  void FailWith(int code, Kind kind) {
    disk_.fault = [code, kind](Kind asked, std::string_view) {
      return asked == kind ? code : SQLITE_OK;
    };
  }
  void Heal() {
    disk_.fault = [](Kind, std::string_view) { return SQLITE_OK; };
  }
  // Whatever fails, the course is the same.
  void NothingIsAcceptedUntilItHeals() {
    bool accepted = false;
    ASSERT_TRUE(Put("1", accepted).ok());
    loop_.Advance(Ms(2'000));
    EXPECT_FALSE(accepted);
    EXPECT_NE(engine_->Trouble().find(folder_.store().string()), std::string::npos)
        << engine_->Trouble();
    EXPECT_EQ(Waiting(*engine_), (std::vector<std::string>{"1"})) << "work goes on in memory";
    Heal();
    loop_.Advance(Ms(2'000));
    EXPECT_TRUE(accepted);
    EXPECT_EQ(engine_->Trouble(), "");
    Open();
    EXPECT_EQ(Waiting(*engine_), (std::vector<std::string>{"1"}));
  }

  const KeepingOptions options_{.most_pending = 10'000, .last_patience = Ms(200)};
  VirtualLoop loop_;
  Folder folder_;
  ShakyDisk disk_{"trouble"};
  std::unique_ptr<SqliteEngine> engine_;
  EntryPtr last_;
};

TEST_F(SqliteTroubleTest, AFullDiskAcceptsNothingUntilThereIsRoom) {
  FailWith(SQLITE_FULL, Kind::kWrite);
  NothingIsAcceptedUntilItHeals();
}

TEST_F(SqliteTroubleTest, AnErrorOnWriteAcceptsNothingUntilItHeals) {
  FailWith(SQLITE_IOERR_WRITE, Kind::kWrite);
  NothingIsAcceptedUntilItHeals();
}

TEST_F(SqliteTroubleTest, AnErrorOnSyncAcceptsNothingUntilItHeals) {
  FailWith(SQLITE_IOERR_FSYNC, Kind::kSync);
  NothingIsAcceptedUntilItHeals();
}

TEST_F(SqliteTroubleTest, AFileSystemThatTurnsReadOnlyAcceptsNothingUntilItHeals) {
  FailWith(SQLITE_READONLY, Kind::kWrite);
  NothingIsAcceptedUntilItHeals();
}

// The system may call the pages clean that it could not write.
TEST_F(SqliteTroubleTest, WhatOneFailedSyncMayHaveLostIsWrittenAgainBeforeItIsAccepted) {
  PowerCut power(folder_.path());
  const std::size_t from = disk_.deeds().size();
  FailWith(SQLITE_IOERR_FSYNC, Kind::kSync);
  bool accepted = false;
  ASSERT_TRUE(Put("1", accepted).ok());
  loop_.Advance(Ms(20));
  Heal();
  while (!accepted) loop_.Advance(Ms(100));
  const std::size_t through = disk_.deeds().size();
  for (std::size_t i = from; i < through; ++i) power.Add(disk_.deeds()[i]);
  std::mt19937 dice(1);
  for (int i = 0; i < 20; ++i) {
    const Folder left;
    power.Leave(left.path(), dice);
    VirtualLoop loop;
    const auto engine = OpenSqlite(left.store(), loop);
    ASSERT_TRUE(engine.ok()) << engine.status();
    EXPECT_EQ(Waiting(**engine), (std::vector<std::string>{"1"}));
  }
}

// Every write and every sync of a small life fails once.
TEST_F(SqliteTroubleTest, WhicheverDeedFailsEverythingIsAcceptedInTheEndAndIsThereOnce) {
  std::size_t failing = 1;
  for (bool failed = true; failed; ++failing) {
    failed = false;
    std::size_t count = 0;
    disk_.fault = [&](Kind kind, std::string_view) {
      if (kind == Kind::kOpen || ++count != failing) return SQLITE_OK;
      failed = true;
      return kind == Kind::kSync ? SQLITE_IOERR_FSYNC : SQLITE_FULL;
    };
    bool accepted = false;
    ASSERT_TRUE(Put(std::to_string(failing), accepted).ok());
    Step add;
    add.writes.push_back(
        {.space = "s", .key = "sum", .kind = Write::Kind::kAdd, .value = {}, .amount = 1});
    ASSERT_TRUE(engine_->Apply(std::move(add)).ok());
    loop_.Advance(Ms(3'000));
    Heal();
    EXPECT_TRUE(accepted) << failing;
    ASSERT_TRUE(EndLast().ok());
    Open();
    EXPECT_EQ(engine_->Find("s", "sum")->value, std::to_string(failing));
    EXPECT_EQ(Waiting(*engine_).size(), 0u);
  }
  EXPECT_GT(failing, 5u);
}

TEST_F(SqliteTroubleTest, BeyondItsPatienceItTakesNothingNewButEnds) {
  FailWith(SQLITE_FULL, Kind::kWrite);
  bool accepted = false;
  ASSERT_TRUE(Put("1", accepted).ok());
  loop_.Advance(Ms(4'000));
  bool second = false;
  EXPECT_TRUE(Put("2", second).ok());
  loop_.Advance(Ms(1'500));
  bool third = false;
  const absl::Status refused = Put("3", third);
  EXPECT_EQ(ReasonOf(refused), Reason::kGoingAway);
  EXPECT_NE(refused.message().find("nothing can be kept"), absl::string_view::npos);
  EXPECT_EQ(Waiting(*engine_), (std::vector<std::string>{"1", "2"}));
  EXPECT_TRUE(EndLast().ok());
  Heal();
  loop_.Advance(Ms(1'500));
  EXPECT_TRUE(accepted);
  bool fourth = false;
  EXPECT_TRUE(Put("4", fourth).ok());
  loop_.Advance(Ms(50));
  EXPECT_TRUE(fourth);
}

TEST_F(SqliteTroubleTest, BeyondItsRoomInMemoryItTakesNothingNew) {
  FailWith(SQLITE_FULL, Kind::kWrite);
  bool accepted = false;
  ASSERT_TRUE(Put("1", accepted).ok());
  loop_.Advance(Ms(50));
  ASSERT_TRUE(Put("2", accepted, std::string(11'000, 'x')).ok());
  EXPECT_EQ(ReasonOf(Put("3", accepted)), Reason::kGoingAway);
  Heal();
  loop_.Advance(Ms(1'500));
  EXPECT_TRUE(Put("3", accepted).ok());
  loop_.Advance(Ms(50));  // no duty is left that would set `accepted` after its end
}

TEST_F(SqliteTroubleTest, AnEngineThatEndsInTroubleEndsAllTheSame) {
  FailWith(SQLITE_FULL, Kind::kWrite);
  bool accepted = false;
  ASSERT_TRUE(Put("1", accepted).ok());
  loop_.Advance(Ms(50));
  engine_.reset();
  Heal();
  Open();
  EXPECT_EQ(Waiting(*engine_).size(), 0u);
  last_.reset();  // its duty would set `accepted` after its end
}

}  // namespace
}  // namespace chathub
