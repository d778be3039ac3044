// What is to be done at which time; both loops keep their timers in one.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/container/btree_map.h"
#include "hub/base/loop.h"

namespace chathub {

// Adding and cancelling cost a walk down a small tree: cheap enough for a timer per delivery.
class Agenda {
 public:
  [[nodiscard]] Timer Add(TimePoint when, Task task);
  void Cancel(TimePoint when, std::uint64_t number) { tasks_.erase({when, number}); }

  bool Has(TimePoint when, std::uint64_t number) const { return tasks_.contains({when, number}); }

  // When the next task is due, if there is one.
  std::optional<TimePoint> Next() const;

  // Runs what is due at `now`, in order of time; also what those tasks add for up to `now`.
  void RunDue(TimePoint now);

 private:
  absl::btree_map<std::pair<TimePoint, std::uint64_t>, Task> tasks_;
  std::uint64_t last_number_ = 0;
};

}  // namespace chathub
