// Who may still answer where, after a delivery that was finished before it was answered.
#pragma once

#include <string>

#include "absl/container/flat_hash_map.h"
#include "hub/base/loop.h"

namespace chathub {

// OpenChatOps' plugins: their deliveries end when they are written, their answers come later.
class ReplyGrants {
 public:
  // `who` is a peer, `conversation` a conversation's key.
  void Give(const std::string& who, const std::string& conversation, TimePoint now,
            TimePoint until);
  bool Has(const std::string& who, const std::string& conversation, TimePoint now) const;

 private:
  static constexpr Milliseconds kForgetEvery{10'000};

  absl::flat_hash_map<std::string, TimePoint> grants_;
  TimePoint next_forgetting_;
};

}  // namespace chathub
