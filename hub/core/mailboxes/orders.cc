#include "hub/core/mailboxes/orders.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "hub/base/errors.h"
#include "hub/core/mailboxes/adapter_mailbox.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

bool NamesMessage(const v1::MessageRef& target) {
  return !target.platform_id().empty() || !target.posted().key().empty();
}

bool HasText(const v1::Content& content) {
  return !content.text().empty() || content.blocks_size() > 0 || content.attachments_size() > 0 ||
         content.has_native();
}

// What is wrong with the action; empty: nothing.
std::string Fault(const v1::Action& action) {
  switch (action.kind_case()) {
    case v1::Action::kSend:
      return HasText(action.send().content()) ? "" : "has nothing to send";
    case v1::Action::kEdit:
      if (!NamesMessage(action.edit().target())) return "names no message to edit";
      return HasText(action.edit().content()) ? "" : "has no new content";
    case v1::Action::kReact:
      if (!NamesMessage(action.react().target())) return "names no message to react to";
      return action.react().emoji().empty() ? "has no emoji" : "";
    case v1::Action::kDelete:
      return NamesMessage(action.delete_().target()) ? "" : "names no message to delete";
    case v1::Action::KIND_NOT_SET:
      return "says nothing this hub knows";
    default:
      return "";
  }
}

bool FitsAnswer(const v1::Action& action) {
  return action.has_send() || action.has_edit() || action.has_react() || action.has_delete_();
}

absl::Status CheckAnswer(const Actions& actions) {
  for (int i = 0; i < actions.size(); ++i) {
    std::string fault = Fault(actions[i]);
    if (fault.empty() && !FitsAnswer(actions[i])) fault = "can be asked of Chat only";
    if (fault.empty()) continue;
    return Fail(Reason::kBadFrame, "action " + std::to_string(i) + " " + fault);
  }
  return absl::OkStatus();
}

// An order travels as one item of a frame.
absl::Status CheckSize(const Entry& entry) {
  if (entry.envelope.ByteSizeLong() <= kLargestOrder) return absl::OkStatus();
  return Fail(Reason::kTooLarge, "what is to be done at once is larger than 256 KiB");
}

}  // namespace

absl::StatusOr<AdapterMailbox*> Orders::Open(const v1::Conversation& conversation,
                                             const Origin& origin) const {
  AdapterMailbox* mailbox = directory_.FindAdapter(conversation.adapter());
  if (mailbox == nullptr) {
    return Fail(Reason::kNoSuchPeer, "this hub has no adapter '" + conversation.adapter() + "'");
  }
  if (mailbox->FullFor(origin.from)) {
    return Fail(Reason::kTooMuch,
                "too many orders wait for adapter '" + conversation.adapter() + "'",
                std::chrono::seconds(1));
  }
  return mailbox;
}

EntryPtr Orders::Make(const v1::Conversation& conversation, const std::string& key,
                      const Origin& origin, std::int64_t not_before) const {
  auto entry = std::make_shared<Entry>();
  entry->unkept = origin.unkept;
  entry->unsettled = origin.unsettled;
  internal::Envelope& envelope = entry->envelope;
  const std::int64_t now = loop_.WallNow();
  envelope.mutable_from()->assign(origin.from);
  if (!origin.session.empty()) envelope.mutable_from_session()->assign(origin.session);
  if (!origin.key.empty()) envelope.mutable_author_key()->assign(origin.key);
  envelope.mutable_to()->append("adapter/").append(conversation.adapter());
  envelope.set_received_at(now);
  envelope.set_not_before(not_before);
  envelope.set_expires_at(std::max(now, not_before) + origin.max_age.count());
  v1::Order& order = *envelope.mutable_order();
  order.set_key(key);
  *order.mutable_conversation() = conversation;
  if (!origin.traceparent.empty()) order.mutable_traceparent()->assign(origin.traceparent);
  return entry;
}

absl::StatusOr<Entries> Orders::Answer(const v1::Conversation& conversation, Actions actions,
                                       const std::string& key, const Origin& origin) const {
  Entries orders;
  if (actions.empty()) return orders;
  if (absl::Status status = CheckAnswer(actions); !status.ok()) return status;
  if (auto mailbox = Open(conversation, origin); !mailbox.ok()) return mailbox.status();

  for (int i = actions.size() - 1; i >= 0; --i) {
    if (!actions[i].has_send() || !actions[i].send().has_not_before()) continue;
    orders.push_back(Make(conversation, key + "/" + std::to_string(i), origin,
                          ToWall(actions[i].send().not_before())));
    *orders.back()->envelope.mutable_order()->add_actions() = std::move(actions[i]);
    actions.DeleteSubrange(i, 1);
  }
  if (!actions.empty()) {
    orders.push_back(Make(conversation, key, origin, 0));
    orders.back()->envelope.mutable_order()->mutable_actions()->Swap(&actions);
  }
  std::reverse(orders.begin(), orders.end());
  for (const EntryPtr& order : orders) {
    if (absl::Status status = CheckSize(*order); !status.ok()) return status;
  }
  return orders;
}

absl::StatusOr<EntryPtr> Orders::Single(const v1::Conversation& conversation, v1::Action action,
                                        const std::string& key, const Origin& origin) const {
  const std::string fault = Fault(action);
  if (!fault.empty()) return Fail(Reason::kBadFrame, "the action " + fault);
  if (auto mailbox = Open(conversation, origin); !mailbox.ok()) return mailbox.status();
  EntryPtr order = Make(conversation, key, origin, ToWall(action.send().not_before()));
  *order->envelope.mutable_order()->add_actions() = std::move(action);
  if (absl::Status status = CheckSize(*order); !status.ok()) return status;
  return order;
}

}  // namespace chathub
