// Finds what somebody may have meant by a misspelt word.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chathub {

// The candidate that is fewest edits away from `word`; nothing if none is close.
std::optional<std::string> Nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

}  // namespace chathub
