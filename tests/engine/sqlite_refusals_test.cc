// A store that is not what it should be is refused in words that say what to do, and stays as it
// is.
#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/engine/open.h"
#include "tests/engine/sqlite_home.h"

namespace chathub {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::size_t kEntries = 300;

std::string BytesOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteBytes(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  chmod(path.c_str(), 0600);
}

// Like somebody with the sqlite3 program.
void RunSql(const fs::path& path, const std::string& sql) {
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &connection), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(connection);
  sqlite3_close(connection);
}

class SqliteRefusalsTest : public testing::Test {
 protected:
  // A store with entries and values, closed.
  void Fill() {
    auto engine = OpenSqlite(store(), loop_);
    ASSERT_TRUE(engine.ok()) << engine.status();
    for (std::size_t i = 0; i < kEntries; ++i) {
      Step step;
      step.put.push_back(std::make_shared<Entry>());
      internal::Envelope& envelope = step.put[0]->envelope;
      envelope.set_id(std::to_string(i));
      envelope.set_to("handler/a");
      envelope.mutable_delivery()->set_text(std::string(200, 'x'));
      step.writes.push_back(
          {.space = "s", .key = std::to_string(i), .value = std::string(50, 'y')});
      ASSERT_TRUE((*engine)->Apply(std::move(step)).ok());
    }
  }
  // One whose hub was killed: it has a log.
  void FillAndKill() {
    SqliteHome home;
    const auto engine = home.Open(loop_);
    Step step;
    step.writes.push_back({.space = "s", .key = "k", .value = "v"});
    ASSERT_TRUE(engine->Apply(std::move(step)).ok());
    loop_.Advance(Milliseconds(50));
    for (const auto& file : fs::directory_iterator(home.folder().path())) {
      fs::copy(file.path(), folder_.path() / file.path().filename());
    }
  }
  std::string Refusal() {
    const auto engine = OpenSqlite(store(), loop_);
    return engine.ok() ? "(it opens)" : std::string(engine.status().message());
  }
  // Also says that nothing was changed.
  void ExpectRefusal(const std::string& why, const std::string& remedy) {
    const std::string before = BytesOf(store());
    const std::string refusal = Refusal();
    EXPECT_THAT(refusal, HasSubstr(store().string()));
    EXPECT_THAT(refusal, HasSubstr(why));
    EXPECT_THAT(refusal, HasSubstr(remedy));
    EXPECT_EQ(BytesOf(store()), before);
    EXPECT_EQ(Refusal(), refusal) << "the second start says something else";
  }
  fs::path store() const { return folder_.store(); }

  VirtualLoop loop_;
  Folder folder_;
};

TEST_F(SqliteRefusalsTest, ATruncatedStore) {
  Fill();
  fs::resize_file(store(), fs::file_size(store()) / 2);
  ExpectRefusal("is truncated", "restore it from a copy");
}

TEST_F(SqliteRefusalsTest, AnEmptyFile) {
  WriteBytes(store(), "");
  ExpectRefusal("is empty, which a store never is", "move it away");
}

