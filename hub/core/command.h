// A command word with typed arguments: `roll 2d6 --times 3`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chathub/v1/handlers.pb.h"

namespace chathub {

// A named piece of a text. The views point into the text or into the route that named them.
struct Capture {
  std::string_view name;
  std::string_view value;

  friend bool operator==(const Capture&, const Capture&) = default;
};

// A text cut behind its first word. Spaces, tabs and ends of lines part words; `rest` starts behind
// them and keeps its own end.
struct FirstWord {
  std::string_view word;
  std::string_view rest;
};
FirstWord SplitFirstWord(std::string_view text);

// Whether the arguments fit.
struct Fit {
  // `rest` and the arguments that were given; none on a misfit.
  std::vector<Capture> captures;
  // For the user: what is wrong, and the usage. Empty: they fit.
  std::string complaint;
};

// Immutable; any thread may use it at any time.
class Command {
 public:
  // kBadRoute says what is wrong. `usage` (Help.usage) may be empty: it is made from the arguments.
  static absl::StatusOr<Command> Compile(const v1::Command& command, std::string_view usage);

  // `rest` is everything behind the word.
  Fit Match(std::string_view rest) const;

  // With FoldCase.
  const std::string& word() const { return word_; }
  const std::string& usage() const { return usage_; }

 private:
  Command() = default;

  std::string word_;
  std::string usage_;
  // Those by position, in order, and those by name.
  std::vector<v1::Argument> positional_;
  std::vector<v1::Argument> options_;
};

}  // namespace chathub
