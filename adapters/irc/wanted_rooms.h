// The channels that the bot is to be in, and the way into them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/irc/features.h"
#include "adapters/irc/moment.h"
#include "adapters/irc/refusals.h"

namespace chathub::irc {

// Outlives connections.
class WantedRooms {
 public:
  // `features` must outlive us.
  explicit WantedRooms(const Features& features) : features_(features) {}

  // `channel` is `#name` or `#name key`.
  void Want(std::string_view channel);
  void Forsake(std::string_view name);
  bool Wants(std::string_view name) const { return Find(name) != nullptr; }

  // What to write to come where we are to be now.
  std::vector<std::string> Join(Moment now);
  void Joined(std::string_view name);
  // We are out, and try again at that time.
  void Out(std::string_view name, Moment again);
  void Refused(std::string_view name, const Refusal& refusal, Moment now);
  // The answer to the last time that we asked for it.
  std::optional<Refusal> RefusalOf(std::string_view name) const;
  // The connection is gone: out of all of them.
  void Break();
  std::optional<Moment> NextWake() const;

 private:
  struct Room {
    std::string name;
    std::string key;
    bool in = false;
    // Asked, or refused, until then.
    Moment again{0};
    std::optional<Refusal> refusal = {};
  };

  Room* Find(std::string_view name);
  const Room* Find(std::string_view name) const;

  const Features& features_;
  // Compared one by one: what the server says of names may change how they compare.
  std::vector<Room> rooms_;
};

}  // namespace chathub::irc
