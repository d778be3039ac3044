#include "hub/engine/ended_ids.h"

#include <chrono>
#include <utility>

namespace chathub {
namespace {

std::int64_t SecondOf(TimePoint time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

void EndedIds::Add(const Fingerprint& id, TimePoint until) {
  Memory& memory = known_[id];
  if (memory.until >= until) return;
  memory.until = until;
  order_[SecondOf(until)].push_back(id);
  while (known_.size() > most_) ForgetFirst();
}

bool EndedIds::Contains(const Fingerprint& id, TimePoint now) const {
  const auto found = known_.find(id);
  return found != known_.end() && found->second.until >= now;
}

void EndedIds::SetRow(const Fingerprint& id, std::uint64_t row) {
  const auto found = known_.find(id);
  if (found == known_.end()) {
    forgotten_rows_.push_back(row);
  } else if (const std::uint64_t before = std::exchange(found->second.row, row); before != 0) {
    forgotten_rows_.push_back(before);
  }
}

std::vector<std::uint64_t> EndedIds::Forget(TimePoint now) {
  while (!order_.empty() && order_.begin()->first < SecondOf(now)) ForgetFirst();
  return std::exchange(forgotten_rows_, {});
}

void EndedIds::ForgetFirst() {
  auto& [second, ids] = *order_.begin();
  const auto found = known_.find(ids.back());
  if (found != known_.end() && SecondOf(found->second.until) == second) {
    if (found->second.row != 0) forgotten_rows_.push_back(found->second.row);
    known_.erase(found);
  }
  ids.pop_back();
  if (ids.empty()) order_.erase(order_.begin());
}

}  // namespace chathub
