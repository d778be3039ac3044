// The engine that keeps everything in memory and on the disk: it survives kill -9 and power loss.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/loop.h"
#include "hub/base/workshop.h"
#include "hub/engine/engine.h"
#include "hub/engine/engine_options.h"
#include "hub/engine/shelves.h"
#include "hub/engine/sqlite/keeper.h"
#include "hub/engine/sqlite/loading.h"
#include "hub/engine/stored_values.h"

namespace chathub {

// Answers from memory; the disk thread writes behind it what is older than 5 ms and still open.
class SqliteEngine : public Engine {
 public:
  // Reads everything that is kept. `disk_thread` runs one job after the other; the loop must
  // outlive the engine. The errors are for people: what, where, what to do.
  static absl::StatusOr<std::unique_ptr<SqliteEngine>> Open(KeepingOptions options, Loop& loop,
                                                            sqlite::StorePlace place,
                                                            std::unique_ptr<Workshop> disk_thread);

  const Properties& properties() const override { return properties_; }
  std::string Trouble() const override { return keeper_.Trouble(); }
  std::uint64_t EntriesWritten() const override { return keeper_.entries_written(); }
  absl::StatusOr<Applied> Apply(Step&& step) override;
  void Changed(const Entry& entry) override;
  const Conflict& LastConflict() const override { return conflict_; }
  void Read(const std::string& mailbox, Reader* reader) override { shelves_.Read(mailbox, reader); }
  std::vector<std::string> Mailboxes() const override { return shelves_.Mailboxes(); }
  std::optional<StoreEntry> Find(std::string_view space, std::string_view key) const override;
  std::vector<StoreEntry> List(std::string_view space, std::string_view prefix,
                               std::string_view after, std::size_t limit) const override;

 private:
  class Loader;

  SqliteEngine(KeepingOptions options, Loop& loop, sqlite::StorePlace place,
               std::unique_ptr<Workshop> disk_thread, std::unique_ptr<sqlite::BatchWriter> writer);

  absl::Status Refusal(const Step& step) const;
  absl::Status DoWrites(const Step& step, Applied& applied, sqlite::PendingStep& pending);
  void End(const Step& step, sqlite::PendingStep& pending);
  std::size_t Put(const Step& step, sqlite::PendingStep& pending, Shelves::Arrivals& arrivals);
  void Bury(std::vector<sqlite::Damage> damages);
  void Add(sqlite::PendingStep&& pending);
  // Keys and ended ids whose time is over leave the disk too.
  void CleanUp();

  const Properties properties_{
      .kind = "sqlite", .survives_crash = true, .survives_power_loss = true};
  Loop& loop_;

  Shelves shelves_;
  StoredValues values_;
  Conflict conflict_;
  sqlite::Keeper keeper_;
  Timer cleaning_;
};

}  // namespace chathub
