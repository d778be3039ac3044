#include "chathub/message.h"

#include <algorithm>
#include <utility>

#include "durations.h"
#include "message_state.h"
#include "utf8.h"

namespace chathub {
namespace {

void Send(Content content, v1::Action& action) {
  sdk::ToProto(std::move(content), *action.mutable_send()->mutable_content());
}

v1::Action EditOf(const MessageRef& target, Content content) {
  v1::Action action;
  *action.mutable_edit()->mutable_target() = sdk::ToProto(target);
  sdk::ToProto(std::move(content), *action.mutable_edit()->mutable_content());
  sdk::RepairUtf8(action);
  return action;
}

}  // namespace

Message::Message(std::unique_ptr<sdk::MessageState> state) : state_(std::move(state)) {}

Message::~Message() = default;

const std::string& Message::Text() const { return state_->delivery.text(); }

std::string Message::Capture(std::string_view name) const {
  const auto& captures = state_->delivery.captures();
  const auto found = captures.find(std::string(name));
  return found == captures.end() ? std::string() : found->second;
}

std::string Message::Group(int index) const {
  const auto& groups = state_->delivery.groups();
  return index < 0 || index >= groups.size() ? std::string() : groups.Get(index);
}

const User& Message::User() const { return state_->user; }

const Conversation& Message::Conversation() const { return state_->conversation; }

const Room& Message::Room() const { return state_->room; }

MessageRef Message::Ref() const {
  return {.platform_id = sdk::PlatformIdOf(state_->delivery.event())};
}

std::uint32_t Message::Attempt() const { return state_->delivery.attempt(); }

bool Message::Addressed() const { return state_->delivery.addressed(); }

std::chrono::milliseconds Message::TimeLeft() const {
  const auto gone = std::chrono::duration_cast<std::chrono::milliseconds>(
      sdk::MessageState::Clock::now() - state_->patience_began.load());
  return std::max(sdk::FromProto(state_->delivery.deadline()) - gone, {});
}

const v1::Delivery& Message::Delivery() const { return state_->delivery; }

void Message::Reply(Content content) {
  Send(std::move(content), *state_->answer.finish.add_actions());
}

void Message::ReplyAt(std::chrono::system_clock::time_point not_before, Content content) {
  v1::Action& action = *state_->answer.finish.add_actions();
  Send(std::move(content), action);
  *action.mutable_send()->mutable_not_before() = sdk::ToProto(not_before);
}

void Message::Edit(const MessageRef& target, Content content) {
  Do(EditOf(target, std::move(content)));
}

void Message::React(std::string emoji) { React(Ref(), std::move(emoji)); }

void Message::React(const MessageRef& target, std::string emoji) {
  v1::Action action;
  *action.mutable_react()->mutable_target() = sdk::ToProto(target);
  action.mutable_react()->set_emoji(std::move(emoji));
  Do(std::move(action));
}

void Message::Delete(const MessageRef& target) {
  v1::Action action;
  *action.mutable_delete_()->mutable_target() = sdk::ToProto(target);
  Do(std::move(action));
}

void Message::Do(v1::Action action) {
  sdk::RepairUtf8(action);
  *state_->answer.finish.add_actions() = std::move(action);
}

void Message::StorePut(std::string key, std::string value,
                       std::optional<std::uint64_t> if_revision) {
  v1::StoreWrite write;
  write.set_key(std::move(key));
  write.mutable_put()->set_value(std::move(value));
  if (if_revision) write.set_if_revision(*if_revision);
  Store(std::move(write));
}

void Message::StoreAdd(std::string key, std::int64_t amount) {
  v1::StoreWrite write;
  write.set_key(std::move(key));
  write.set_add(amount);
  Store(std::move(write));
}

void Message::StoreRemove(std::string key) {
  v1::StoreWrite write;
  write.set_key(std::move(key));
  write.mutable_delete_();
  Store(std::move(write));
}

void Message::Store(v1::StoreWrite write) {
  sdk::RepairUtf8(write);
  *state_->answer.finish.add_store_writes() = std::move(write);
}

MessageRef Message::Say(Content content) {
  const std::string key = state_->NextKey();
  v1::Action action;
  Send(std::move(content), action);
  state_->SayNow(key, std::move(action));
  return {.key = sdk::OrderKey(key)};
}

void Message::Update(const MessageRef& target, Content content) {
  state_->SayNow(state_->NextKey(), EditOf(target, std::move(content)));
}

void Message::Nack(std::string why, std::chrono::milliseconds retry_after) {
  state_->answer.nack = std::move(why);
  state_->answer.retry_after = retry_after;
}

bool Message::Cancelled() const { return state_->cancelled; }

}  // namespace chathub
