#include "hub/engine/remembered_keys.h"

#include <utility>

namespace chathub {

void RememberedKeys::Add(std::string_view key) {
  if (young_.size() >= capacity_) {
    old_ = std::move(young_);
    young_.clear();
  }
  young_.insert(FingerprintOf(key));
}

bool RememberedKeys::Contains(std::string_view key) const {
  const Fingerprint fingerprint = FingerprintOf(key);
  return young_.contains(fingerprint) || old_.contains(fingerprint);
}

}  // namespace chathub
