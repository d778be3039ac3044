#include "hub/core/mailboxes/say_keys.h"

namespace chathub {
namespace {

void NameSay(v1::MessageRef& target, const Delivery& delivery) {
  if (!target.has_posted() || !delivery.says.contains(target.posted().key())) return;
  target.mutable_posted()->set_key(SayKey(delivery.id(), target.posted().key()));
}

}  // namespace

std::string SayKey(const std::string& delivery, const std::string& key) {
  return delivery + "/say/" + key;
}

void NameSays(Actions& actions, const Delivery& delivery) {
  if (delivery.says.empty()) return;
  for (v1::Action& action : actions) {
    if (action.has_edit()) NameSay(*action.mutable_edit()->mutable_target(), delivery);
    if (action.has_react()) NameSay(*action.mutable_react()->mutable_target(), delivery);
    if (action.has_delete_()) NameSay(*action.mutable_delete_()->mutable_target(), delivery);
  }
}

}  // namespace chathub
