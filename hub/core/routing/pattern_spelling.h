// How a user spells a regular expression, and how RE2 wants it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chathub {

struct PatternSpelling {
  // For RE2: with (?P<name>...) where the user wrote (?<name>...).
  std::string text;
  // Where in `text` a P was put in.
  std::vector<std::size_t> added;
  // What is wrong and at which byte of the user's pattern, in clearer words than RE2 has:
  // look-around, a name used twice, a missing bracket. Empty: nothing was seen. Only to be believed
  // when something is found wrong.
  std::string suspicion;

  // Where in the user's pattern a byte of `text` stands.
  std::size_t Original(std::size_t position) const;
};

PatternSpelling SpellForRe2(std::string_view pattern);

}  // namespace chathub
