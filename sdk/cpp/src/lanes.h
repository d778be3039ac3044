// Which work may begin: one at a time in each lane, in order; lanes side by side.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

namespace chathub::sdk {

// A lane is a conversation. What is released with nothing behind it leaves no trace.
class Lanes {
 public:
  // Queues it. True if it may begin now.
  bool Enter(const std::string& lane, std::uint64_t work);
  // As Enter, but before all that waits in the lane.
  bool EnterFirst(const std::string& lane, std::uint64_t work);
  // The running one has ended. What begins now, if anything waited.
  std::optional<std::uint64_t> Release(const std::string& lane);

 private:
  // What waits behind the running one.
  std::unordered_map<std::string, std::deque<std::uint64_t>> waiting_;
};

}  // namespace chathub::sdk
