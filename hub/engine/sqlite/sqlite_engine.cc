#include "hub/engine/sqlite/sqlite_engine.h"

#include <algorithm>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/engine/sqlite/burial.h"

namespace chathub {
namespace {

constexpr Milliseconds kCleanEvery{1'000};

sqlite::ValueRow RowOf(const std::string& space, const std::string& key, const StoreEntry* entry) {
  sqlite::ValueRow row{.space = space, .key = key, .there = entry != nullptr, .value = {}};
  if (entry == nullptr) return row;
  row.value = entry->value;
  row.revision = entry->revision;
  row.expires_at = entry->expires_at;
  return row;
}

// Both duties as one.
Duty Both(Duty first, Duty second) {
  if (first == nullptr) return second;
  if (second == nullptr) return first;
  return std::make_shared<std::pair<Duty, Duty>>(std::move(first), std::move(second));
}

template <typename Row>
void Append(const std::vector<Row>& more, std::vector<Row>& rows) {
  rows.insert(rows.end(), more.begin(), more.end());
}

}  // namespace

// --- opening

// Puts what the store holds into memory.
class SqliteEngine::Loader : public sqlite::RowReader {
 public:
  explicit Loader(SqliteEngine& engine) : engine_(engine) {}

  void Entry(std::uint64_t place, std::string_view mailbox, std::string_view id,
             std::string_view envelope) override {
    engine_.shelves_.Restore(place, mailbox, id, std::string(envelope));
  }
  void Ended(std::uint64_t number, std::string_view id, std::int64_t until) override {
    engine_.shelves_.RestoreEnded(id, until, number);
    engine_.keeper_.pending().GoOnBehind(number);
  }
  void Value(std::string_view space, std::string_view key, std::string_view value,
             std::uint64_t revision, std::int64_t expires_at) override {
    engine_.values_.Restore(space, {.key = std::string(key),
                                    .value = std::string(value),
                                    .revision = revision,
                                    .expires_at = expires_at});
  }
  void Damaged(sqlite::Damage damage) override { damages.push_back(std::move(damage)); }

  std::vector<sqlite::Damage> damages;

