#include "hub/core/mailboxes/endings.h"

#include <utility>

#include "hub/base/log.h"

namespace chathub {
namespace {

constexpr Milliseconds kWait{500};

}  // namespace

void Endings::Do(Step step) {
  waiting_.push_back(std::move(step));
  if (!again_.set()) TryAgain();
}

void Endings::TryAgain() {
  while (!waiting_.empty()) {
    // Taken out first: what the step hands to others may end something too.
    Step step = std::move(waiting_.front());
    waiting_.pop_front();
    const auto applied = engine_.Apply(step);
    if (applied.ok()) continue;
    Log(LogLevel::kWarning, "an end waits for the engine",
        {{"why", std::string(applied.status().message())}, {"behind it", waiting_.size()}});
    waiting_.push_front(std::move(step));
    again_ = loop_.After(kWait, [this] { TryAgain(); });
    return;
  }
}

}  // namespace chathub
