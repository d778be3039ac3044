#include "hub/engine/sqlite/store_check.h"

#include <cstddef>

#include "hub/base/errors.h"
#include "hub/engine/sqlite/file_checks.h"
#include "hub/engine/sqlite/loading.h"

namespace chathub::sqlite {
namespace {

class Counter : public RowReader {
 public:
  void Entry(std::uint64_t, std::string_view, std::string_view, std::string_view) override {
    ++entries;
  }
  void Ended(std::uint64_t, std::string_view, std::int64_t) override { ++ended; }
  void Value(std::string_view, std::string_view, std::string_view, std::uint64_t,
             std::int64_t) override {
    ++values;
  }
  void Damaged(Damage damage) override {
    faults.append("\n  ").append(damage.row).append(": its checksum is wrong");
  }

  std::size_t entries = 0;
  std::size_t ended = 0;
  std::size_t values = 0;
  std::string faults;
};

// Everything that SQLite finds, a line each.
absl::StatusOr<std::string> Structure(Connection& connection) {
  auto statement = connection.Prepare("PRAGMA integrity_check");
  if (!statement.ok()) return statement.status();
  std::string faults;
  while (true) {
    const auto row = statement->Step();
    if (!row.ok()) return row.status();
    if (!*row) return faults;
    if (statement->Text(0) != "ok") faults.append("\n  ").append(statement->Text(0));
  }
}

}  // namespace

absl::StatusOr<std::string> CheckStore(const StorePlace& place) {
  const auto there = CheckFiles(place.file);
  if (!there.ok()) return there.status();
  if (!*there) return Fail(Reason::kNoSuchPeer, "there is no store " + place.file.string());
  auto connection = OpenStoreToCheck(place);
  if (!connection.ok()) return connection.status();
  auto faults = Structure(**connection);
  if (!faults.ok()) return faults.status();
  Counter counter;
  if (absl::Status status = ReadRows(**connection, counter); !status.ok()) return status;
  if (const std::string all = *faults + counter.faults; !all.empty()) {
    return Fail(Reason::kOurFault, place.file.string() + " is damaged:" + all);
  }
  return place.file.string() + " is fine: " + std::to_string(counter.entries) + " entries, " +
         std::to_string(counter.values) + " stored values, " + std::to_string(counter.ended) +
         " remembered ids";
}

}  // namespace chathub::sqlite
