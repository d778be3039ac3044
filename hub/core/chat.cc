#include "hub/core/chat.h"

#include <chrono>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/secrets.h"
#include "hub/core/conversation.h"
#include "hub/core/mailboxes/capabilities.h"

namespace chathub {
namespace {

constexpr std::chrono::hours kMaxAge{24};
constexpr std::size_t kLongestRequestId = 200;

}  // namespace

absl::StatusOr<AdapterMailbox*> Chat::Prepare(const Pass& caller, v1::Conversation& conversation,
                                              const v1::Action& action) const {
  if (absl::Status status = Complete(conversation); !status.ok()) return status;
  absl::Status may = speaking_.May(caller, conversation, action);
  if (!may.ok()) return may;
  AdapterMailbox* adapter = directory_.FindAdapter(conversation.adapter());
  if (adapter == nullptr) {
    return Fail(Reason::kNoSuchPeer, "this hub has no adapter '" + conversation.adapter() + "'");
  }
  const std::string missing =
      adapter->attached() ? Missing(action, adapter->hello().capabilities()) : std::string();
  if (missing.empty()) return adapter;
  return Fail(Reason::kUnsupported,
              "the chat service of adapter '" + conversation.adapter() + "' cannot " + missing);
}

absl::StatusOr<std::string> Chat::Do(const Pass& caller, const std::string& request_id,
                                     v1::Conversation conversation, const v1::Action& action,
                                     Duty unkept) {
  if (request_id.size() > kLongestRequestId) {
    return Fail(Reason::kTooLarge, "the request_id is longer than 200 bytes");
  }
  if (auto adapter = Prepare(caller, conversation, action); !adapter.ok()) return adapter.status();
  const std::string key =
      "chat/" + caller.who() + "/" + (request_id.empty() ? RandomId() : request_id);
  auto order =
      orders_.Single(conversation, action, key,
                     {.from = caller.who(), .max_age = kMaxAge, .unkept = std::move(unkept)});
  if (!order.ok()) return order.status();
  Step step;
  step.put.push_back(*std::move(order));
  const auto applied = engine_.Apply(std::move(step));
  if (!applied.ok()) return applied.status();
  return key;
}

absl::Status Chat::DoOnce(const Pass& caller, v1::Conversation conversation,
                          const v1::Action& action) {
  auto adapter = Prepare(caller, conversation, action);
  if (!adapter.ok()) return adapter.status();
  v1::Order order;
  order.set_key("once/" + RandomId());
  *order.mutable_conversation() = std::move(conversation);
  *order.add_actions() = action;
  (*adapter)->SayOnce(std::move(order));
  return absl::OkStatus();
}

}  // namespace chathub
