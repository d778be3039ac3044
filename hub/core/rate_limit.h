// So and so often per key and time, no more.
#pragma once

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "hub/base/loop.h"

namespace chathub {

// Counts in windows that begin with the first use of a key; forgets keys whose window is over.
class RateLimit {
 public:
  RateLimit(std::uint32_t limit, Milliseconds window) : limit_(limit), window_(window) {}

  // True if it may happen now; counts it then.
  bool Allow(const std::string& key, TimePoint now);

 private:
  struct Window {
    TimePoint ends;
    std::uint32_t used = 0;
  };

  void Forget(TimePoint now);

  const std::uint32_t limit_;
  const Milliseconds window_;
  absl::flat_hash_map<std::string, Window> windows_;
  TimePoint next_forgetting_;
};

}  // namespace chathub
