// Text between IRC, where it is bytes, and the hub, where it is UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace chathub::irc {

// As it is if it is UTF-8, perhaps cut in the middle of its last code point; else it is taken for
// Windows-1252, of which Latin-1 is a part.
std::string FromBytes(std::string_view bytes);

// Without colours, bold and the like: their control codes are no text.
std::string WithoutFormatting(std::string_view text);

// Without what would end the line or be a CTCP request; other control characters become spaces.
std::string OneLine(std::string_view text);

}  // namespace chathub::irc
