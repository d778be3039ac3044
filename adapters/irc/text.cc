#include "adapters/irc/text.h"

#include <algorithm>
#include <cstddef>

namespace chathub::irc {
namespace {

// What 0x80 to 0x9f are; the five that are nothing stay the control characters that they are in
// Latin-1.
constexpr char32_t kWindows1252[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

unsigned char Byte(std::string_view bytes, std::size_t index) {
  return static_cast<unsigned char>(bytes[index]);
}

// How many bytes a code point has that begins so; 0: none begins so.
std::size_t LengthOf(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

// Not overlong, no surrogate, nothing beyond U+10FFFF.
bool MaySecond(unsigned char first, unsigned char second) {
  if (first == 0xe0) return second >= 0xa0;
  if (first == 0xed) return second < 0xa0;
  if (first == 0xf0) return second >= 0x90;
  if (first == 0xf4) return second < 0x90;
  return true;
}

// How much of it is whole code points, or npos if the rest is more than one that was cut.
std::size_t WholeCodePoints(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t length = LengthOf(Byte(bytes, at));
    if (length == 0) return std::string_view::npos;
    const std::size_t present = std::min(length, bytes.size() - at);
    for (std::size_t i = 1; i < present; ++i) {
      if ((Byte(bytes, at + i) & 0xc0) != 0x80) return std::string_view::npos;
    }
    if (present > 1 && !MaySecond(Byte(bytes, at), Byte(bytes, at + 1))) {
      return std::string_view::npos;
    }
    if (present < length) return at;
    at += length;
  }
  return at;
}

// Below U+10000, as all of Windows-1252 is.
void Append(std::string& text, char32_t code_point) {
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    text += static_cast<char>(0xc0 | code_point >> 6);
    text += static_cast<char>(0x80 | (code_point & 0x3f));
  } else {
    text += static_cast<char>(0xe0 | code_point >> 12);
    text += static_cast<char>(0x80 | (code_point >> 6 & 0x3f));
    text += static_cast<char>(0x80 | (code_point & 0x3f));
  }
}

std::string FromWindows1252(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned char byte = Byte(bytes, i);
    Append(text, byte >= 0x80 && byte < 0xa0 ? kWindows1252[byte - 0x80] : byte);
  }
  return text;
}

std::size_t Run(std::string_view text, std::size_t most, std::string_view of) {
  std::size_t count = 0;
  while (count < std::min(most, text.size()) && of.find(text[count]) != std::string_view::npos) {
    ++count;
  }
  return count;
}

// How many bytes behind a colour's control code say which colour: `4`, `04,12`; `ff0000`.
std::size_t ColourLength(std::string_view text, std::size_t digits, std::string_view of) {
  const std::size_t front = Run(text, digits, of);
  if (front == 0 || front + 1 >= text.size() || text[front] != ',') return front;
  const std::size_t back = Run(text.substr(front + 1), digits, of);
  return back == 0 ? front : front + 1 + back;
}

}  // namespace

std::string FromBytes(std::string_view bytes) {
  const std::size_t whole = WholeCodePoints(bytes);
  // A single byte at the end that could begin a code point is rather a letter of Latin-1.
  const bool cut = whole != std::string_view::npos && whole < bytes.size();
  const bool utf8_before = std::any_of(bytes.begin(), bytes.begin() + (cut ? whole : 0),
                                       [](char c) { return static_cast<signed char>(c) < 0; });
  if (whole == std::string_view::npos || (cut && !utf8_before && bytes.size() - whole == 1)) {
    return FromWindows1252(bytes);
  }
  return std::string(bytes.substr(0, whole));
}

std::string WithoutFormatting(std::string_view text) {
  constexpr std::string_view kToggles = "\x02\x0f\x11\x16\x1d\x1e\x1f";
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x03') {
      i += ColourLength(text.substr(i + 1), 2, "0123456789");
    } else if (text[i] == '\x04') {
      i += ColourLength(text.substr(i + 1), 6, "0123456789abcdefABCDEF");
    } else if (kToggles.find(text[i]) == std::string_view::npos) {
      plain += text[i];
    }
  }
  return plain;
}

std::string OneLine(std::string_view text) {
  std::string line;
  for (char c : text) {
    if (c == '\r' || c == '\0' || c == '\x01') continue;
    const auto byte = static_cast<unsigned char>(c);
    line += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
  return line;
}

}  // namespace chathub::irc
