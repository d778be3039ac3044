#include "hub/core/routing/literal.h"

#include <re2/filtered_re2.h>

#include "gtest/gtest.h"

namespace chathub {
namespace {

// Beyond there are no letters that have a case.
constexpr char32_t kLastCodePoint = 0x1FFFF;

std::string ToUtf8(char32_t code) {
  const auto tail = [code](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800) return {static_cast<char>(0xC0 | code >> 6), tail(0)};
  if (code < 0x10000) return {static_cast<char>(0xE0 | code >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | code >> 18), tail(12), tail(6), tail(0)};
}

bool IsSurrogate(char32_t code) { return code >= 0xD800 && code <= 0xDFFF; }

// How RE2 itself folds a text when it looks for literals.
std::string FoldOfRe2(const std::string& text) {
  re2::FilteredRE2 filtered(0);
  int id = 0;
  filtered.Add("\\Q" + text + "\\E", re2::RE2::Options(), &id);
  std::vector<std::string> atoms;
  filtered.Compile(&atoms);
  return atoms.empty() ? "" : atoms.front();
}

TEST(LiteralTest, SmallAndCapitalLettersFoldToTheSame) {
  struct Case {
    const char* text;
    const char* folded;
  };
  for (const auto& [text, folded] : std::initializer_list<Case>{
           {"Deploy NOW 1!", "deploy now 1!"},
           {"\u212Aarma \u017Ftop", "karma stop"},
           {"GR\u00D6SSE \u1E9E \u212B \u0178", "gr\u00F6sse \u00DF \u00E5 \u00FF"},
           {"\u041F\u0420\u0418\u0412\u0415\u0422 \u0401",
            "\u043F\u0440\u0438\u0432\u0435\u0442 \u0451"},
           {"\u4F60\u597D \u03A3 \U0001F600", "\u4F60\u597D \u03A3 \U0001F600"},
           {"", ""},
       }) {
    EXPECT_EQ(FoldLiteral(text), folded);
  }
}

TEST(LiteralTest, BrokenUtf8FoldsByteByByte) {
  EXPECT_EQ(FoldLiteral("\xC3"), "\xC3");
  EXPECT_EQ(FoldLiteral("\xC3\x41"), "\xC3\x61");
  EXPECT_EQ(FoldLiteral("\xE2\x84"), "\xE2\x84");
  EXPECT_EQ(FoldLiteral("\x96\xFF\xC0\x8A"), "\x96\xFF\xC0\x8A");
}

TEST(LiteralTest, TheLongestRunOfKnownCharactersIsALiteral) {
  struct Case {
    std::string_view folded;
    std::string_view literal;
  };
  for (const auto& [folded, literal] : std::initializer_list<Case>{
           {"abc", "abc"},
           {"ab\u03C3cde\u03C3f", "cde"},
           {"a", ""},
           {"\u03C3\u03C3", ""},
           {"", ""},
           {"\u4F60", "\u4F60"},
           {"a\u0131b\u0131", ""},
           {std::string_view("a\0bcd", 5), "bcd"},
       }) {
    EXPECT_EQ(LongestLiteral(folded), literal) << folded;
  }
}

// What keeps the search for literals from ever losing a match: where RE2 takes one character for
// another, and the other may stand in a literal, both fold to the same. Tried for all of Unicode.
TEST(LiteralTest, WhereRe2FoldsIntoALiteralSoDoWe) {
  std::size_t wrong = 0;
  for (char32_t first = 0x20; first <= kLastCodePoint; first += 64) {
    std::string text;
    for (char32_t code = first; code < first + 64; ++code) {
      if (!IsSurrogate(code) && code <= kLastCodePoint && code != '\\') text += ToUtf8(code) + " ";
    }
    if (text.empty()) continue;
    const std::string folded = FoldOfRe2(text);
    ASSERT_FALSE(folded.empty());
    std::size_t begin = 0;
    for (char32_t code = first; code < first + 64; ++code) {
      if (IsSurrogate(code) || code > kLastCodePoint || code == '\\') continue;
      const std::size_t end = code == ' ' ? begin + 1 : folded.find(' ', begin);
      const std::string theirs = folded.substr(begin, end - begin);
      begin = end + 1;
      // Doubled, as one byte alone is too short for a literal.
      const std::string usable(LongestLiteral(FoldLiteral(theirs + theirs)));
      if (!usable.empty() && FoldLiteral(ToUtf8(code) + ToUtf8(code)) != usable) {
        ADD_FAILURE() << std::hex << static_cast<std::uint32_t>(code) << " folds to " << theirs;
        if (++wrong > 10) return;
      }
    }
  }
}

}  // namespace
}  // namespace chathub
