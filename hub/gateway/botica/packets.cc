#include "hub/gateway/botica/packets.h"

#include <boost/json/value.hpp>
#include <utility>

#include "hub/gateway/json.h"

namespace chathub::botica {
namespace {

namespace json = boost::json;

// Bots before 0.6 say `order` and `message` where later ones say `action` and `payload`.
std::optional<std::string> FindEither(const json::object& packet, std::string_view name,
                                      std::string_view old_name) {
  auto found = FindString(packet, name);
  return found.has_value() ? found : FindString(packet, old_name);
}

bool ReadOrder(const json::object& packet, ChatOrder& order) {
  auto key = FindString(packet, "key");
  auto action = FindEither(packet, "action", "order");
  auto payload = FindEither(packet, "payload", "message");
  if (!key.has_value() || !action.has_value() || !payload.has_value()) return false;
  order = {*std::move(key), *std::move(action), *std::move(payload)};
  return true;
}

bool ReadReady(const json::object& packet, bool& ready) {
  const json::value* value = packet.if_contains("ready");
  if (value == nullptr || !value->is_bool()) return false;
  ready = value->get_bool();
  return true;
}

bool ReadKind(const json::object& packet, std::string_view type, Packet& into) {
  using Kind = Packet::Kind;
  if (type == "ready") into.kind = Kind::kReady;
  if (type == "heartbeat") into.kind = Kind::kHeartbeat;
  if (type == "shutdownResponse") {
    into.kind = Kind::kShutdownResponse;
    return ReadReady(packet, into.ready);
  }
  if (type == "order") {
    into.kind = Kind::kOrder;
    return ReadOrder(packet, into.order);
  }
  return true;
}

std::optional<Packet> ReadWrapped(const json::object& wrapper) {
  auto bot_id = FindString(wrapper, "botId");
  const json::object* inner = FindObject(wrapper, "packet");
  const auto type = inner == nullptr ? std::nullopt : FindString(*inner, "type");
  if (!bot_id.has_value() || !type.has_value() || type == "bot") return std::nullopt;
  Packet packet{.bot_id = std::move(bot_id)};
  if (!ReadKind(*inner, *type, packet)) return std::nullopt;
  return packet;
}

}  // namespace

std::optional<Packet> ReadPacket(std::string_view frame) {
  const auto object = ParseObject(frame);
  const auto type = object.has_value() ? FindString(*object, "type") : std::nullopt;
  if (!type.has_value()) return std::nullopt;
  if (type == "bot") return ReadWrapped(*object);
  Packet packet;
  if (!ReadKind(*object, *type, packet)) return std::nullopt;
  return packet;
}

std::string HeartbeatPacket() { return R"({"type":"heartbeat"})"; }

std::string ShutdownRequest(bool forced) {
  return forced ? R"({"type":"shutdownRequest","forced":true})"
                : R"({"type":"shutdownRequest","forced":false})";
}

std::string OrderPacket(const ChatOrder& order) {
  return "{\"type\":\"order\",\"key\":" + Quote(order.key) + ",\"action\":" + Quote(order.action) +
         ",\"payload\":" + Quote(order.payload) + "}";
}

}  // namespace chathub::botica
