#include "sdk/transcript/player.h"

#include <utility>

#include "sdk/transcript/shown.h"
#include "sdk/transcript/stage.h"

namespace chathub::transcript {
namespace {

std::string Qualified(const std::string& id) { return std::string(kAdapter) + "/" + id; }

AdapterOptions OptionsFor(const HubOptions& hub) {
  AdapterOptions options;
  options.hub = hub;
  options.service = "transcript";
  options.capabilities.set_edit(true);
  options.capabilities.set_delete_(true);
  options.capabilities.set_react(true);
  options.own_user_id = Qualified(std::string(kBot));
  options.mention_names = {std::string(kBot)};
  options.handle_signals = false;
  // What the hub says of us is no news to who plays a transcript.
  options.log = [](std::string_view) {};
  return options;
}

}  // namespace

Player::Player(const HubOptions& hub) : adapter_(kAdapter, OptionsFor(hub)) {
  adapter_.OnOrder([this](const v1::Order& order, OrderResult& result) { See(order, result); });
  adapter_.Start();
}

std::optional<std::vector<Act>> Player::Play(const Step& step, std::chrono::milliseconds patience) {
  if (!adapter_.Emit(EventOf(step)) || !adapter_.AwaitSettled(patience)) return std::nullopt;
  return TakeSeen();
}

std::vector<Act> Player::TakeSeen() {
  std::lock_guard lock(mutex_);
  return std::exchange(seen_, {});
}

v1::Event Player::EventOf(const Step& step) {
  v1::Event event;
  v1::Conversation& conversation = *event.mutable_conversation();
  if (step.place.room.empty()) {
    conversation.set_user(Qualified(step.place.user));
  } else {
    conversation.set_room(Qualified(step.place.room));
    event.mutable_room()->set_id(conversation.room());
    event.mutable_room()->set_name(step.place.room);
    event.mutable_room()->set_joined(true);
  }
  event.mutable_user()->set_id(Qualified(step.user));
  event.mutable_user()->set_name(step.user);
  if (step.kind == Step::Kind::kJoins) event.mutable_joined();
  if (step.kind == Step::Kind::kLeaves) event.mutable_left();
  if (step.kind == Step::Kind::kSays) {
    event.mutable_message()->mutable_content()->set_text(step.text);
    event.mutable_message()->set_platform_id("said-" + std::to_string(++last_id_));
  }
  return event;
}

void Player::See(const v1::Order& order, OrderResult& result) {
  for (const v1::Action& action : order.actions()) {
    action.has_send() ? result.Done({"posted-" + std::to_string(++posted_)}) : result.Done();
  }
  std::lock_guard lock(mutex_);
  for (Act& act : Shown(order, kAdapter)) seen_.push_back(std::move(act));
}

}  // namespace chathub::transcript
