#include "hub/gateway/wnet/proofs.h"

#include <utility>

namespace chathub::wnet {

bool Proofs::TooOften(const std::string& address) {
  std::erase_if(failures_,
                [this](const auto& entry) { return loop_.Now() - entry.second.back() >= kMemory; });
  const auto found = failures_.find(address);
  if (found == failures_.end()) return false;
  std::deque<TimePoint>& times = found->second;
  while (loop_.Now() - times.front() >= kMemory) times.pop_front();
  return times.size() >= kMostFailures;
}

void Proofs::Check(const std::string& address, const std::optional<Credentials>& credentials,
                   Answer answer) {
  if (!credentials.has_value() || waiting_ >= kMostWaiting || TooOften(address)) {
    return answer(std::nullopt);
  }
  ++waiting_;
  accounts_.Check(
      credentials->name, credentials->password,
      [this, address, name = credentials->name, answer = std::move(answer)](bool right) mutable {
        --waiting_;
        if (!right) failures_[address].push_back(loop_.Now());
        answer(right ? std::optional(std::move(name)) : std::nullopt);
      });
}

}  // namespace chathub::wnet