TEST_F(SqliteRefusalsTest, AFileThatIsNoDatabase) {
  WriteBytes(store(), std::string(5'000, 'x'));
  ExpectRefusal("is not a SQLite database", "move it away");
}

TEST_F(SqliteRefusalsTest, ADatabaseOfAnotherProgram) {
  RunSql(store(), "CREATE TABLE recipes (name)");
  chmod(store().c_str(), 0600);
  ExpectRefusal("is a database of another program", "--data");
}

TEST_F(SqliteRefusalsTest, AStoreOfANewerChathub) {
  Fill();
  RunSql(store(), "PRAGMA user_version = 99");
  ExpectRefusal("was written by a newer Chathub (schema 99", "run that Chathub again");
}

TEST_F(SqliteRefusalsTest, AStoreWithoutItsTables) {
  Fill();
  RunSql(store(), "DROP TABLE counters");
  ExpectRefusal("is damaged", "chathub store check");
}

TEST_F(SqliteRefusalsTest, AStoreThatOthersMayRead) {
  Fill();
  chmod(store().c_str(), 0644);
  ExpectRefusal("must be readable and writable by its owner alone", "chmod 600");
}

TEST_F(SqliteRefusalsTest, AStoreThatItsOwnerMayNotWrite) {
  Fill();
  chmod(store().c_str(), 0400);
  ExpectRefusal("must be readable and writable by its owner alone", "chmod 600");
}

TEST_F(SqliteRefusalsTest, ALogThatWasTakenAway) {
  FillAndKill();
  ASSERT_TRUE(fs::remove(store().string() + "-wal"));
  ExpectRefusal("is missing or empty", "put it back");
}

TEST_F(SqliteRefusalsTest, ALogThatIsThereAgainIsRead) {
  FillAndKill();
  fs::rename(store().string() + "-wal", store().string() + ".aside");
  ASSERT_NE(Refusal(), "(it opens)");
  fs::rename(store().string() + ".aside", store().string() + "-wal");
  const auto engine = OpenSqlite(store(), loop_);
  ASSERT_TRUE(engine.ok()) << engine.status();
  EXPECT_EQ((*engine)->Find("s", "k")->value, "v");
}

TEST_F(SqliteRefusalsTest, ALogWithoutItsStore) {
  FillAndKill();
  ASSERT_TRUE(fs::remove(store()));
  EXPECT_THAT(Refusal(), HasSubstr("is missing, but its log"));
  EXPECT_FALSE(fs::exists(store()));
}

TEST_F(SqliteRefusalsTest, AStoreThatAnotherProgramHasOpen) {
  Fill();
  sqlite3* reader = nullptr;
  ASSERT_EQ(sqlite3_open(store().c_str(), &reader), SQLITE_OK);
  const char* read = "BEGIN; SELECT count(*) FROM entries;";
  ASSERT_EQ(sqlite3_exec(reader, read, nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_THAT(Refusal(), HasSubstr("is in use by another program; close that"));
  sqlite3_close(reader);
  EXPECT_EQ(Refusal(), "(it opens)");
}

TEST_F(SqliteRefusalsTest, AMakingThatWasInterruptedIsBegunAgain) {
  WriteBytes(store().string() + ".new", "half");
  EXPECT_EQ(Refusal(), "(it opens)");
}

// Wherever a bit flips: refused, or nothing is missing that is not a dead letter.
TEST_F(SqliteRefusalsTest, AFlippedBitIsFoundOrDoesNoHarm) {
  Fill();
  const std::string whole = BytesOf(store());
  std::mt19937 dice(7);
  int refused = 0;
  int buried = 0;
  for (int round = 0; round < 400; ++round) {
    std::string bytes = whole;
    const std::size_t at = dice() % bytes.size();
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << dice() % 8));
    const Folder folder;
    WriteBytes(folder.store(), bytes);
    VirtualLoop loop;
    auto engine = OpenSqlite(folder.store(), loop);
    if (!engine.ok()) {
      EXPECT_EQ(BytesOf(folder.store()), bytes) << at;
      EXPECT_THAT(std::string(engine.status().message()), HasSubstr(folder.store().string()));
      ++refused;
      continue;
    }
    CollectingReader reader;
    (*engine)->Read("handler/a", &reader);
    const auto letters = (*engine)->List("hub.dead", "", "", 10'000);
    for (const StoreEntry& letter : letters) {
      EXPECT_TRUE(internal::DeadEnvelope().ParseFromString(letter.value)) << at;
    }
    const std::size_t dead = letters.size();
    const std::size_t values = (*engine)->List("s", "", "", 10'000).size();
    EXPECT_GE(reader.entries.size() + values + dead, 2 * kEntries) << "bit of byte " << at;
    for (const EntryPtr& entry : reader.entries) {
      EXPECT_EQ(entry->envelope.delivery().text(), std::string(200, 'x')) << at;
    }
    for (const StoreEntry& entry : (*engine)->List("s", "", "", 10'000)) {
      EXPECT_EQ(entry.value, std::string(50, 'y')) << at;
    }
    if (dead > 0) ++buried;
  }
  EXPECT_GT(refused, 10);
  EXPECT_GT(buried, 100);
}

TEST_F(SqliteRefusalsTest, ADamagedEntryIsADeadLetterAndStaysOne) {
  Fill();
  RunSql(store(), "UPDATE entries SET checksum = checksum + 1 WHERE place = 7");
  for (int start = 0; start < 2; ++start) {
    const auto engine = OpenSqlite(store(), loop_);
    ASSERT_TRUE(engine.ok()) << engine.status();
    CollectingReader reader;
    (*engine)->Read("handler/a", &reader);
    EXPECT_EQ(reader.entries.size(), kEntries - 1);
    const auto letters = (*engine)->List("hub.dead", "", "", 10);
    ASSERT_EQ(letters.size(), 1u);
    internal::DeadEnvelope dead;
    ASSERT_TRUE(dead.ParseFromString(letters[0].value));
    EXPECT_EQ(dead.envelope().id(), "6");
    EXPECT_EQ(dead.envelope().to(), "handler/a");
    EXPECT_THAT(dead.why(), HasSubstr("row 7 of entries was damaged on the disk"));
  }
}

TEST_F(SqliteRefusalsTest, ACheckSaysWhatIsThereAndChangesNothing) {
  Fill();
  const std::string before = BytesOf(store());
  const auto fine = CheckStore(folder_.path());
  ASSERT_TRUE(fine.ok()) << fine.status();
  EXPECT_THAT(*fine, HasSubstr("is fine: 300 entries, 300 stored values"));
  EXPECT_EQ(BytesOf(store()), before);
  RunSql(store(),
         "UPDATE entries SET checksum = 0 WHERE place = 7;"
         "UPDATE stored SET value = x'7a' WHERE key = '9'");
  const auto broken = CheckStore(folder_.path());
  EXPECT_THAT(std::string(broken.status().message()), HasSubstr("row 7 of entries"));
  EXPECT_THAT(std::string(broken.status().message()), HasSubstr("key s/9 of stored"));
}

TEST_F(SqliteRefusalsTest, ACheckOfNothingSaysSoAndMakesNothing) {
  EXPECT_THAT(std::string(CheckStore(folder_.path()).status().message()),
              HasSubstr("there is no store"));
  EXPECT_FALSE(fs::exists(store()));
}

}  // namespace
}  // namespace chathub
