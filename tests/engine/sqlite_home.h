// Where SQLite engines of tests live: a folder that goes with the test.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "hub/engine/sqlite/sqlite_engine.h"
#include "tests/engine/engine_case.h"

namespace chathub {

class Folder {
 public:
  Folder() {
    std::string pattern = Where() / "chathub-store-XXXXXX";
    path_ = mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  const std::filesystem::path& path() const { return path_; }
  // In memory where there is such a place: tests that cut the power do it themselves.
  static std::filesystem::path Where() {
    return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : std::filesystem::temp_directory_path();
  }
  std::filesystem::path store() const { return path_ / sqlite::kStoreFile; }

 private:
  std::filesystem::path path_;
};

// The disk thread is not one: its jobs are done at once.
inline absl::StatusOr<std::unique_ptr<SqliteEngine>> OpenSqlite(const std::filesystem::path& store,
                                                                Loop& loop,
                                                                const std::string& vfs = "",
                                                                KeepingOptions options = {}) {
  return SqliteEngine::Open(options, loop, {store, vfs}, std::make_unique<InlineWorkshop>(loop));
}

class SqliteHome : public EngineHome {
 public:
  std::unique_ptr<Engine> Open(Loop& loop) override {
    auto engine = OpenSqlite(folder_->store(), loop);
    EXPECT_TRUE(engine.ok()) << engine.status();
    return engine.ok() ? *std::move(engine) : nullptr;
  }
  // What a killed process wrote stays; nothing that it would have written later is seen.
  void Kill() override {
    auto copy = std::make_unique<Folder>();
    std::filesystem::copy(folder_->path(), copy->path(), std::filesystem::copy_options::recursive);
    past_ = std::exchange(folder_, std::move(copy));
  }
  const Folder& folder() const { return *folder_; }

 private:
  std::unique_ptr<Folder> folder_ = std::make_unique<Folder>();
  std::unique_ptr<Folder> past_;  // the killed engine closes its files there
};

}  // namespace chathub
