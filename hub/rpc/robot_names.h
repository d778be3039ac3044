// OpenChatOps' users, rooms and messages in the hub's words, and back.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "chathub/v1/handlers.pb.h"
#include "chathub/v1/message.pb.h"
#include "hub/core/mailboxes/directory.h"
#include "hub/core/people/room_book.h"
#include "hub/core/people/user_book.h"
#include "oco/core.pb.h"

namespace chathub {

// Users and rooms are looked up as Lita does: by id, then by name (mention names too); what nobody
// told of is taken as an id.
struct RobotNames {
  const Directory& directory;
  const UserBook& users;
  const RoomBook& rooms;
  const std::string& selected_adapter;  // whose an id without an adapter's name is

  // `irc/#ops` stays if there is an adapter `irc`; else the selected adapter's name goes in front.
  std::string Qualified(const std::string& id) const;

  // A source with a room is the room's, one without the user's; kBadFrame if it has neither, or
  // only a name that several have.
  absl::StatusOr<v1::Conversation> ConversationOf(const oco::Source& source) const;
  absl::StatusOr<v1::Conversation> ConversationOf(const oco::Room& room) const;

  // In a room: `alice: text`; in private, or if nobody is named, the text as it is.
  std::string WithMention(const oco::Message& message) const;
};

// `pattern` is the route's, as registered.
oco::Event EventOf(const v1::Delivery& delivery, const std::string& pattern);

}  // namespace chathub
