#include "hub/core/mailboxes/absence.h"

#include <utility>

namespace chathub {

void Absence::Begin(absl::AnyInvocable<void()> tell_all) {
  since_ = loop_.Now();
  over_ = loop_.After(kTime, std::move(tell_all));
}

void Absence::End() {
  over_.Cancel();
  told_.clear();
}

void Absence::Tell(const Delivery& delivery) {
  if (loop_.Now() < since_ + kTime) return;
  if (!told_.insert(*delivery.lane->key).second) return;
  announcer_.Say(delivery.conversation(), handler_ + " is not running", delivery.id() + "/absent",
                 delivery.entry);
}

}  // namespace chathub
