// Those who talk with a legacy bot from other chats: each has a name that the bot can answer to.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "chathub/v1/message.pb.h"
#include "hub/base/loop.h"

namespace chathub {

// Of one bot. Who says nothing and hears nothing for kIdle is forgotten.
class Guests {
 public:
  static constexpr std::size_t kMost = 10'000;
  static constexpr std::chrono::minutes kIdle{30};

  struct Guest {
    std::string id;  // 128 random bits
    std::string key;
    v1::Conversation conversation;
    v1::User user;
    TimePoint used_at;
  };

  explicit Guests(const Loop& loop) : loop_(loop) {}

  // Null: there are too many.
  Guest* Welcome(const v1::Conversation& conversation, const v1::User& user, bool* fresh);
  // Null: nobody is called so.
  Guest* Find(const std::string& id);
  // Forgets the idle ones; returns their ids.
  std::vector<std::string> Sweep();

 private:
  const Loop& loop_;

  absl::flat_hash_map<std::string, std::unique_ptr<Guest>> by_id_;
  absl::flat_hash_map<std::string, Guest*> by_key_;
};

}  // namespace chathub
