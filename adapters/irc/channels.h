// Who is where: the channels that the bot is in and their members.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/irc/features.h"

namespace chathub::irc {

struct Channel {
  // As the server writes it.
  std::string name;
  std::string topic;
  // Nicks by their folded form.
  std::map<std::string, std::string> members;
};

// Holds for one connection.
class Channels {
 public:
  // `features` must outlive us.
  explicit Channels(const Features& features) : features_(features) {}

  void Enter(std::string_view channel);
  void Leave(std::string_view channel);
  // Nothing if the bot is not in it.
  Channel* Find(std::string_view channel);
  const Channel* Find(std::string_view channel) const;
  std::vector<const Channel*> All() const;

  void Add(std::string_view channel, std::string_view nick);
  void Remove(std::string_view channel, std::string_view nick);
  // The channels that somebody is in, as the server writes them.
  std::vector<std::string> Of(std::string_view nick) const;
  void Rename(std::string_view from, std::string_view to);
  void Forget() { channels_.clear(); }

 private:
  const Features& features_;
  std::map<std::string, Channel> channels_;  // by their folded names
};

}  // namespace chathub::irc
