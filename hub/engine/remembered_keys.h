// Remembers ids that were seen, in bounded memory.
#pragma once

#include <cstddef>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "hub/engine/fingerprint.h"

namespace chathub {

// Two generations of 128-bit fingerprints: when the younger is full, the older is forgotten. So the
// last `capacity` ids are known for certain, and at most twice as many are held (about 20 bytes
// each).
class RememberedKeys {
 public:
  explicit RememberedKeys(std::size_t capacity) : capacity_(capacity) {}

  void Add(std::string_view key);
  bool Contains(std::string_view key) const;

 private:
  const std::size_t capacity_;
  absl::flat_hash_set<Fingerprint> young_;
  absl::flat_hash_set<Fingerprint> old_;
};

}  // namespace chathub
