// What the keys of one plugin take in the store, and when they expire.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace chathub {

// A plain account without the values: whoever writes to the store keeps it true.
class StoreLedger {
 public:
  // `bytes`: of the key and its value. `expires_at`: milliseconds since 1970; 0: never.
  void Set(const std::string& key, std::size_t bytes, std::int64_t expires_at);
  void Erase(const std::string& key);

  std::size_t keys() const { return lines_.size(); }
  std::size_t bytes() const { return bytes_; }
  // Nothing: there is no such key.
  std::optional<std::size_t> BytesOf(const std::string& key) const;

  // Of the key that expires first; 0: none ever does.
  std::int64_t next_expiry() const { return expiries_.empty() ? 0 : expiries_.begin()->first; }
  // The one that expires first; only where there is one.
  const std::string& next_to_expire() const { return expiries_.begin()->second; }

 private:
  struct Line {
    std::size_t bytes = 0;
    std::int64_t expires_at = 0;
  };

  absl::flat_hash_map<std::string, Line> lines_;
  std::set<std::pair<std::int64_t, std::string>> expiries_;
  std::size_t bytes_ = 0;
};

}  // namespace chathub
