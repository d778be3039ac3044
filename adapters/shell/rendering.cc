#include "adapters/shell/rendering.h"

#include <cstdio>

#include "chathub/plain_text.h"

namespace chathub::shell {
namespace {

std::string Escaped(unsigned char c) {
  if (c == '\n') return "\\n";
  if (c == '\r') return "\\r";
  if (c == '\t') return "\\t";
  char text[8];
  std::snprintf(text, sizeof text, "\\x%02x", c);
  return text;
}

// Controls beyond ASCII: U+0080 to U+009F, and the line and paragraph separators U+2028 and U+2029.
// The number of their bytes, or 0.
std::size_t WideControl(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  if (text.size() >= 2 && byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) <= 0x9f) return 2;
  if (text.size() >= 3 && byte(0) == 0xe2 && byte(1) == 0x80 && (byte(2) | 1) == 0xa9) return 3;
  return 0;
}

std::string Escape(std::string_view text, bool keep_line_ends) {
  std::string escaped;
  while (!text.empty()) {
    const auto c = static_cast<unsigned char>(text.front());
    const std::size_t wide = WideControl(text);
    if (wide > 0) {
      for (char part : text.substr(0, wide)) escaped += Escaped(static_cast<unsigned char>(part));
    } else if ((c < 0x20 || c == 0x7f) && !(c == '\n' && keep_line_ends)) {
      escaped += Escaped(c);
    } else {
      escaped += text.front();
    }
    text.remove_prefix(wide > 0 ? wide : 1);
  }
  return escaped;
}

std::string Reaction(const v1::ReactAction& react) {
  return (react.remove() ? "(took back " : "(reacted with ") + react.emoji() + ")";
}

}  // namespace

std::optional<std::string> TextOf(const v1::Action& action) {
  switch (action.kind_case()) {
    case v1::Action::kSend:
      return PlainText(action.send().content());
    case v1::Action::kEdit:
      return "(edited) " + PlainText(action.edit().content());
    case v1::Action::kReact:
      return Reaction(action.react());
    case v1::Action::kDelete:
      return "(deleted a message)";
    case v1::Action::kTopic:
      return "(the topic is now: " + action.topic().topic() + ")";
    default:
      return std::nullopt;
  }
}

std::string OneLine(std::string_view text) { return Escape(text, /*keep_line_ends=*/false); }

std::string Printable(std::string_view text) { return Escape(text, /*keep_line_ends=*/true); }

}  // namespace chathub::shell
