#include "sdk/transcript/difference.h"

#include <algorithm>
#include <regex>
#include <string_view>

namespace chathub::transcript {
namespace {

// As a text would be read from a file: blanks at the ends of its lines do not count.
std::string Readable(const std::string& text) {
  static const std::regex kBlankEnds("[ \t\r]+(?=\n|$)");
  static const std::regex kBlankBeginnings("(^|\n)[ \t]+");
  return std::regex_replace(std::regex_replace(text, kBlankEnds, ""), kBlankBeginnings, "$1");
}

bool Holds(const Act& written, const Act& seen) {
  if (written.place != seen.place) return false;
  if (written.kind == Act::Kind::kSaysLike) {
    return seen.kind == Act::Kind::kSays && std::regex_match(seen.text, std::regex(written.text));
  }
  return written.kind == seen.kind && written.text == Readable(seen.text);
}

// Each line of `text` behind `mark`.
std::string Marked(std::string_view mark, std::string_view text) {
  std::string marked(mark);
  for (const char c : text) {
    marked += c;
    if (c == '\n') marked += mark;
  }
  return marked + "\n";
}

std::string Beside(const Step& step, const std::vector<Act>& seen, std::size_t equal) {
  std::string text = Marked("  ", Written(step));
  for (std::size_t i = 0; i < step.acts.size(); ++i) {
    text += Marked(i < equal ? "  " : "- ", Written(step.acts[i], step.place));
  }
  for (std::size_t i = equal; i < seen.size(); ++i) {
    text += Marked("+ ", Written(seen[i], step.place));
  }
  return text;
}

}  // namespace

std::optional<Difference> Compare(const Step& step, const std::vector<Act>& seen) {
  const std::size_t both = std::min(step.acts.size(), seen.size());
  std::size_t equal = 0;
  while (equal < both && Holds(step.acts[equal], seen[equal])) ++equal;
  if (equal == step.acts.size() && equal == seen.size()) return std::nullopt;
  // Where too much came, the last line that it should have ended with.
  const int last = step.acts.empty() ? step.line : step.acts.back().line;
  const int line = equal < step.acts.size() ? step.acts[equal].line : last;
  return Difference{line, Beside(step, seen, equal)};
}

}  // namespace chathub::transcript
