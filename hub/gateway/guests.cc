#include "hub/gateway/guests.h"

#include <utility>

#include "hub/base/secrets.h"
#include "hub/core/conversation.h"

namespace chathub {

Guests::Guest* Guests::Welcome(const v1::Conversation& conversation, const v1::User& user,
                               bool* fresh) {
  std::string key = KeyOf(conversation) + user.id();
  const auto known = by_key_.find(key);
  *fresh = known == by_key_.end();
  if (!*fresh) {
    known->second->used_at = loop_.Now();
    return known->second;
  }
  if (by_id_.size() >= kMost) return nullptr;
  auto made =
      std::make_unique<Guest>(Guest{RandomId(), std::move(key), conversation, user, loop_.Now()});
  Guest* guest = made.get();
  by_key_[guest->key] = guest;
  by_id_[guest->id] = std::move(made);
  return guest;
}

Guests::Guest* Guests::Find(const std::string& id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return nullptr;
  found->second->used_at = loop_.Now();
  return found->second.get();
}

std::vector<std::string> Guests::Sweep() {
  std::vector<std::string> gone;
  for (const auto& [id, guest] : by_id_) {
    if (loop_.Now() - guest->used_at >= kIdle) gone.push_back(id);
  }
  for (const std::string& id : gone) {
    by_key_.erase(by_id_[id]->key);
    by_id_.erase(id);
  }
  return gone;
}

}  // namespace chathub
