#include "hub/engine/remembered_keys.h"

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"

namespace chathub {

RememberedKeys::Fingerprint RememberedKeys::Of(std::string_view key) {
  const absl::string_view text(key.data(), key.size());
  return {absl::HashOf(text), absl::HashOf(text, key.size(), 'k')};
}

void RememberedKeys::Add(std::string_view key) {
  if (young_.size() >= capacity_) {
    old_ = std::move(young_);
    young_.clear();
  }
  young_.insert(Of(key));
}

bool RememberedKeys::Contains(std::string_view key) const {
  const Fingerprint fingerprint = Of(key);
  return young_.contains(fingerprint) || old_.contains(fingerprint);
}

}  // namespace chathub
