#include "hub/engine/fingerprint.h"

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"

namespace chathub {

Fingerprint FingerprintOf(std::string_view first, std::string_view second) {
  const absl::string_view a(first.data(), first.size());
  const absl::string_view b(second.data(), second.size());
  return {absl::HashOf(a, b), absl::HashOf(b, a, 'f')};
}

}  // namespace chathub
