// Small things to do with UTF-8 text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chathub {

// The longest prefix of at most `limit` bytes that does not cut a code point.
std::string_view CutAtCodePoint(std::string_view text, std::size_t limit);

// Without overlong forms, surrogates and what is beyond U+10FFFF.
bool IsUtf8(std::string_view text);

// ASCII letters made small; every other byte as it is.
std::string FoldCase(std::string_view text);

// For a line of a log: controls escaped, tokens struck out, cut at `limit` bytes with an ellipsis.
std::string ForLog(std::string_view text, std::size_t limit = 200);

std::string_view TrimSpace(std::string_view text);

}  // namespace chathub
