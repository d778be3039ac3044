#include <utility>

#include "chathub/plain_text.h"
#include "chathub/testing.h"
#include "sdk/cpp/testing/test_hub.h"

namespace chathub {
namespace {

v1::User UserOf(const Saying& saying) {
  v1::User user;
  user.set_id("test/" + saying.user);
  user.set_name(saying.user);
  user.set_mention_name(saying.user);
  user.set_bot(saying.bot);
  user.set_authenticated(true);
  return user;
}

v1::Conversation ConversationOf(const Saying& saying) {
  v1::Conversation conversation;
  conversation.set_adapter("test");
  conversation.set_thread(saying.thread);
  if (saying.room.empty()) {
    conversation.set_user("test/" + saying.user);
  } else {
    conversation.set_room("test/" + saying.room);
  }
  return conversation;
}

v1::Room RoomOf(const Saying& saying) {
  v1::Room room;
  room.set_id("test/" + saying.room);
  room.set_name(saying.room);
  room.set_joined(true);
  return room;
}

}  // namespace

HandlerTest::HandlerTest(const std::function<void(Handler&)>& set_up, std::string name)
    : hub_(std::make_unique<sdk::TestHub>()),
      handler_(std::make_unique<Handler>(std::move(name), hub_->options())) {
  set_up(*handler_);
  hub_->Begin(*handler_);
}

HandlerTest::~HandlerTest() { hub_->End(); }

std::vector<std::string> HandlerTest::Say(std::string_view text, const Saying& saying) {
  v1::Event event;
  event.mutable_message()->mutable_content()->set_text(std::string(text));
  event.mutable_message()->set_addressed(saying.addressed);
  return Happen(std::move(event), saying);
}

std::vector<std::string> HandlerTest::Happen(v1::Event event, const Saying& saying) {
  if (!event.has_user()) *event.mutable_user() = UserOf(saying);
  if (!event.has_conversation()) *event.mutable_conversation() = ConversationOf(saying);
  if (!event.has_room() && !saying.room.empty()) *event.mutable_room() = RoomOf(saying);
  hub_->Happen(std::move(event), saying.groups);
  std::vector<std::string> texts;
  for (const v1::Action& action : Actions()) {
    if (action.has_send()) texts.push_back(PlainText(action.send().content()));
  }
  return texts;
}

std::vector<v1::Action> HandlerTest::Actions() const { return hub_->record().actions(); }

std::vector<std::string> HandlerTest::Failures() const { return hub_->record().failures(); }

std::vector<SentMessage> HandlerTest::Sent() const { return hub_->record().sent(); }

std::optional<std::string> HandlerTest::Stored(std::string_view key) const {
  const auto entry = hub_->store().Find(std::string(key));
  return entry ? std::optional(entry->value()) : std::nullopt;
}

void HandlerTest::Put(std::string_view key, std::string_view value) {
  sdk::TestStore::Writes writes;
  writes.Add()->set_key(std::string(key));
  writes[0].mutable_put()->set_value(std::string(value));
  hub_->store().Apply(writes);
}

}  // namespace chathub
