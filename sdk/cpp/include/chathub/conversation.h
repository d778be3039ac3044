// Who talks, and where. Ids are qualified: `<adapter>/<native id>`; treat them as opaque.
#pragma once

#include <string>

namespace chathub {

// One talk, and the unit in which order is kept: a room (and a thread in it), or one user.
struct Conversation {
  // The adapter's name.
  std::string adapter = {};
  // Empty in a private talk.
  std::string room = {};
  // Empty outside threads.
  std::string thread = {};
  // Set in a private talk only.
  std::string user = {};

  friend bool operator==(const Conversation&, const Conversation&) = default;
};

struct User {
  // Not meant to be shown.
  std::string id = {};
  // The name to show.
  std::string name = {};
  // What alerts the user when written.
  std::string mention_name = {};
  bool bot = false;
  // The chat service vouches for who this is.
  bool authenticated = false;
};

// Empty in a private talk; an adapter may know no more of it than the id.
struct Room {
  std::string id = {};
  std::string name = {};
  std::string topic = {};
  // The bot is in it.
  bool joined = false;
};

}  // namespace chathub
