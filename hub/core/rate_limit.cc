#include "hub/core/rate_limit.h"

namespace chathub {

bool RateLimit::Allow(const std::string& key, TimePoint now) {
  if (now >= next_forgetting_) Forget(now);
  Window& window = windows_[key];
  if (now >= window.ends) window = {now + window_, 0};
  if (window.used >= limit_) return false;
  ++window.used;
  return true;
}

void RateLimit::Forget(TimePoint now) {
  absl::erase_if(windows_, [now](const auto& entry) { return now >= entry.second.ends; });
  next_forgetting_ = now + window_;
}

}  // namespace chathub
