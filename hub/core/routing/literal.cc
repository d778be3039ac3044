#include "hub/core/routing/literal.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace chathub {
namespace {

using Byte = unsigned char;

struct Spelling {
  std::string_view from;
  std::string_view to;
};

// Letters outside Latin-1 and Cyrillic that fold into them.
constexpr std::array<Spelling, 12> kStrays = {{
    {"\u017F", "s"},
    {"\u0178", "\u00FF"},
    {"\u1C80", "\u0432"},
    {"\u1C81", "\u0434"},
    {"\u1C82", "\u043E"},
    {"\u1C83", "\u0441"},
    {"\u1C84", "\u0442"},
    {"\u1C85", "\u0442"},
    {"\u1C86", "\u044A"},
    {"\u1E9E", "\u00DF"},
    {"\u212A", "k"},
    {"\u212B", "\u00E5"},
}};

// Scripts that know no case, and pictures. First and last.
constexpr std::array<std::pair<char32_t, char32_t>, 7> kCaseless = {{
    {0x0590, 0x109F},    // Hebrew to Myanmar
    {0x1100, 0x139F},    // Hangul letters, Ethiopic
    {0x2E80, 0xA63F},    // Chinese, Japanese, Yi
    {0xAC00, 0xD7FF},    // Hangul syllables
    {0xF900, 0xFAFF},    // Chinese, compatibility
    {0x1F300, 0x1FAFF},  // pictures
    {0x20000, 0x3FFFF},  // Chinese
}};

Byte At(std::string_view text, std::size_t index) {
  return index < text.size() ? static_cast<Byte>(text[index]) : 0;
}

bool IsTwoByteLead(Byte byte) { return byte >= 0xC2 && byte <= 0xDF; }
bool Continues(Byte byte) { return (byte & 0xC0) == 0x80; }

// The small letter of a character of two bytes; nothing where this knows none.
char32_t Small(char32_t letter) {
  if (letter >= 0xC0 && letter <= 0xDE && letter != 0xD7) return letter + 0x20;
  if (letter >= 0x410 && letter <= 0x42F) return letter + 0x20;
  if (letter >= 0x400 && letter <= 0x40F) return letter + 0x50;
  return letter;
}

void AppendTwoBytes(char32_t letter, std::string& folded) {
  folded += static_cast<char>(0xC0 | (letter >> 6));
  folded += static_cast<char>(0x80 | (letter & 0x3F));
}

// Folds the first character of `text`, which is not ASCII; says how many bytes it took.
std::size_t FoldOne(std::string_view text, std::string& folded) {
  const auto stray = std::find_if(kStrays.begin(), kStrays.end(), [&](const Spelling& each) {
    return text.starts_with(each.from);
  });
  if (stray != kStrays.end()) {
    folded += stray->to;
    return stray->from.size();
  }
  const Byte lead = At(text, 0);
  const Byte second = At(text, 1);
  if (!IsTwoByteLead(lead) || !Continues(second)) {
    folded += text.front();
    return 1;
  }
  AppendTwoBytes(Small((lead & 0x1F) << 6 | (second & 0x3F)), folded);
  return 2;
}

std::size_t LengthOfAscii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t length = 0;
  for (std::uint64_t eight = 0; length + sizeof eight <= text.size(); length += sizeof eight) {
    std::memcpy(&eight, &text[length], sizeof eight);
    if ((eight & kHighBits) != 0) break;
  }
  while (length < text.size() && At(text, length) < 0x80) ++length;
  return length;
}

// Written so that the compiler folds many letters at once.
void AppendSmall(std::string_view ascii, std::string& folded) {
  const std::size_t begin = folded.size();
  folded += ascii;
  char* const letters = &folded[begin];
  for (std::size_t i = 0; i < ascii.size(); ++i) {
    const char c = letters[i];
    letters[i] = static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 0x20 : 0));
  }
}

struct Character {
  char32_t code = 0;
  std::size_t size = 1;
};

// The first character of UTF-8.
Character FirstOf(std::string_view text) {
  const Byte lead = At(text, 0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t code = lead & (0x7F >> size);
  for (std::size_t i = 1; i < size; ++i) code = code << 6 | (At(text, i) & 0x3F);
  return {code, size};
}

bool KnowsAllSpellings(char32_t code) {
  if (code < 0x80) return code != 0;
  if ((code >= 0xC0 && code <= 0xFF) || (code >= 0x400 && code <= 0x45F)) return true;
  return std::any_of(kCaseless.begin(), kCaseless.end(), [code](const auto& range) {
    return code >= range.first && code <= range.second;
  });
}

}  // namespace

std::string FoldLiteral(std::string_view text) {
  std::string folded;
  folded.reserve(text.size() + sizeof(std::uint64_t));
  while (!text.empty()) {
    const std::size_t ascii = LengthOfAscii(text);
    AppendSmall(text.substr(0, ascii), folded);
    text.remove_prefix(ascii);
    if (!text.empty()) text.remove_prefix(FoldOne(text, folded));
  }
  return folded;
}

std::string_view LongestLiteral(std::string_view folded) {
  std::string_view longest;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < folded.size();) {
    const Character character = FirstOf(folded.substr(i));
    i += character.size;
    if (!KnowsAllSpellings(character.code)) begin = i;
    if (i - begin > longest.size()) longest = folded.substr(begin, i - begin);
  }
  return longest.size() < kShortestLiteral ? std::string_view() : longest;
}

}  // namespace chathub
