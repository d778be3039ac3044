// What every fuzz target is made of: it hears what a stranger may send and promises what must hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/text.h"

namespace chathub::fuzz {

// What libFuzzer made up, as text; must not be too long for the target to be quick.
inline std::string_view TextOf(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

// A finding, unless it holds.
inline void Promise(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

// UTF-8 goes in and UTF-8 comes out; nothing is promised for other bytes.
inline void PromiseUtf8(bool in, std::string_view out) {
  if (in) Promise(IsUtf8(out), "what is made of UTF-8 is UTF-8");
}

// Takes the next line from the front of `text`, without its end; nothing: there is none left.
inline std::optional<std::string_view> TakeLine(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const auto end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

// Takes what is before the separator; all of it where there is none.
inline std::string_view TakeUpTo(char separator, std::string_view& text) {
  const auto end = text.find(separator);
  const std::string_view piece = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return piece;
}

}  // namespace chathub::fuzz
