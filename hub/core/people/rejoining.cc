#include "hub/core/people/rejoining.h"

#include <chrono>
#include <set>
#include <utility>

#include "hub/base/log.h"

namespace chathub {
namespace {

constexpr std::chrono::hours kMaxAge{24};

}  // namespace

void Rejoining::Begin(const std::string& adapter) {
  const AdapterMailbox* mailbox = directory_.FindAdapter(adapter);
  if (mailbox == nullptr || !mailbox->attached()) return;
  if (!mailbox->hello().capabilities().join()) return;
  const std::set<std::string> waiting = mailbox->RoomsToJoinOrPart();
  Step step;
  for (const std::string& room : rooms_.ToJoin(adapter)) {
    if (waiting.contains(room)) continue;
    v1::Conversation conversation;
    conversation.set_adapter(adapter);
    conversation.set_room(room);
    v1::Action action;
    action.mutable_join();
    const std::string key = "hub/rejoin/" + mailbox->hello().incarnation() + "/" + room;
    auto order =
        orders_.Single(conversation, std::move(action), key, {.from = "hub", .max_age = kMaxAge});
    if (!order.ok()) continue;
    step.put.push_back(*std::move(order));
    rooms_.Want(room);
  }
  if (step.put.empty()) return;
  if (const auto applied = engine_.Apply(std::move(step)); !applied.ok()) {
    Log(LogLevel::kWarning, "rooms are not joined again",
        {{"adapter", adapter}, {"why", std::string(applied.status().message())}});
  }
}

}  // namespace chathub
