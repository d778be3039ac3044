#include "hub/engine/ended_ids.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace chathub {
namespace {

std::int64_t SecondOf(TimePoint time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

void EndedIds::Add(const Fingerprint& id, TimePoint until) {
  if (const auto found = known_.find(id); found != known_.end()) {
    TimePoint& before = memories_[*found].until;
    before = std::max(before, until);
    return;
  }
  const Place place = TakeFree();
  memories_[place] = {.id = id, .until = until};
  known_.insert(place);
  List(place, until);
  while (known_.size() > most_) ForgetFirst();
}

EndedIds::Place EndedIds::TakeFree() {
  if (free_ != kNowhere) return std::exchange(free_, memories_[free_].next);
  memories_.emplace_back();
  return static_cast<Place>(memories_.size() - 1);
}

void EndedIds::List(Place place, TimePoint until) {
  Place& first = order_.try_emplace(SecondOf(until), kNowhere).first->second;
  memories_[place].next = std::exchange(first, place);
}

bool EndedIds::Contains(const Fingerprint& id, TimePoint now) const {
  const auto found = known_.find(id);
  return found != known_.end() && memories_[*found].until >= now;
}

void EndedIds::SetRow(const Fingerprint& id, std::uint64_t row) {
  const auto found = known_.find(id);
  if (found == known_.end()) {
    forgotten_rows_.push_back(row);
  } else if (const std::uint64_t before = std::exchange(memories_[*found].row, row); before != 0) {
    forgotten_rows_.push_back(before);
  }
}

std::vector<std::uint64_t> EndedIds::Forget(TimePoint now) {
  while (!order_.empty() && order_.begin()->first < SecondOf(now)) ForgetFirst();
  return std::exchange(forgotten_rows_, {});
}

void EndedIds::ForgetFirst() {
  const auto first = order_.begin();
  const Place place = first->second;
  Memory& memory = memories_[place];
  const std::int64_t second = first->first;
  first->second = memory.next;
  if (memory.next == kNowhere) {
    order_.erase(first);
  } else {
    known_.prefetch(memory.next);  // by the next call it is there
  }
  if (SecondOf(memory.until) > second) return List(place, memory.until);
  if (memory.row != 0) forgotten_rows_.push_back(memory.row);
  known_.erase(place);
  memory.next = std::exchange(free_, place);
}

}  // namespace chathub
