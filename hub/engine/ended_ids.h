// Remembers ids of ended entries for a time, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "hub/base/loop.h"

namespace chathub {

// 128-bit fingerprints, about 70 bytes each. Beyond the most it holds, those go first whose time
// would be over first.
class EndedIds {
 public:
  explicit EndedIds(std::size_t most) : most_(most) {}

  void Add(std::string_view id, TimePoint until);
  bool Contains(std::string_view id, TimePoint now) const;

  // The disk has it in the row of this number.
  void SetRow(std::string_view id, std::uint64_t row);
  // Forgets what is over. Gives the rows of all that was forgotten since the last call.
  std::vector<std::uint64_t> Forget(TimePoint now);

 private:
  using Fingerprint = std::pair<std::uint64_t, std::uint64_t>;
  struct Memory {
    TimePoint until = TimePoint::min();
    std::uint64_t row = 0;  // 0: none
  };

  static Fingerprint Of(std::string_view id);
  void ForgetFirst();

  const std::size_t most_;
  absl::flat_hash_map<Fingerprint, Memory> known_;
  absl::btree_set<std::pair<TimePoint, Fingerprint>> order_;
  std::vector<std::uint64_t> forgotten_rows_;
};

}  // namespace chathub
