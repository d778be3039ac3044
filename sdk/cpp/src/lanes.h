// Which work may begin: one at a time in each lane, in order; lanes side by side.
#pragma once

#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace chathub::sdk {

// A lane is a conversation. What is released with nothing behind it leaves no trace.
template <typename Work>
class Lanes {
 public:
  // Queues it. True if it may begin now.
  bool Enter(const std::string& lane, const Work& work) {
    const auto [place, free] = waiting_.try_emplace(lane);
    if (!free) place->second.push_back(work);
    return free;
  }

  // As Enter, but before all that waits in the lane.
  bool EnterFirst(const std::string& lane, const Work& work) {
    const auto [place, free] = waiting_.try_emplace(lane);
    if (!free) place->second.push_front(work);
    return free;
  }

  // The running one has ended. What begins now, if anything waited.
  std::optional<Work> Release(const std::string& lane) {
    const auto place = waiting_.find(lane);
    if (place == waiting_.end()) return std::nullopt;
    if (place->second.empty()) {
      waiting_.erase(place);
      return std::nullopt;
    }
    Work next = std::move(place->second.front());
    place->second.pop_front();
    return next;
  }

 private:
  // What waits behind the running one.
  std::unordered_map<std::string, std::list<Work>> waiting_;
};

}  // namespace chathub::sdk
