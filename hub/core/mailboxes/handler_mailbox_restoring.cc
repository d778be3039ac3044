// What an earlier life of the hub had handed out: whoever still has it goes on with it.
#include <algorithm>
#include <utility>

#include "hub/core/mailboxes/handler_mailbox.h"

namespace chathub {

void HandlerMailbox::Restore(Delivery& delivery) {
  delivery.expires = TimePoint::max();
  SetClock(delivery);
  restored_.push_back(&delivery);
  if (restored_.size() > 1) return;
  restored_grace_ = tools_.loop.After(kRestoredGrace, [this] { EndGrace(); });
}

// The hub may have died before it had kept the last attempt: what the instance says counts.
void HandlerMailbox::Adopt(Instance& instance, const v1::HandlerHello& hello) {
  for (const v1::Holding& holding : hello.holding()) {
    const auto found = std::find_if(
        restored_.begin(), restored_.end(),
        [&](const Delivery* delivery) { return delivery->id() == holding.delivery(); });
    if (found == restored_.end() || holding.attempt() < (*found)->attempt()) continue;
    Delivery& delivery = **found;
    const Lane& lane = *delivery.lane;
    if (lane.in_flight > 0 && lane.instance != &instance) continue;
    restored_.erase(found);
    delivery.entry->envelope.set_attempt(holding.attempt());
    Hold(delivery, instance);
  }
  if (restored_.empty()) restored_grace_.Cancel();
}

void HandlerMailbox::EndGrace() {
  const std::vector<Delivery*> lost = std::exchange(restored_, {});
  for (auto at = lost.rbegin(); at != lost.rend(); ++at) TryAgain(**at);
  Pump();
}

}  // namespace chathub
