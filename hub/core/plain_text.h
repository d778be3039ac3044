// The text of a message, for matching and for chats that show nothing else.
#pragma once

#include <cstddef>
#include <string>

#include "chathub/v1/message.pb.h"

namespace chathub {

// Deeper blocks are left out.
inline constexpr int kDeepestBlock = 32;
// Marks make a text longer than the blocks it is made from; what is more than this is left out.
inline constexpr std::size_t kLongestMadeText = 64 * 1024;

// The content's text if it has one, else one made from its blocks: list items begin with "- " or
// their number, quoted lines with "> ", table cells stand between " | ", a divider is "---".
std::string PlainText(const v1::Content& content);

}  // namespace chathub
