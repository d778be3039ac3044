#include "hub/core/speaking.h"

#include <algorithm>
#include <string>

#include "hub/base/errors.h"
#include "hub/core/conversation.h"
#include "hub/core/mailboxes/handler_mailbox.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

// What an answer can be.
bool IsAnswer(const v1::Action& action) {
  return !action.has_join() && !action.has_part() && !action.has_topic();
}

bool HoldsDeliveryOf(const HandlerMailbox& mailbox, const std::string& conversation) {
  return std::any_of(
      mailbox.instances().begin(), mailbox.instances().end(), [&](const auto& instance) {
        return std::any_of(instance->holds.begin(), instance->holds.end(), [&](const auto& held) {
          return KeyOf(held->conversation()) == conversation;
        });
      });
}

}  // namespace

absl::Status Speaking::May(const Pass& pass, const v1::Conversation& conversation,
                           const v1::Action& action) const {
  const bool is_private = IsPrivate(conversation);
  if (is_private ? pass.may(Right::kPrivate) : pass.MaySendTo(conversation.room())) {
    return absl::OkStatus();
  }
  if (IsAnswer(action) && WasAsked(pass, conversation)) return absl::OkStatus();
  const std::string& place = is_private ? conversation.user() : conversation.room();
  return Fail(Reason::kNotAllowed, pass.who() + " may not speak to " + place +
                                       " without having been spoken to: it has no right '" +
                                       (is_private ? "private" : "send:" + place) + "'");
}

bool Speaking::WasAsked(const Pass& pass, const v1::Conversation& conversation) const {
  const std::string key = KeyOf(conversation);
  if (grants_.Has(pass.who(), key, loop_.Now())) return true;
  const auto peer = ParsePeerName(pass.who());
  if (!peer.has_value() || peer->kind != PeerKind::kHandler) return false;
  const HandlerMailbox* mailbox = directory_.FindHandler(peer->name);
  return mailbox != nullptr && HoldsDeliveryOf(*mailbox, key);
}

void Speaking::GrantReply(const Pass& pass, const v1::Delivery& delivery) {
  const TimePoint now = loop_.Now();
  grants_.Give(pass.who(), KeyOf(delivery.event().conversation()), now,
               now + ToMilliseconds(delivery.deadline()));
}

}  // namespace chathub
