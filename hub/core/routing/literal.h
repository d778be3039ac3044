// Folding for the search of literals: one spelling for what RE2 takes for the same without regard
// to case.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chathub {

// Shorter literals are in every other text and of no use.
inline constexpr std::size_t kShortestLiteral = 2;

// What a text must hold for a pattern to match it; as FoldLiteral leaves it.
struct Literals {
  // Each of them.
  std::vector<std::string> all;
  // If not empty: at least one of them.
  std::vector<std::string> any;

  bool empty() const { return all.empty() && any.empty(); }
};

// Small letters for ASCII, Latin-1 and Cyrillic, together with the few letters from elsewhere that
// fold to one of these: KELVIN SIGN becomes k, LATIN SMALL LETTER LONG S becomes s, and so on. All
// other bytes stay.
std::string FoldLiteral(std::string_view text);

// The longest run, at least kShortestLiteral bytes, of characters that FoldLiteral knows all
// spellings of: ASCII, Latin-1, Cyrillic, and scripts without case. Empty: there is none. `folded`
// is UTF-8 from FoldLiteral.
std::string_view LongestLiteral(std::string_view folded);

}  // namespace chathub
