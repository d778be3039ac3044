// The messages that the hub itself sends as a Station, a comet or a plugin.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chathub::botcomet {

// What the Station is called on the wire: the number 0.
inline constexpr std::string_view kStation = "0";

// The answer to comet_connect and plugin_connect: the new id is its dst.
std::string ConnectResponse(std::string_view type, std::string_view id,
                            const std::optional<std::string>& context);

// `type` is plugin_verify or plugin_verify_response.
std::string Verification(std::string_view type, std::string_view src, std::string_view dst,
                         std::string_view context, std::string_view challenge);

// An event message_create `{id, content}`; `type` is adapter_event or adapter_event_response.
std::string MessageCreate(std::string_view type, std::string_view src, std::string_view dst,
                          std::string_view context, std::string_view id, std::string_view content);

}  // namespace chathub::botcomet
