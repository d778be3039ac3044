// OpenChatOps' users, rooms and messages in the hub's words, and back.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "chathub/v1/handlers.pb.h"
#include "chathub/v1/message.pb.h"
#include "hub/core/directory.h"
#include "oco/core.pb.h"

namespace chathub {

// What an id without an adapter's name belongs to.
struct RobotNames {
  const Directory& directory;
  const std::string& selected_adapter;

  // `irc/#ops` stays if there is an adapter `irc`; else the selected adapter's name goes in front.
  std::string Qualified(const std::string& id) const;

  // A source with a room is the room's, one without the user's; kBadFrame if it has neither.
  absl::StatusOr<v1::Conversation> ConversationOf(const oco::Source& source) const;
  // By id, or by name where there is no id.
  absl::StatusOr<v1::Conversation> ConversationOf(const oco::Room& room) const;
};

// In a room: `alice: text`; in private, or if nobody is named, the text as it is.
std::string WithMention(const oco::Message& message);

// `pattern` is the route's, as registered.
oco::Event EventOf(const v1::Delivery& delivery, const std::string& pattern);

}  // namespace chathub
