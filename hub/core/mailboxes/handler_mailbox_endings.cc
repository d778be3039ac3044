// How deliveries end without an answer of their handler.
#include <string>
#include <utility>

#include "hub/core/mailboxes/handler_mailbox.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

v1::HandlerCommand CancelOf(const Delivery& delivery, const absl::Status& why) {
  v1::HandlerCommand command;
  v1::Cancel& cancel = *command.mutable_cancel();
  cancel.set_delivery(delivery.id());
  cancel.set_attempt(delivery.attempt());
  *cancel.mutable_problem() = ToProblem(why);
  return command;
}

std::string FallbackOf(const Delivery& delivery, std::string_view otherwise) {
  const std::string& text = delivery.route->route.fallback_text();
  return text.empty() ? std::string(otherwise) : text;
}

}  // namespace

void HandlerMailbox::EndWithFallback(Delivery& delivery, std::string_view text,
                                     const absl::Status& why) {
  if (delivery.holder != nullptr && delivery.holder->link != nullptr) {
    delivery.holder->link->Say(CancelOf(delivery, why));
  }
  Step step;
  step.end.push_back(delivery.entry);
  EntryPtr order = tools_.announcer.Compose(delivery.conversation(), FallbackOf(delivery, text),
                                            delivery.id(), delivery.entry);
  if (order != nullptr) step.put.push_back(std::move(order));
  tools_.endings.Do(std::move(step));
  Forget(delivery);
  Pump();
}

// An empty fallback: the user hears nothing.
void HandlerMailbox::Die(Delivery& delivery, std::string_view why, std::string_view fallback) {
  Step step;
  tools_.dead_letters.Add(step, delivery.entry, why);
  if (!fallback.empty()) {
    EntryPtr order = tools_.announcer.Compose(
        delivery.conversation(), FallbackOf(delivery, fallback), delivery.id(), delivery.entry);
    if (order != nullptr) step.put.push_back(std::move(order));
  }
  tools_.endings.Do(std::move(step));
  Forget(delivery);
}

void HandlerMailbox::Forget(Delivery& delivery) {
  if (delivery.holder != nullptr) LetGo(delivery);
  std::erase(restored_, &delivery);
  Lane& lane = *delivery.lane;
  if (delivery.holds_lane) lane.held = false;
  lanes_.List(lane);
  lanes_.Exit(delivery);
  open_.erase(delivery.id());
}

}  // namespace chathub
