#include "hub/core/routing/pattern.h"

#include <re2/re2.h>

#include "hub/base/errors.h"
#include "hub/base/text.h"
#include "hub/core/routing/pattern_literals.h"
#include "hub/core/routing/pattern_spelling.h"

namespace chathub {
namespace {

// For the compiled program and what RE2 learns while matching.
constexpr std::int64_t kMemory = 1 << 20;
// Bounds the time of a text for which RE2 can learn nothing, which grows with the program.
// The longest literal has about 4100.
constexpr int kMostInstructions = 5000;
constexpr std::size_t kLongestQuote = 60;

re2::RE2::Options Options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemory);
  return options;
}

// Where RE2's complaint is about; empty if that cannot be told.
std::string Where(const re2::RE2& expression, const PatternSpelling& spelling) {
  const std::string& piece = expression.error_arg();
  const std::size_t position = spelling.text.find(piece);
  const bool everything = piece.empty() || piece.size() == spelling.text.size();
  const bool once = spelling.text.find(piece, position + 1) == std::string::npos;
  if (everything || position == std::string::npos || !once) return {};
  return ", at byte " + std::to_string(spelling.Original(position));
}

std::string WhatIsWrong(const re2::RE2& expression, const PatternSpelling& spelling) {
  if (expression.error_code() == re2::RE2::ErrorPatternTooLarge) {
    return "it is too large when compiled; make its counted repetitions shorter";
  }
  if (!spelling.suspicion.empty()) return spelling.suspicion;
  return ForLog(expression.error(), kLongestQuote) + Where(expression, spelling);
}

absl::Status Refuse(std::string_view what) {
  return Fail(Reason::kBadRoute, "the pattern is refused: " + std::string(what));
}

// RE2 takes a name used twice for fine and remembers one of the groups.
absl::Status CheckNames(const re2::RE2& expression, const PatternSpelling& spelling) {
  const auto groups = expression.CapturingGroupNames().size();
  if (expression.NamedCapturingGroups().size() == groups) return absl::OkStatus();
  return Refuse(spelling.suspicion);
}

absl::Status CheckSize(const re2::RE2& expression) {
  if (expression.ProgramSize() > kMostInstructions) {
    return Refuse("it has " + std::to_string(expression.ProgramSize()) + " instructions, at most " +
                  std::to_string(kMostInstructions) +
                  " are allowed; make its counted repetitions shorter");
  }
  if (expression.NumberOfCapturingGroups() > kMostGroups) {
    return Refuse("it has more than " + std::to_string(kMostGroups) + " groups");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<const Pattern>> Pattern::Compile(std::string_view text) {
  if (text.empty()) return Refuse("it is empty");
  if (text.size() > kLongestPattern) {
    return Refuse("it is longer than " + std::to_string(kLongestPattern) + " bytes");
  }
  const PatternSpelling spelling = SpellForRe2(text);
  auto expression = std::make_unique<const re2::RE2>(spelling.text, Options());
  if (!expression->ok()) return Refuse(WhatIsWrong(*expression, spelling));
  if (absl::Status names = CheckNames(*expression, spelling); !names.ok()) return names;
  if (absl::Status size = CheckSize(*expression); !size.ok()) return size;
  return std::unique_ptr<const Pattern>(new Pattern(std::string(text), std::move(expression)));
}

Pattern::Pattern(std::string text, std::unique_ptr<const re2::RE2> expression)
    : text_(std::move(text)),
      expression_(std::move(expression)),
      literals_(LiteralsOf(*expression_)) {
  for (const auto& [number, name] : expression_->CapturingGroupNames()) {
    names_.emplace_back(name, number);
  }
}

Pattern::~Pattern() = default;

bool Pattern::Match(std::string_view text, Pieces& groups) const {
  re2::StringPiece pieces[kMostGroups + 1];
  const int count = expression_->NumberOfCapturingGroups() + 1;
  const re2::StringPiece subject(text.data(), text.size());
  if (!expression_->Match(subject, 0, text.size(), re2::RE2::UNANCHORED, pieces, count)) {
    return false;
  }
  groups.clear();
  for (int i = 0; i < count; ++i) groups.emplace_back(pieces[i].data(), pieces[i].size());
  return true;
}

int Pattern::size() const { return expression_->ProgramSize(); }

}  // namespace chathub
