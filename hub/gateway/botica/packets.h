// Botica's packets: what a bot may say, and the few that a Director says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/gateway/items.h"

namespace chathub::botica {

struct Packet {
  enum class Kind { kReady, kHeartbeat, kShutdownResponse, kOrder, kUnknown };

  Kind kind = Kind::kUnknown;
  // Of the wrapper; nothing: the packet was bare.
  std::optional<std::string> bot_id = {};
  bool ready = false;    // of a shutdownResponse
  ChatOrder order = {};  // of an order
};

// Nothing if the packet is to be rejected: no JSON, no type, a wrapper in a wrapper, a member of
// the wrong type. Unknown members are accepted, unknown types are kUnknown.
std::optional<Packet> ReadPacket(std::string_view frame);

std::string HeartbeatPacket();
// Without requestId: bots of every generation accept that.
std::string ShutdownRequest(bool forced);
std::string OrderPacket(const ChatOrder& order);

}  // namespace chathub::botica
