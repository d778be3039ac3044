#include "hub/rpc/robot_names.h"

#include "hub/base/errors.h"
#include "hub/base/text.h"
#include "hub/core/conversation.h"

namespace chathub {
namespace {

const std::string& FirstOf(const std::string& a, const std::string& b) { return a.empty() ? b : a; }

// The id of whom or what is meant, by id or by name.
template <class Book>
absl::StatusOr<std::string> Meant(const Book& book, const std::string& qualified,
                                  const std::string& said, const std::string& adapter) {
  if (book.Get(qualified).ok()) return qualified;
  const auto found = book.Find(said, adapter);
  if (found.empty()) return qualified;
  if (found.size() == 1) return found.front().id();
  return Fail(Reason::kBadFrame, "several are called '" + ForLog(said, 80) + "', for example " +
                                     found[0].id() + " and " + found[1].id() + "; give an id");
}

}  // namespace

std::string RobotNames::Qualified(const std::string& id) const {
  if (directory.FindAdapter(AdapterOf(id)) != nullptr) return id;
  return selected_adapter + "/" + id;
}

absl::StatusOr<v1::Conversation> RobotNames::ConversationOf(const oco::Room& room) const {
  const std::string& said = FirstOf(room.id(), room.name());
  if (said.empty()) return Fail(Reason::kBadFrame, "the room has neither id nor name");
  auto id = Meant(rooms, Qualified(said), said, selected_adapter);
  if (!id.ok()) return id.status();
  v1::Conversation conversation;
  conversation.set_room(*std::move(id));
  return conversation;
}

absl::StatusOr<v1::Conversation> RobotNames::ConversationOf(const oco::Source& source) const {
  if (source.has_room()) return ConversationOf(source.room());
  const oco::User& user = source.user();
  const std::string& said = FirstOf(user.id(), FirstOf(user.name(), user.mention_name()));
  if (said.empty()) {
    return Fail(Reason::kBadFrame, "the message's source names no user and no room");
  }
  auto id = Meant(users, Qualified(said), said, selected_adapter);
  if (!id.ok()) return id.status();
  v1::Conversation conversation;
  conversation.set_user(*std::move(id));
  return conversation;
}

std::string RobotNames::WithMention(const oco::Message& message) const {
  const oco::User& user = message.source().user();
  if (!message.source().has_room()) return message.body();
  std::string name = user.mention_name();
  if (name.empty() && !user.id().empty()) {
    const auto known = users.Get(Qualified(user.id()));
    if (known.ok()) name = known->mention_name();
  }
  if (name.empty()) name = FirstOf(user.name(), user.id());
  return name.empty() ? message.body() : name + ": " + message.body();
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
