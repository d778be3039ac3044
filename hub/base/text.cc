#include "hub/base/text.h"

#include <cstdio>

namespace chathub {
namespace {

constexpr std::string_view kSpace = " \t\r\n\v\f";

bool ContinuesCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool IsControl(unsigned char c) { return c < 0x20 || c == 0x7F; }

}  // namespace

std::string_view CutAtCodePoint(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  std::size_t end = limit;
  while (end > 0 && ContinuesCodePoint(text[end])) --end;
  return text.substr(0, end);
}

std::string FoldCase(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

std::string ForLog(std::string_view text, std::size_t limit) {
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
