// A command word with typed arguments: `roll 2d6 --times 3`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "chathub/v1/handlers.pb.h"

namespace chathub {

// The capture that every command has: everything behind the word.
inline constexpr std::string_view kRest = "rest";

// A named piece of a text. The views point into the text or into the route that named them.
struct Capture {
  std::string_view name;
  std::string_view value;

  friend bool operator==(const Capture&, const Capture&) = default;
};
using Captures = absl::InlinedVector<Capture, 2>;

// A text cut behind its first word. ASCII spaces, tabs and ends of lines part words; `rest` starts
// behind them and keeps its own end.
struct FirstWord {
  std::string_view word;
  std::string_view rest;
};
FirstWord SplitFirstWord(std::string_view text);

// Whether the arguments fit.
struct Fit {
  // `rest` and the arguments that were given; none on a misfit.
  Captures captures;
  // For the user, one line: what is wrong, and the usage. Empty: they fit.
  std::string complaint;
};

// A value, and immutable: any thread may use it at any time.
//
// An argument is a word, or several words in double quotes (there is no escape inside). Where a
// command has arguments by name, `--name value` may stand anywhere before a REST argument, and `--`
// alone says that everything behind it is by position. REST takes what is left as it stands.
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
