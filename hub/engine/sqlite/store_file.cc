#include "hub/engine/sqlite/store_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "hub/base/errors.h"
#include "hub/engine/sqlite/file_checks.h"
#include "hub/engine/sqlite/migrations.h"

namespace chathub::sqlite {
namespace {

namespace fs = std::filesystem;

using ConnectionOr = absl::StatusOr<std::unique_ptr<Connection>>;

// Exclusive comes first: it keeps the log's index in our own memory, not in a shared file.
// Checkpoints are ours (see Connection), because SQLite swallows the errors of its own; to set
// wal_autocheckpoint here would take our hook away.
constexpr char kManners[] =
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA mmap_size = 0;"
    "PRAGMA journal_size_limit = 8388608;"
    "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;";

absl::Status Damaged(const fs::path& file, std::string_view what) {
  return Fail(Reason::kOurFault,
              file.string() + " is damaged: " + std::string(what) +
                  "; nothing was changed. Restore it from a copy, or move it (and " +
                  LogOf(file).string() + ") away to begin anew; chathub store check says more");
}

absl::Status Explain(const fs::path& file, const absl::Status& status) {
  if (status.ok()) return status;
  if (ReasonOf(status) == Reason::kNameTaken) {
    return Fail(Reason::kNameTaken,
                file.string() + " is in use by another program; close that and start again");
  }
  return Damaged(file, std::string_view(status.message().data(), status.message().size()));
}

ConnectionOr Connect(const StorePlace& place, Connection::Existence existence) {
  auto connection = Connection::Open(place.file.string(), existence, place.vfs);
  if (!connection.ok()) return connection;
  (*connection)->LeaveLog();
  if (absl::Status status = (*connection)->Run(kManners); !status.ok()) return status;
  return connection;
}

absl::Status Migrate(Connection& connection) {
  const auto schema = connection.Number("PRAGMA user_version");
  if (!schema.ok()) return schema.status();
  const auto steps = Migrations();
  for (auto number = static_cast<std::size_t>(*schema); number < steps.size(); ++number) {
    absl::Status status =
        connection.Run(std::string("BEGIN IMMEDIATE;") + steps[number] +
                       "PRAGMA user_version = " + std::to_string(number + 1) + "; COMMIT;");
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status FillDraft(const StorePlace& draft) {
  auto connection = Connect(draft, Connection::Existence::kMayBeMade);
  if (!connection.ok()) return connection.status();
  absl::Status status = (*connection)
                            ->Run("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = " +
                                  std::to_string(kApplicationId) + ";");
  if (status.ok()) status = Migrate(**connection);
  // The last: until here an ordinary journal, gone with the last transaction.
  if (status.ok()) status = (*connection)->Run("PRAGMA journal_mode = WAL;");
  if (status.ok()) status = (*connection)->TidyLog();
  return status;
}

// Under another name until it is whole: a store is never empty, whenever somebody is killed.
absl::Status Make(const StorePlace& place) {
  const StorePlace draft{place.file.string() + ".new", place.vfs};
  for (const char* end : {"", "-journal", "-wal"}) unlink((draft.file.string() + end).c_str());
  const int file = open(draft.file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    return Fail(Reason::kOurFault,
                "cannot make " + draft.file.string() + ": " + std::strerror(errno));
  }
  close(file);
  if (absl::Status status = FillDraft(draft); !status.ok()) {
    return Fail(Reason::kOurFault, "cannot make the store: " + std::string(status.message()));
  }
  if (std::rename(draft.file.c_str(), place.file.c_str()) != 0) {
    return Fail(Reason::kOurFault,
                "cannot make " + place.file.string() + ": " + std::strerror(errno));
  }
  return SyncFolder(place.file.parent_path());
}

absl::Status CheckWhole(Connection& connection, const StorePlace& place) {
  const auto verdict = connection.Text("PRAGMA quick_check(1)");
  if (!verdict.ok()) return Explain(place.file, verdict.status());
  if (*verdict != "ok") return Damaged(place.file, *verdict);
  // The header may be older than the log.
  const auto schema = connection.Number("PRAGMA user_version");
  if (!schema.ok()) return Explain(place.file, schema.status());
  if (*schema < 1 || *schema > static_cast<std::int64_t>(Migrations().size())) {
    return Damaged(place.file, "its schema has the number " + std::to_string(*schema));
  }
  return absl::OkStatus();
}

absl::Status CheckLogIsThere(Connection& connection, const StorePlace& place, bool had_log) {
  const auto open = connection.Number("SELECT value FROM counters WHERE name = 'open'");
  if (!open.ok()) return Explain(place.file, open.status());
  if (*open == 0 || had_log) return absl::OkStatus();
  return Fail(Reason::kOurFault,
              "the log " + LogOf(place.file).string() +
                  " is missing or empty, though the hub that wrote it was not stopped: what was "
                  "kept last is in it; put it back beside " +
                  place.file.string() + ". If it is lost, accept that with: sqlite3 " +
                  place.file.string() + " \"UPDATE counters SET value = 0 WHERE name = 'open'\"");
}

}  // namespace

ConnectionOr OpenStoreToCheck(const StorePlace& place) {
  const auto there = CheckFiles(place.file);
  if (!there.ok()) return there.status();
  const bool had_log = HasLog(place.file);
  auto connection = Connect(place, Connection::Existence::kMustExist);
  if (!connection.ok()) return Explain(place.file, connection.status());
  if (absl::Status status = CheckWhole(**connection, place); !status.ok()) return status;
  absl::Status status = CheckLogIsThere(**connection, place, had_log);
  if (!status.ok()) return status;
  return connection;
}

ConnectionOr OpenStore(const StorePlace& place) {
  const auto there = CheckFiles(place.file);
  if (!there.ok()) return there.status();
  if (!*there) {
    if (absl::Status status = Make(place); !status.ok()) return status;
  }
  auto connection = OpenStoreToCheck(place);
  if (!connection.ok()) return connection;
  absl::Status status = Migrate(**connection);
  if (status.ok()) {
    status = (*connection)->Run("UPDATE counters SET value = 1 WHERE name = 'open'");
  }
  // Into the file itself, so that it tells when the log is missing.
  if (status.ok()) status = (*connection)->Checkpoint();
  if (!status.ok()) return status;
  return connection;
}

ConnectionOr ReopenStore(const StorePlace& place) {
  auto connection = Connect(place, Connection::Existence::kMustExist);
  if (!connection.ok()) return connection;
  // What the system failed to write to the log it may keep in memory and call written. Moved into
  // the file, it is written again.
  if (absl::Status status = (*connection)->Checkpoint(); !status.ok()) return status;
  return connection;
}

absl::Status CloseStore(std::unique_ptr<Connection> connection) {
  absl::Status status = connection->Run("UPDATE counters SET value = 0 WHERE name = 'open'");
  if (status.ok()) status = connection->TidyLog();
  return status;
}

}  // namespace chathub::sqlite
