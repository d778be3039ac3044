// A dialect: one legacy protocol, spoken over one WebSocket connection.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/gateway/items.h"

namespace chathub {

// How a connection ends: a code of RFC 6455, section 7.4, and a word for whoever reads it.
struct CloseReason {
  std::uint16_t code = 1000;
  std::string text = {};
};

struct Outcome {
  std::vector<Item> to_hub = {};          // what the peer meant
  std::vector<std::string> to_peer = {};  // text frames to send now
  // Call Tick() then, in place of the time asked for before.
  std::optional<std::chrono::milliseconds> wake_in = {};
  std::optional<CloseReason> close = {};
};

// Pure: no sockets, no threads, no clock and no chance. Frames are UTF-8; what a peer says that
// makes no sense has an answer or is counted, and never harms.
class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual Outcome Begin() { return {}; }             // the connection is open
  virtual Outcome Hear(std::string_view frame) = 0;  // the peer said this
  virtual Outcome Say(const Item& item) = 0;         // the hub wants this said
  virtual Outcome Tick() = 0;                        // the time asked for has come
};

}  // namespace chathub
