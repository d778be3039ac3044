// Remembers ids of ended entries for a time, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/base/loop.h"
#include "hub/engine/fingerprint.h"

namespace chathub {

// About 70 bytes each. Beyond the most it holds, those go first whose time would be over first, by
// the second.
class EndedIds {
 public:
  explicit EndedIds(std::size_t most) : most_(most) {}

  void Add(const Fingerprint& id, TimePoint until);
  bool Contains(const Fingerprint& id, TimePoint now) const;

  // The disk has it in the row of this number.
  void SetRow(const Fingerprint& id, std::uint64_t row);
  // Forgets what is over. Gives the rows of all that was forgotten since the last call.
  std::vector<std::uint64_t> Forget(TimePoint now);

 private:
  struct Memory {
    TimePoint until = TimePoint::min();
    std::uint64_t row = 0;  // 0: none
  };

  void ForgetFirst();

  const std::size_t most_;
  absl::flat_hash_map<Fingerprint, Memory> known_;
  // By the second in which their time is over; an id whose time was made longer is in both.
  std::map<std::int64_t, std::vector<Fingerprint>> order_;
  std::vector<std::uint64_t> forgotten_rows_;
};

}  // namespace chathub
