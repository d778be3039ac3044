#include "hub/engine/memory/memory_engine.h"

#include <utility>

namespace chathub {

absl::StatusOr<Applied> MemoryEngine::Apply(Step&& step) {
  Applied applied;
  if (!step.writes.empty()) {
    const std::int64_t wall_now = loop_.WallNow();
    absl::Status holds = values_.Check(step.writes, wall_now, conflict_);
    if (!holds.ok()) return holds;
    applied.revisions = values_.Apply(step.writes, wall_now);
    values_.RemoveExpired(wall_now);
  }
  const TimePoint now = loop_.Now();
  for (const EntryPtr& entry : step.end) shelves_.End(*entry, now);
  shelves_.ended_ids().Forget(now);
  Shelves::Arrivals arrivals;
  for (const EntryPtr& entry : step.put) {
    if (shelves_.Put(entry, now, arrivals) == nullptr) ++applied.known;
    entry->unkept.reset();
  }
  Deliver(std::move(arrivals));
  step.put.clear();
  step.end.clear();
  step.unkept.reset();
  return applied;
}

std::optional<StoreEntry> MemoryEngine::Find(std::string_view space, std::string_view key) const {
  return values_.Find(space, key, loop_.WallNow());
}

std::vector<StoreEntry> MemoryEngine::List(std::string_view space, std::string_view prefix,
                                           std::string_view after, std::size_t limit) const {
  return values_.List(space, prefix, after, limit, loop_.WallNow());
}

}  // namespace chathub
