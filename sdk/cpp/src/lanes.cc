#include "lanes.h"

namespace chathub::sdk {

bool Lanes::Enter(const std::string& lane, std::uint64_t work) {
  const auto [place, free] = waiting_.try_emplace(lane);
  if (!free) place->second.push_back(work);
  return free;
}

bool Lanes::EnterFirst(const std::string& lane, std::uint64_t work) {
  const auto [place, free] = waiting_.try_emplace(lane);
  if (!free) place->second.push_front(work);
  return free;
}

std::optional<std::uint64_t> Lanes::Release(const std::string& lane) {
  const auto place = waiting_.find(lane);
  if (place == waiting_.end()) return std::nullopt;
  if (place->second.empty()) {
    waiting_.erase(place);
    return std::nullopt;
  }
  const std::uint64_t next = place->second.front();
  place->second.pop_front();
  return next;
}

}  // namespace chathub::sdk
