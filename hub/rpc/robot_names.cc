#include "hub/rpc/robot_names.h"

#include "hub/base/errors.h"
#include "hub/core/conversation.h"

namespace chathub {
namespace {

const std::string& FirstOf(const std::string& a, const std::string& b) { return a.empty() ? b : a; }

}  // namespace

std::string RobotNames::Qualified(const std::string& id) const {
  if (directory.FindAdapter(AdapterOf(id)) != nullptr) return id;
  return selected_adapter + "/" + id;
}

absl::StatusOr<v1::Conversation> RobotNames::ConversationOf(const oco::Room& room) const {
  const std::string& id = FirstOf(room.id(), room.name());
  if (id.empty()) return Fail(Reason::kBadFrame, "the room has neither id nor name");
  v1::Conversation conversation;
  conversation.set_room(Qualified(id));
  return conversation;
}

absl::StatusOr<v1::Conversation> RobotNames::ConversationOf(const oco::Source& source) const {
  if (source.has_room()) return ConversationOf(source.room());
  const std::string& id = FirstOf(source.user().id(), source.user().name());
  if (id.empty()) return Fail(Reason::kBadFrame, "the message's source names no user and no room");
  v1::Conversation conversation;
  conversation.set_user(Qualified(id));
  return conversation;
}

std::string WithMention(const oco::Message& message) {
  const oco::User& user = message.source().user();
  const std::string& name = FirstOf(user.mention_name(), FirstOf(user.name(), user.id()));
  if (!message.source().has_room() || name.empty()) return message.body();
  return name + ": " + message.body();
}

oco::Event EventOf(const v1::Delivery& delivery, const std::string& pattern) {
  oco::Event event;
  oco::MatchedMessage& matched = *event.mutable_matched_message();
  matched.set_pattern(pattern);
  matched.mutable_message()->set_body(delivery.text());
  oco::Source& source = *matched.mutable_message()->mutable_source();
  const v1::User& user = delivery.event().user();
  source.mutable_user()->set_id(user.id());
  source.mutable_user()->set_name(FirstOf(user.name(), user.id()));
  source.mutable_user()->set_mention_name(FirstOf(user.mention_name(), source.user().name()));
  const v1::Conversation& conversation = delivery.event().conversation();
  if (IsPrivate(conversation)) return event;
  source.mutable_room()->set_id(conversation.room());
  source.mutable_room()->set_name(FirstOf(delivery.event().room().name(), conversation.room()));
  return event;
}

}  // namespace chathub
