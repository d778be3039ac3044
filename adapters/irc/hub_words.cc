#include "adapters/irc/hub_words.h"

#include <cstdio>
#include <ctime>

namespace chathub::irc {
namespace {

// As in 2012-06-30T23:59:60.419Z (IRCv3 server-time).
std::optional<std::chrono::system_clock::time_point> TimeOf(std::string_view text) {
  std::tm utc{};
  int millis = 0;
  const int fields =
      std::sscanf(std::string(text).c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ", &utc.tm_year,
                  &utc.tm_mon, &utc.tm_mday, &utc.tm_hour, &utc.tm_min, &utc.tm_sec, &millis);
  // Other years would not fit into a clock of nanoseconds.
  if (fields < 6 || utc.tm_year < 1970 || utc.tm_year > 2200) return std::nullopt;
  utc.tm_year -= 1900;
  utc.tm_mon -= 1;
  return std::chrono::system_clock::from_time_t(timegm(&utc)) + std::chrono::milliseconds(millis);
}

}  // namespace

std::string HubWords::NativeId(std::string_view id) const {
  const std::string prefix = adapter_ + "/";
  return std::string(id.starts_with(prefix) ? id.substr(prefix.size()) : id);
}

v1::User HubWords::User(std::string_view nick) const {
  v1::User user;
  user.set_id(Id(nick));
  user.set_name(std::string(nick));
  return user;
}

v1::Room HubWords::Room(const Channel& channel, bool joined) const {
  v1::Room room;
  room.set_id(Id(channel.name));
  room.set_name(channel.name);
  room.set_topic(channel.topic);
  room.set_joined(joined);
  return room;
}

Happening HubWords::Begin(const Message& line) const {
  Happening happening;
  happening.at = TimeOf(line.Tag("time"));
  happening.id = line.Tag("msgid");
  v1::User& user = *happening.event.mutable_user();
  user = User(line.Nick());
  // Groups list users by id, which is the nick: so the account says who it is only if it is called
  // so too. Who takes somebody's nick under an account of their own is not somebody.
  user.set_authenticated(features_.Same(line.Tag("account"), line.Nick()));
  user.set_bot(line.tags.contains("bot"));
  happening.event.mutable_conversation()->set_adapter(adapter_);
  return happening;
}

Happening HubWords::In(const Channel& channel, const Message& line) const {
  Happening happening = Begin(line);
  happening.event.mutable_conversation()->set_room(Id(channel.name));
  *happening.event.mutable_room() = Room(channel);
  return happening;
}

Happening HubWords::InPrivate(const Message& line) const {
  Happening happening = Begin(line);
  happening.event.mutable_conversation()->set_user(happening.event.user().id());
  return happening;
}

}  // namespace chathub::irc