 private:
  SqliteEngine& engine_;
};

absl::StatusOr<std::unique_ptr<SqliteEngine>> SqliteEngine::Open(
    KeepingOptions options, Loop& loop, sqlite::StorePlace place,
    std::unique_ptr<Workshop> disk_thread) {
  auto opened = sqlite::OpenStore(place);
  if (!opened.ok()) return opened.status();
  sqlite::Connection& connection = **opened;
  auto revision = connection.Number("SELECT value FROM counters WHERE name = 'revision'");
  if (!revision.ok()) return revision.status();
  auto writer = sqlite::BatchWriter::Make(*std::move(opened));
  if (!writer.ok()) return writer.status();
  std::unique_ptr<SqliteEngine> engine(new SqliteEngine(
      options, loop, std::move(place), std::move(disk_thread), *std::move(writer)));
  Loader loader(*engine);
  absl::Status status = sqlite::ReadRows(connection, loader);
  if (!status.ok()) return status;
  engine->values_.RestoreRevision(static_cast<std::uint64_t>(*revision));
  engine->Bury(std::move(loader.damages));
  engine->CleanUp();
  return engine;
}

SqliteEngine::SqliteEngine(KeepingOptions options, Loop& loop, sqlite::StorePlace place,
                           std::unique_ptr<Workshop> disk_thread,
                           std::unique_ptr<sqlite::BatchWriter> writer)
    : loop_(loop),
      shelves_(loop),
      keeper_(options, loop, shelves_.ended_ids(), std::move(disk_thread),
              std::make_unique<sqlite::Disk>(std::move(place), std::move(writer))) {}

void SqliteEngine::Bury(std::vector<sqlite::Damage> damages) {
  if (damages.empty()) return;
  Step letters;
  sqlite::PendingStep removal{.at = loop_.Now()};
  for (sqlite::Damage& damage : damages) {
    Log(LogLevel::kError, "a kept row was damaged on the disk; it is a dead letter now",
        {{"row", damage.row}, {"id", damage.id}});
    letters.writes.push_back(sqlite::Bury(damage, letters.writes.size() + 1, loop_.WallNow()));
    Append(damage.removal.ended_places, removal.gone);
    Append(damage.removal.forgotten, removal.forgotten);
    Append(damage.removal.values, removal.values);
  }
  // The letter first: it is kept when the row goes.
  const auto applied = Apply(std::move(letters));
  if (applied.ok()) Add(std::move(removal));
}

// --- steps

absl::StatusOr<Applied> SqliteEngine::Apply(Step&& step) {
  if (absl::Status status = Refusal(step); !status.ok()) return status;
  Applied applied;
  sqlite::PendingStep pending{.at = loop_.Now(), .urgent = step.unkept != nullptr};
  if (absl::Status status = DoWrites(step, applied, pending); !status.ok()) return status;

  Step done = std::move(step);
  if (done.unkept != nullptr) pending.duties.push_back(std::move(done.unkept));
  Shelves::Arrivals arrivals;
  End(done, pending);
  applied.known = Put(done, pending, arrivals);
  Add(std::move(pending));
  Deliver(std::move(arrivals));
  // Last of all: whoever held a duty may apply a step of its own.
  for (const EntryPtr& entry : done.end) {
    entry->unkept.reset();
    entry->unsettled.reset();
  }
  return applied;
}

// What ends something makes room, so it is taken for longer; what only ends something, always.
absl::Status SqliteEngine::Refusal(const Step& step) const {
  if (step.put.empty() && step.writes.empty()) return absl::OkStatus();
  if (step.end.empty() ? !keeper_.full() : !keeper_.overflowing()) return absl::OkStatus();
  const std::string trouble = keeper_.Trouble();
  return Fail(Reason::kGoingAway, trouble.empty() ? "the disk does not keep up" : trouble);
}

absl::Status SqliteEngine::DoWrites(const Step& step, Applied& applied,
                                    sqlite::PendingStep& pending) {
  if (step.writes.empty()) return absl::OkStatus();
  const std::int64_t now = loop_.WallNow();
  if (absl::Status holds = values_.Check(step.writes, now, conflict_); !holds.ok()) return holds;
  applied.revisions = values_.Apply(step.writes, now);
  for (const Write& write : step.writes) {
    pending.values.push_back(RowOf(write.space, write.key, values_.Look(write.space, write.key)));
  }
  return absl::OkStatus();
}

// An entry that has ended may still have to be written, but nobody waits for that.
void SqliteEngine::End(const Step& step, sqlite::PendingStep& pending) {
  for (const EntryPtr& entry : step.end) {
    HeldPtr held = shelves_.End(*entry, pending.at);
    if (held == nullptr) continue;
    held->ended_in = keeper_.pending().next_number();
    held->ended_purely = step.put.empty() && step.writes.empty();
    // What is written takes over what was promised for the entry.
    if (!step.writes.empty() && entry->unkept != nullptr) pending.duties.push_back(entry->unkept);
    if (held->ended_purely && held->row == Held::Row::kNone) continue;
    const std::int64_t until = loop_.WallNow() + MemoryOf(entry->envelope).count();
    pending.ended.push_back({std::move(held), until});
  }
}

std::size_t SqliteEngine::Put(const Step& step, sqlite::PendingStep& pending,
                              Shelves::Arrivals& arrivals) {
  std::size_t known = 0;
  for (const EntryPtr& entry : step.put) {
    if (Held* const held = shelves_.Put(entry, pending.at, arrivals)) {
      held->answerable = entry->unkept != nullptr;
      pending.put.push_back(held->shared_from_this());
      continue;
    }
    ++known;
    // It is kept when the entry that it repeats is kept, or what that caused.
    const HeldPtr present = shelves_.Find(entry->envelope);
    if (present == nullptr) {
      pending.duties.push_back(std::move(entry->unkept));
    } else if (present->row != Held::Row::kThere) {
      present->entry->unkept = Both(std::move(present->entry->unkept), std::move(entry->unkept));
    }
  }
  return known;
}

// What is not yet written will be as it is then.
void SqliteEngine::Changed(const Entry& entry) {
  if (entry.held == nullptr || entry.held->row == Held::Row::kNone) return;
  sqlite::PendingStep pending{.at = loop_.Now()};
  pending.changed = entry.held->shared_from_this();
  Add(std::move(pending));
}

void SqliteEngine::Add(sqlite::PendingStep&& pending) {
  const std::size_t bytes = keeper_.behind() ? pending.bytes() : 0;
  keeper_.pending().Add(std::move(pending));
  keeper_.Added(bytes);
}

void SqliteEngine::CleanUp() {
  cleaning_ = loop_.After(kCleanEvery, [this] { CleanUp(); });
  sqlite::PendingStep pending{.at = loop_.Now()};
  pending.forgotten = shelves_.ended_ids().Forget(loop_.Now());
  for (const StoredValues::Name& name : values_.RemoveExpired(loop_.WallNow())) {
    pending.values.push_back(RowOf(name.space, name.key, nullptr));
  }
  if (!pending.forgotten.empty() || !pending.values.empty()) Add(std::move(pending));
}

std::optional<StoreEntry> SqliteEngine::Find(std::string_view space, std::string_view key) const {
  return values_.Find(space, key, loop_.WallNow());
}

std::vector<StoreEntry> SqliteEngine::List(std::string_view space, std::string_view prefix,
                                           std::string_view after, std::size_t limit) const {
  return values_.List(space, prefix, after, limit, loop_.WallNow());
}

}  // namespace chathub
