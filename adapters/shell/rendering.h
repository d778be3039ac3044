// How orders look as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "chathub/v1/message.pb.h"

namespace chathub::shell {

// What to show for an action; nothing if there is nothing to be seen of it.
std::optional<std::string> TextOf(const v1::Action& action);

// Without control characters, which could move the cursor or end a line: `\n`, `\t`, `\x1b`.
std::string OneLine(std::string_view text);

// As OneLine, but line ends stay.
std::string Printable(std::string_view text);

}  // namespace chathub::shell
