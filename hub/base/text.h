// Small things to do with UTF-8 text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chathub {

// The longest prefix of at most `limit` bytes that does not cut a code point.
std::string_view CutAtCodePoint(std::string_view text, std::size_t limit);

// ASCII letters made small; every other byte as it is.
std::string FoldCase(std::string_view text);

// For one line of a log: control characters escaped, cut at `limit` bytes with an ellipsis.
std::string ForLog(std::string_view text, std::size_t limit = 200);

std::string_view TrimSpace(std::string_view text);

}  // namespace chathub
