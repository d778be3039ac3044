#include "adapters/irc/channels.h"

namespace chathub::irc {

void Channels::Enter(std::string_view channel) {
  channels_[features_.Fold(channel)] = {std::string(channel), "", {}};
}

void Channels::Leave(std::string_view channel) { channels_.erase(features_.Fold(channel)); }

Channel* Channels::Find(std::string_view channel) {
  const auto found = channels_.find(features_.Fold(channel));
  return found == channels_.end() ? nullptr : &found->second;
}

const Channel* Channels::Find(std::string_view channel) const {
  const auto found = channels_.find(features_.Fold(channel));
  return found == channels_.end() ? nullptr : &found->second;
}

std::vector<const Channel*> Channels::All() const {
  std::vector<const Channel*> all;
  for (const auto& [folded, channel] : channels_) all.push_back(&channel);
  return all;
}

void Channels::Add(std::string_view channel, std::string_view nick) {
  if (Channel* found = Find(channel)) found->members[features_.Fold(nick)] = nick;
}

void Channels::Remove(std::string_view channel, std::string_view nick) {
  if (Channel* found = Find(channel)) found->members.erase(features_.Fold(nick));
}

std::vector<std::string> Channels::Of(std::string_view nick) const {
  std::vector<std::string> names;
  for (const auto& [folded, channel] : channels_) {
    if (channel.members.contains(features_.Fold(nick))) names.push_back(channel.name);
  }
  return names;
}

void Channels::Rename(std::string_view from, std::string_view to) {
  for (const std::string& channel : Of(from)) {
    Remove(channel, from);
    Add(channel, to);
  }
}

}  // namespace chathub::irc
