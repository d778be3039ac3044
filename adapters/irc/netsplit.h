// Users whom a netsplit took away, and who come back, mostly, when the servers meet again.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/irc/moment.h"

namespace chathub::irc {

// Until they are given up nobody hears that they are gone.
class Netsplit {
 public:
  struct Lost {
    std::string channel;
    std::string nick;
    std::string reason;
  };

  // Two servers' names: nobody else can quit so, whose words have "Quit: " before them.
  static bool IsReason(std::string_view quit_reason);

  // `channel` and `nick` in the form that they are compared in.
  void Take(Lost lost, Moment now);
  // True if that is where a netsplit took them away.
  bool ComesBack(const std::string& channel, const std::string& nick);
  // Who did not come back in ten minutes.
  std::vector<Lost> GiveUp(Moment now);
  std::optional<Moment> NextWake() const;
  void Forget() { lost_.clear(); }

 private:
  std::map<std::pair<std::string, std::string>, std::pair<Moment, Lost>> lost_;
};

}  // namespace chathub::irc
