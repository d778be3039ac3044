#include "hub/gateway/botcomet/comet_dialect.h"

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <utility>

#include "hub/gateway/botcomet/messages.h"
#include "hub/gateway/botcomet/words.h"
#include "hub/gateway/json.h"

namespace chathub::botcomet {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestAddress = 256;

// An address as a string; the Station is "0", also as a number and by its names of 2022.
std::optional<std::string> Destination(const json::object& message) {
  const json::value* dst = message.if_contains("dst");
  if (dst == nullptr) return std::nullopt;
  if (dst->is_number()) {
    json::error_code error;
    const bool zero = dst->to_number<double>(error) == 0;
    return zero && !error ? std::optional(std::string(kStation)) : std::nullopt;
  }
  auto text = FindString(message, "dst");
  if (text == "STATION" || text == "CONNECTION") text = std::string(kStation);
  return text;
}

std::optional<NativeKind> KindOf(std::string_view type) {
  if (type == "plugin_verify") return NativeKind::kVerify;
  if (type == "plugin_verify_response") return NativeKind::kVerifyResponse;
  if (type == "adapter_event") return NativeKind::kEvent;
  if (type == "adapter_event_response") return NativeKind::kEventResponse;
  return std::nullopt;
}

// What the Station itself may have to read.
void ReadContent(const json::object& content, Native& native) {
  native.event = FindString(content, "event").value_or("");
  native.challenge = FindString(content, "challenge").value_or("");
  const json::object* event = FindObject(content, "data");
  if (event == nullptr) return;
  native.message_id = FindString(*event, "id").value_or("");
  native.content = FindString(*event, "content").value_or("");
}

std::optional<Item> ReadPluginConnect(const json::object& message) {
  const json::object* content = FindObject(message, "data");
  if (content == nullptr) return std::nullopt;
  auto address = FindString(*content, "address");
  if (!address.has_value() || address->empty() || address->size() > kLongestAddress) {
    return std::nullopt;
  }
  return Claim{Role::kPlugin, *std::move(address), FindString(message, "context")};
}

std::optional<Item> ReadNative(NativeKind kind, const json::object& message,
                               std::string_view frame) {
  auto to = Destination(message);
  if (!to.has_value() || to->empty()) return std::nullopt;
  Native native{.kind = kind, .to = *std::move(to), .json = std::string(frame)};
  native.context = FindString(message, "context").value_or("");
  if (const json::object* content = FindObject(message, "data")) ReadContent(*content, native);
  return native;
}

}  // namespace

Outcome CometDialect::Hear(std::string_view frame) {
  const auto message = ParseObject(frame);
  const auto type = message.has_value() ? FindString(*message, "type") : std::nullopt;
  if (!type.has_value()) return CountBad();
  std::optional<Item> item;
  if (type == "comet_connect") {
    item = Claim{Role::kComet, "", FindString(*message, "context")};
  } else if (type == "plugin_connect") {
    item = ReadPluginConnect(*message);
  } else if (const auto kind = KindOf(*type)) {
    item = ReadNative(*kind, *message, frame);
  } else {
    return {};  // a type of another version
  }
  if (!item.has_value()) return CountBad();
  return {.to_hub = {*std::move(item)}};
}

Outcome CometDialect::CountBad() {
  if (++bad_messages_ < kMostBadMessages) return {};
  return {.close = CloseReason{1007, "too many messages that make no sense"}};
}

Outcome CometDialect::Say(const Item& item) {
  const auto granted = [](const Granted& grant) -> Outcome {
    const bool comet = grant.role == Role::kComet;
    return {
        .to_peer = {ConnectResponse(comet ? "comet_connect_response" : "plugin_connect_response",
                                    grant.name, grant.context)}};
  };
  return std::visit(
      OnEach{granted, [](const Raw& raw) -> Outcome { return {.to_peer = {raw.json}}; },
             [](const Refused& refused) { return Complain(refused); },
             [](const auto&) { return Outcome(); }},
      item);
}

}  // namespace chathub::botcomet
