// Which of many patterns can match a text at all, told from the literals that each needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chathub {

// What a text must hold for a pattern to match it, as FoldLiteral leaves it.
struct Literals {
  // Each of them.
  std::vector<std::string> all;
  // If not empty: at least one of them.
  std::vector<std::string> any;

  bool empty() const { return all.empty() && any.empty(); }
};

// Shorter literals are in every other text and of no use.
inline constexpr std::size_t kShortestLiteral = 2;

// ASCII letters made small, and the two other letters that RE2 takes for ASCII ones without regard
// to case: KELVIN SIGN becomes k, LATIN SMALL LETTER LONG S becomes s.
std::string FoldLiteral(std::string_view text);

// Immutable; any thread may use it at any time.
//
// Every literal is cut to its rarest window of 8, 4, 3 or 2 bytes, which is compared as one number
// at every byte of the text. So the time depends on the text and on what is found in it, hardly on
// the number of literals; the price is a candidate too many now and then.
class LiteralIndex {
 public:
  LiteralIndex() = default;
  // None of them empty.
  explicit LiteralIndex(const std::vector<const Literals*>& patterns);

  // Adds the positions (in the constructor's vector, ascending, each once) of all patterns that can
  // match.
  void Candidates(std::string_view text, std::vector<std::uint32_t>& candidates) const;
};

}  // namespace chathub
