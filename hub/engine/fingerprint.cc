#include "hub/engine/fingerprint.h"

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"

namespace chathub {

Fingerprint FingerprintOf(std::string_view id, std::uint64_t with) {
  const absl::string_view text(id.data(), id.size());
  return {absl::HashOf(text, with), absl::HashOf(with, text)};
}

}  // namespace chathub
