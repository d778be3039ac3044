#include "adapters/shell/talk.h"

#include <chrono>
#include <utility>

namespace chathub::shell {
namespace {

bool SamePlace(const v1::Conversation& left, const v1::Conversation& right) {
  return left.room() == right.room() && left.user() == right.user();
}

// `shell/lobby` is `lobby` to people.
std::string NativeId(const std::string& adapter, const std::string& id) {
  const std::string prefix = adapter + "/";
  return id.starts_with(prefix) ? id.substr(prefix.size()) : id;
}

google::protobuf::Timestamp Now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
  google::protobuf::Timestamp now;
  now.set_seconds(millis / 1000);
  now.set_nanos(static_cast<int>(millis % 1000) * 1'000'000);
  return now;
}

}  // namespace

Talk::Talk(std::string adapter, const std::string& user, bool authenticated, std::string life)
    : adapter_(std::move(adapter)), life_(std::move(life)) {
  user_.set_id(adapter_ + "/" + user);
  user_.set_name(user);
  user_.set_authenticated(authenticated);
}

std::string Talk::NextId() { return life_ + "-" + std::to_string(++last_id_); }

v1::Conversation Talk::Here() const {
  v1::Conversation here;
  here.set_adapter(adapter_);
  if (room_.empty()) {
    here.set_user(user_.id());
  } else {
    here.set_room(adapter_ + "/" + room_);
  }
  return here;
}

v1::Event Talk::EventOf(std::string_view text) {
  v1::Event event;
  *event.mutable_conversation() = Here();
  *event.mutable_user() = user_;
  if (!room_.empty()) {
    event.mutable_room()->set_id(adapter_ + "/" + room_);
    event.mutable_room()->set_name(room_);
    event.mutable_room()->set_joined(true);
  }
  *event.mutable_sent_at() = Now();
  event.mutable_message()->mutable_content()->set_text(std::string(text));
  event.mutable_message()->set_platform_id(NextId());
  return event;
}

std::string Talk::WhereFrom(const v1::Conversation& conversation) const {
  if (SamePlace(conversation, Here())) return {};
  const std::string& id = conversation.room().empty() ? conversation.user() : conversation.room();
  return std::string("[").append(NativeId(adapter_, id)).append("] ");
}

}  // namespace chathub::shell
