// A route's pattern, in the first line, and a text behind it.
#include "hub/core/routing/pattern.h"

#include <algorithm>
#include <vector>

#include "hub/core/routing/pattern_spelling.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub;
using namespace chathub::fuzz;

void SeeSpelling(std::string_view pattern) {
  const PatternSpelling spelling = SpellForRe2(pattern);
  std::string restored = spelling.text;
  for (auto at = spelling.added.rbegin(); at != spelling.added.rend(); ++at) {
    Promise(restored.at(*at) == 'P', "what is put in is a P");
    restored.erase(*at, 1);
  }
  Promise(restored == pattern, "nothing but a P is put in");
  for (std::size_t at = 0; at < spelling.text.size(); ++at) {
    Promise(spelling.Original(at) <= pattern.size(), "a place is one in the pattern");
  }
}

bool Holds(std::string_view folded, const std::string& literal) {
  return folded.find(literal) != std::string_view::npos;
}

void SeeMatch(const Pattern& pattern, std::string_view text) {
  Pieces groups;
  if (!pattern.Match(text, groups)) return;
  Promise(!groups.empty(), "a match has a place");
  for (const std::string_view group : groups) {
    if (group.data() == nullptr) continue;
    const bool within =
        group.data() >= text.data() && group.data() + group.size() <= text.data() + text.size();
    Promise(within, "a group is a piece of the text");
  }
  for (const auto& [name, number] : pattern.names()) {
    Promise(number > 0 && static_cast<std::size_t>(number) < groups.size(), "a name has a group");
    Promise(!name.empty(), "a name is one");
  }
  const std::string folded = FoldLiteral(text);
  const auto holds = [&](const std::string& literal) { return Holds(folded, literal); };
  const auto& [all, any] = pattern.literals();
  Promise(std::all_of(all.begin(), all.end(), holds), "a match holds every literal");
  Promise(any.empty() || std::any_of(any.begin(), any.end(), holds), "and one of the others");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text = TextOf(bytes, size);
  if (!IsUtf8(text)) return 0;  // protobuf refuses it
  const std::string_view expression = TakeUpTo('\n', text);
  SeeSpelling(expression);
  const auto pattern = Pattern::Compile(expression);
  if (pattern.ok()) {
    Promise((*pattern)->text() == expression, "a pattern is kept as it was registered");
    SeeMatch(**pattern, text);
    return 0;
  }
  const auto message = pattern.status().message();
  const std::string_view why(message.data(), message.size());
  Promise(why.starts_with("the pattern is refused: ") && why.size() > 24, "a refusal says why");
  Promise(IsUtf8(why) && why.find('\n') == std::string_view::npos, "in one line");
  return 0;
}
