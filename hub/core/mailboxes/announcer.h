// What the hub itself says in the chat.
#pragma once

#include <string>
#include <string_view>

#include "chathub/v1/message.pb.h"
#include "hub/base/loop.h"
#include "hub/core/mailboxes/orders.h"
#include "hub/core/rate_limit.h"
#include "hub/engine/engine.h"

namespace chathub {

class Announcer {
 public:
  Announcer(const Orders& orders, Engine& engine, Loop& loop)
      : orders_(orders), engine_(engine), loop_(loop) {}

  // An order of the hub's own, to be put by the caller's step; null when the adapter takes nothing.
  EntryPtr Compose(const v1::Conversation& conversation, std::string_view text,
                   const std::string& key, const EntryPtr& cause) const;

  // Says it at once. `cause` is the entry it is about, or null.
  void Say(const v1::Conversation& conversation, std::string_view text, const std::string& key,
           const EntryPtr& cause);

  // At most once a minute per conversation and text.
  void Note(const v1::Conversation& conversation, std::string_view text, const EntryPtr& cause);

 private:
  const Orders& orders_;
  Engine& engine_;
  Loop& loop_;
  RateLimit notes_{1, Milliseconds(60'000)};
};

}  // namespace chathub
