#include "hub/base/text.h"

#include <algorithm>
#include <cstdio>

namespace chathub {
namespace {

constexpr std::string_view kSpace = " \t\r\n\v\f";
constexpr std::size_t kTokenDigits = 64;

bool ContinuesCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool IsControl(unsigned char c) { return c < 0x20 || c == 0x7F; }

// How many hexadecimal digits the text begins with.
std::size_t HexDigits(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789abcdefABCDEF"), text.size());
}

// With what looks like a token (see RandomSecret) struck out; nothing is read beyond the piece with
// which it gets longer than `limit`.
std::string WithoutTokens(std::string_view text, std::size_t limit) {
  std::string result;
  while (!text.empty() && result.size() <= limit) {
    std::size_t length = HexDigits(text);
    if (length >= kTokenDigits) {
      result += "(a token)";
    } else {
      length = std::max<std::size_t>(length, 1);
      result += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return result;
}

}  // namespace

std::string_view CutAtCodePoint(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  std::size_t end = limit;
  while (end > 0 && ContinuesCodePoint(text[end])) --end;
  return text.substr(0, end);
}

bool IsUtf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto byte = [&](std::size_t offset) -> unsigned {
      return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
    };
    const unsigned lead = byte(0);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0) return false;
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(i) & 0xC0) != 0x80) return false;
    }
    const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    const bool beyond = lead == 0xF4 && byte(1) >= 0x90;
    if (overlong || surrogate || beyond) return false;
    at += length;
  }
  return true;
}

std::string FoldCase(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

std::string ForLog(std::string_view said, std::size_t limit) {
  const std::string text = WithoutTokens(said, limit);
  std::string line;
  for (const char c : CutAtCodePoint(text, limit)) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsControl(byte)) {
      char escaped[5];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", byte);
      line += escaped;
    } else {
      line += c;
    }
  }
  if (text.size() > limit) line += "...";
  return line;
}

std::string_view TrimSpace(std::string_view text) {
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace chathub
