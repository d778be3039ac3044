// What is written, and how large it gets.
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/engine/shaky_disk.h"
#include "tests/engine/sqlite_home.h"

namespace chathub {
namespace {

namespace fs = std::filesystem;
using Ms = Milliseconds;

// Counts how often somebody wants to be woken.
class CountingLoop : public VirtualLoop {
 public:
  [[nodiscard]] Timer At(TimePoint when, Task task) override {
    ++timers;
    return VirtualLoop::At(when, std::move(task));
  }
  int timers = 0;
};

class SqliteGrowthTest : public testing::Test {
 protected:
  SqliteGrowthTest() {
    auto engine = OpenSqlite(folder_.store(), loop_, disk_.name());
    EXPECT_TRUE(engine.ok()) << engine.status();
    engine_ = *std::move(engine);
    before_ = disk_.deeds().size();
  }

  static EntryPtr Make(const std::string& mailbox, int id, bool& accepted) {
    auto entry = std::make_shared<Entry>();
    entry->envelope.set_id(std::to_string(id));
    entry->envelope.set_to(mailbox);
    entry->envelope.mutable_delivery()->set_text(std::string(500, 'x'));
    entry->unkept = DutyThatSets(accepted);
    return entry;
  }
  void Put(const EntryPtr& entry) { Do({.put = {entry}}); }
  void End(const EntryPtr& entry) { Do({.end = {entry}}); }
  void Do(Step step) { ASSERT_TRUE(engine_->Apply(std::move(step)).ok()); }
  void Set(int key, std::int64_t expires_at = 0) {
    Do({.writes = {{.space = "s",
                    .key = std::to_string(key),
                    .value = std::string(4'000, 'v'),
                    .expires_at = expires_at}}});
  }
  std::size_t DeedsSince() const { return disk_.deeds().size() - before_; }
  std::uintmax_t LogSize() const { return fs::file_size(folder_.store().string() + "-wal"); }

  // A delivery and its order end at once.
  void Work(int id) {
    bool accepted = false;
    EntryPtr delivery = Make("handler/a", id, accepted);
    Put(delivery);
    bool unused = false;
    EntryPtr order = Make("adapter/irc", id, unused);
    order->unkept = delivery->unkept;
    Do({.put = {order}, .end = {delivery}});
    delivery.reset();
    loop_.Advance(Ms(1));
    End(order);
    order.reset();
    EXPECT_TRUE(accepted);
  }

  CountingLoop loop_;
  Folder folder_;
  ShakyDisk disk_{"growth"};
  std::unique_ptr<SqliteEngine> engine_;
  std::size_t before_ = 0;
};

TEST_F(SqliteGrowthTest, WorkThatEndsAtOnceIsAcceptedAndNeverWritten) {
  for (int i = 0; i < 1'000; ++i) Work(i);
  loop_.Advance(Ms(100));
  EXPECT_EQ(DeedsSince(), 0u);
  EXPECT_EQ(engine_->EntriesWritten(), 0u);
}

TEST_F(SqliteGrowthTest, WorkThatEndsAtOnceDoesNotWakeTheHubEachTime) {
  Work(0);
  loop_.timers = 0;
  for (int i = 1; i <= 500; ++i) Work(i);  // a millisecond each
  EXPECT_LE(loop_.timers, 500 / 4 + 1);
}

// One that takes longer holds up nothing but itself.
TEST_F(SqliteGrowthTest, WhatLastsIsWrittenAndWhatCameAndWentBehindItIsNot) {
  bool accepted = false;
  const EntryPtr slow = Make("handler/a", 1'000, accepted);
  Put(slow);
  for (int i = 0; i < 100; ++i) Work(i);
  EXPECT_TRUE(accepted);
  EXPECT_EQ(engine_->EntriesWritten(), 1u);
}

TEST_F(SqliteGrowthTest, WhatOutlivesFiveMillisecondsIsWritten) {
  bool accepted = false;
  const EntryPtr entry = Make("handler/a", 1, accepted);
  Put(entry);
  loop_.Advance(Ms(4));
  EXPECT_EQ(DeedsSince(), 0u);
  loop_.Advance(Ms(1));
  EXPECT_GT(DeedsSince(), 0u);
  EXPECT_TRUE(accepted);
  EXPECT_EQ(engine_->EntriesWritten(), 1u);
}

TEST_F(SqliteGrowthTest, AChangeOfWhatIsNotWrittenCostsNothing) {
  bool accepted = false;
  const EntryPtr entry = Make("handler/a", 1, accepted);
  Put(entry);
  engine_->Changed(*entry);
  End(entry);
  loop_.Advance(Ms(100));
  EXPECT_EQ(DeedsSince(), 0u);
}

// 400 MB go through; neither the log nor the file shows it.
TEST_F(SqliteGrowthTest, ALogIsShortHoweverMuchGoesThroughIt) {
  std::uintmax_t longest = 0;
  for (int round = 0; round < 1'000; ++round) {
    for (int i = 0; i < 100; ++i) Set(i);
    loop_.Advance(Ms(10));
    longest = std::max(longest, LogSize());
  }
  EXPECT_LT(longest, 16u * 1024 * 1024);
  EXPECT_LT(fs::file_size(folder_.store()), 4u * 1024 * 1024);
}

// Somebody else's reader would keep the log from ever being begun anew: it does not get in.
TEST_F(SqliteGrowthTest, NobodyElseCanReadAndSoHoldTheLogOpen) {
  for (int i = 0; i < 100; ++i) Set(i);
  loop_.Advance(Ms(50));
  sqlite3* reader = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.store().c_str(), &reader), SQLITE_OK);
  const char* read = "BEGIN; SELECT count(*) FROM stored;";
  EXPECT_EQ(sqlite3_exec(reader, read, nullptr, nullptr, nullptr), SQLITE_BUSY);
  std::uintmax_t longest = 0;
  for (int round = 0; round < 200; ++round) {
    for (int i = 0; i < 100; ++i) Set(i);
    loop_.Advance(Ms(10));
    longest = std::max(longest, LogSize());
  }
  EXPECT_LT(longest, 16u * 1024 * 1024);
  sqlite3_close(reader);
}

TEST_F(SqliteGrowthTest, WhatExpiresGivesItsRoomBackWhileOthersWrite) {
  for (int i = 0; i < 5'000; ++i) Set(i, loop_.WallNow() + 2'000);
  loop_.Advance(Ms(500));
  const std::uintmax_t full = fs::file_size(folder_.store());
  EXPECT_GT(full, 20'000'000u);
  for (int i = 0; i < 5'000; ++i) {
    Set(10'000 + i % 10);
    loop_.Advance(Ms(10));
  }
  EXPECT_LT(fs::file_size(folder_.store()), full / 2);
  EXPECT_EQ(engine_->List("s", "", "", 10'000).size(), 10u);
}

TEST_F(SqliteGrowthTest, EndedIdsLeaveTheDiskWhenTheirTimeIsOver) {
  for (int i = 0; i < 2'000; ++i) {
    bool accepted = false;
    const EntryPtr entry = Make("handler/a", i, accepted);
    Put(entry);
    loop_.Advance(Ms(6));
    End(entry);
  }
  loop_.Advance(Ms(120'000));
  engine_.reset();
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.store().c_str(), &connection), SQLITE_OK);
  int rows = -1;
  sqlite3_exec(
      connection, "SELECT count(*) FROM ended",
      [](void* to, int, char** values, char**) {
        *static_cast<int*>(to) = std::stoi(values[0]);
        return 0;
      },
      &rows, nullptr);
  sqlite3_close(connection);
  EXPECT_EQ(rows, 0);
}

}  // namespace
}  // namespace chathub
