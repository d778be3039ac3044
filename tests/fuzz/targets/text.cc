// Small things done with every text: whether it is UTF-8, where it may be cut, how it is logged.
#include <cctype>

#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub;
using namespace chathub::fuzz;

// RFC 3629, decoded: slower than IsUtf8 and written without looking at it.
bool Decodes(std::string_view text) {
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) {
      text.remove_prefix(1);
      continue;
    }
    const std::size_t length = lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
    if (length == 0 || text.size() < length) return false;
    std::uint32_t point = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte >> 6 != 2) return false;
      point = point << 6 | (byte & 0x3FU);
    }
    const std::uint32_t least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return false;
    text.remove_prefix(length);
  }
  return true;
}

// The line that ForLog promises, made slowly: first all of it without tokens, then cut, then
// escaped.
std::string SlowForLog(std::string_view text, std::size_t limit) {
  std::string told;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && std::isxdigit(static_cast<unsigned char>(text[end])) != 0) ++end;
    told += end - at >= 64 ? "(a token)" : std::string(text.substr(at, end - at));
    if (end < text.size()) told += text[end];
    at = end + 1;
  }
  std::string line;
  for (const char c : CutAtCodePoint(told, limit)) {
    char escape[5];
    std::snprintf(escape, sizeof escape, "\\x%02x", static_cast<unsigned char>(c));
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    line += control ? escape : std::string(1, c);
  }
  return told.size() > limit ? line + "..." : line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = TextOf(bytes + 1, size - 1);
  const std::size_t limit = bytes[0];
  const bool utf8 = IsUtf8(text);
  Promise(utf8 == Decodes(text), "UTF-8 is what RFC 3629 says");
  const std::string_view cut = CutAtCodePoint(text, limit);
  Promise(text.starts_with(cut) && cut.size() <= limit, "a cut is the beginning");
  PromiseUtf8(utf8, cut);
  if (utf8) Promise(cut.size() == text.size() || cut.size() + 4 > limit, "and no shorter");
  const std::string line = ForLog(text, limit);
  PromiseUtf8(utf8, line);
  Promise(line == SlowForLog(text, limit), "a line of a log has no controls and no tokens");
  Promise(FoldCase(text).size() == text.size(), "folding keeps the size");
  return 0;
}
