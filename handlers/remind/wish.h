// What somebody wants to be reminded of, and when.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace chathub {

struct Wish {
  std::chrono::seconds in{0};
  std::string what;
};

// Reads `me in 2s to stretch`: a number and a unit (s, m, h, d, or spelt out), several of them as
// in `1h 30m`, at most a year. Nothing if it is no wish.
std::optional<Wish> ParseWish(std::string_view text);

}  // namespace chathub
