// What comes of a step of the talk: what to write, what to tell the hub, what to do with the
// socket.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "chathub/v1/adapters.pb.h"

namespace chathub::irc {

// An event, and what the server says of it beside.
struct Happening {
  v1::Event event;
  // Its IRCv3 msgid; empty: the server gives none.
  std::string id = {};
  // When the server says that it was; unset: just now.
  std::optional<std::chrono::system_clock::time_point> at = {};
};

struct Outcome {
  // Without line ends, to be written in this order.
  std::vector<std::string> lines = {};
  std::vector<Happening> happenings = {};
  std::vector<v1::User> users = {};
  std::vector<v1::Room> rooms = {};
  // Of the order in hand, which is done now.
  std::optional<std::vector<v1::ActionResult>> done = {};
  // The bot is called so now.
  std::optional<std::string> nick = {};
  // Never both.
  bool connect = false;
  bool hang_up = false;
  // For the log; no secret is in it.
  std::vector<std::string> log = {};
};

}  // namespace chathub::irc
