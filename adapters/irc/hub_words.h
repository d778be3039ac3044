// Users, rooms and events of IRC in the words of the hub.
#pragma once

#include <string>
#include <string_view>

#include "adapters/irc/channels.h"
#include "adapters/irc/features.h"
#include "adapters/irc/message.h"
#include "adapters/irc/outcome.h"

namespace chathub::irc {

class HubWords {
 public:
  // `features` must outlive us.
  HubWords(std::string adapter, const Features& features)
      : adapter_(std::move(adapter)), features_(features) {}

  // Qualified, and the same however it is written: `irc/ada`, `irc/#lab`.
  std::string Id(std::string_view name) const { return adapter_ + "/" + features_.Fold(name); }
  // What it is on IRC.
  std::string NativeId(std::string_view id) const;

  v1::User User(std::string_view nick) const;
  v1::Room Room(const Channel& channel, bool joined = true) const;

  // Something that the source of the line did, in this channel.
  Happening In(const Channel& channel, const Message& line) const;
  // Something that it did to us alone.
  Happening InPrivate(const Message& line) const;

 private:
  Happening Begin(const Message& line) const;

  const std::string adapter_;
  const Features& features_;
};

}  // namespace chathub::irc
