#include "adapters/irc/splitter.h"

#include <algorithm>

namespace chathub::irc {
namespace {

bool Continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// Where the first piece of a text that is too long ends.
std::size_t Cut(std::string_view text, std::size_t most) {
  const std::size_t space = text.substr(0, most).rfind(' ');
  // A piece that is less than half full would be for a word longer than most lines.
  if (space != std::string_view::npos && space + 1 > most / 2) return space + 1;
  std::size_t end = most;
  while (end > 0 && Continues(text[end])) --end;
  return end == 0 ? most : end;
}

}  // namespace

std::vector<std::string> Split(std::string_view text, std::size_t most) {
  most = std::max<std::size_t>(most, 4);
  std::vector<std::string> pieces;
  while (text.size() > most) {
    const std::size_t end = Cut(text, most);
    pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  if (!text.empty()) pieces.emplace_back(text);
  return pieces;
}

}  // namespace chathub::irc
