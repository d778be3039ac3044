// Keeps bytes that are no UTF-8 off the wire, where one of them would cost the whole stream.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

namespace chathub::sdk {

bool IsUtf8(std::string_view text);
// Each byte that belongs to no code point becomes U+FFFD.
std::string ToUtf8(std::string_view text);

// Makes it so.
void RepairUtf8(std::string& text);
// Does so to every string in the message, at any depth.
void RepairUtf8(google::protobuf::Message& message);

}  // namespace chathub::sdk
