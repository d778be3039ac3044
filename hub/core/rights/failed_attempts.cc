#include "hub/core/rights/failed_attempts.h"

#include <chrono>

namespace chathub {

FailedAttempts::Verdict FailedAttempts::Count(const std::string& address, TimePoint now) {
  if (windows_.size() >= kMostAddresses) {
    absl::erase_if(windows_, [now](const auto& entry) { return now >= entry.second.ends; });
  }
  // A flood from everywhere shares one window: nobody who has a credential is hurt by it.
  const bool room = windows_.size() < kMostAddresses || windows_.contains(address);
  Window& window = windows_[room ? address : std::string()];
  if (now >= window.ends) window = {now + kWindow, 0};
  Verdict verdict{.count = ++window.count};
  if (window.count <= kFree) return verdict;
  verdict.answer_in = kDelay;
  verdict.retry_after = std::chrono::ceil<std::chrono::seconds>(window.ends - now);
  return verdict;
}

}  // namespace chathub
