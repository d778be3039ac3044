#include "hub/gateway/botcomet/messages.h"

#include "hub/gateway/json.h"

namespace chathub::botcomet {
namespace {

std::string Address(std::string_view id) {
  return id == kStation ? std::string(kStation) : Quote(id);
}

std::string Message(std::string_view type, std::string_view src, std::string_view dst,
                    const std::optional<std::string>& context, const std::string& data) {
  std::string json =
      "{\"type\":" + Quote(type) + ",\"dst\":" + Address(dst) + ",\"src\":" + Address(src);
  if (context.has_value()) json += ",\"context\":" + Quote(*context);
  return json + ",\"data\":" + data + "}";
}

}  // namespace

std::string ConnectResponse(std::string_view type, std::string_view id,
                            const std::optional<std::string>& context) {
  return Message(type, kStation, id, context, "{}");
}

std::string Verification(std::string_view type, std::string_view src, std::string_view dst,
                         std::string_view context, std::string_view challenge) {
  return Message(type, src, dst, std::string(context), "{\"challenge\":" + Quote(challenge) + "}");
}

std::string MessageCreate(std::string_view type, std::string_view src, std::string_view dst,
                          std::string_view context, std::string_view id, std::string_view content) {
  return Message(type, src, dst, std::string(context),
                 "{\"event\":\"message_create\",\"data\":{\"id\":" + Quote(id) +
                     ",\"content\":" + Quote(content) + "}}");
}

}  // namespace chathub::botcomet
