// Who tries wrong credentials, and how long such a one must wait.
#pragma once

#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "hub/base/loop.h"

namespace chathub {

// Counted per address in windows of a minute that begin with the first failure.
class FailedAttempts {
 public:
  static constexpr int kFree = 5;
  static constexpr Milliseconds kWindow{60'000};
  static constexpr Milliseconds kDelay{1'000};

  struct Verdict {
    int count = 0;              // in this window
    Milliseconds answer_in{0};  // so much later
    Milliseconds retry_after{0};
  };

  // One more.
  Verdict Count(const std::string& address, TimePoint now);

 private:
  static constexpr std::size_t kMostAddresses = 10'000;

  struct Window {
    TimePoint ends;
    int count = 0;
  };

  absl::flat_hash_map<std::string, Window> windows_;
};

}  // namespace chathub
