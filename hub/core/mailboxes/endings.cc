#include "hub/core/mailboxes/endings.h"

#include <utility>

#include "hub/base/log.h"

namespace chathub {
namespace {

constexpr Milliseconds kWait{500};

}  // namespace

void Endings::Do(Step&& step) {
  if (!waiting_.empty() || !TryOne(step)) waiting_.push_back(std::move(step));
}

bool Endings::TryOne(Step& step) {
  const auto applied = engine_.Apply(std::move(step));
  if (applied.ok()) return true;
  Log(LogLevel::kWarning, "an end waits for the engine",
      {{"why", std::string(applied.status().message())}, {"behind it", waiting_.size()}});
  again_ = loop_.After(kWait, [this] { TryAgain(); });
  return false;
}

void Endings::TryAgain() {
  while (!waiting_.empty()) {
    // Taken out first: what the step hands to others may end something too.
    Step step = std::move(waiting_.front());
    waiting_.pop_front();
    if (TryOne(step)) continue;
    return waiting_.push_front(std::move(step));
  }
}

}  // namespace chathub
