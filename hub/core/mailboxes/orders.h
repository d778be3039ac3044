// Makes orders of what is to be done in the chat.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "chathub/v1/message.pb.h"
#include "hub/base/loop.h"
#include "hub/core/mailboxes/directory.h"
#include "hub/engine/engine.h"

namespace chathub {

inline constexpr std::size_t kLargestOrder = 256 * 1024;  // bytes

// For whom an order is made, and whose duties it takes over. Read only while it is made.
struct Origin {
  std::string_view from;     // `handler/karma`; "hub" for the hub itself
  std::string_view session;  // who hears what became of it; empty: nobody
  std::string_view key;      // what the author calls the order; empty: as everybody
  std::string_view traceparent;
  Milliseconds max_age{0};
  Duty unkept;
  Duty unsettled;
};

using Actions = google::protobuf::RepeatedPtrField<v1::Action>;

// Checks and makes; puts nothing anywhere.
class Orders {
 public:
  Orders(Directory& directory, const Loop& loop) : directory_(directory), loop_(loop) {}

  // An answer or progress: send, edit, react, delete. What goes at once becomes one order with the
  // given key, each delayed send another, `<key>/<index>`. Fails with kBadFrame (an action that
  // cannot be in an answer), kTooLarge, kNoSuchPeer (no such adapter), kTooMuch (its mailbox is
  // full).
  absl::StatusOr<Entries> Answer(const v1::Conversation& conversation, Actions actions,
                                 const std::string& key, const Origin& origin) const;

  // Any one action, for Chat.
  absl::StatusOr<EntryPtr> Single(const v1::Conversation& conversation, v1::Action action,
                                  const std::string& key, const Origin& origin) const;

 private:
  absl::StatusOr<AdapterMailbox*> Open(const v1::Conversation& conversation,
                                       const Origin& origin) const;
  EntryPtr Make(const v1::Conversation& conversation, const std::string& key, const Origin& origin,
                std::int64_t not_before) const;

  Directory& directory_;
  const Loop& loop_;
};

}  // namespace chathub
