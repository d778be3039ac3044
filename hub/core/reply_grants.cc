#include "hub/core/reply_grants.h"

#include <algorithm>

namespace chathub {
namespace {

// No peer's name holds a space.
std::string KeyFor(const std::string& who, const std::string& conversation) {
  return who + ' ' + conversation;
}

}  // namespace

void ReplyGrants::Give(const std::string& who, const std::string& conversation, TimePoint now,
                       TimePoint until) {
  if (now >= next_forgetting_) {
    absl::erase_if(grants_, [now](const auto& grant) { return now >= grant.second; });
    next_forgetting_ = now + kForgetEvery;
  }
  TimePoint& end = grants_[KeyFor(who, conversation)];
  end = std::max(end, until);
}

bool ReplyGrants::Has(const std::string& who, const std::string& conversation,
                      TimePoint now) const {
  const auto found = grants_.find(KeyFor(who, conversation));
  return found != grants_.end() && now < found->second;
}

}  // namespace chathub
