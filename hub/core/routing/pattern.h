// A user's regular expression, checked, compiled and bounded.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "hub/core/routing/literal.h"

namespace re2 {
class RE2;
}

namespace chathub {

// The longest pattern, in bytes.
inline constexpr std::size_t kLongestPattern = 4096;
// The most groups in a pattern, not counting the whole match.
inline constexpr int kMostGroups = 99;
// A pattern sees only so many bytes of a text, so that nobody can hold up the hub.
inline constexpr std::size_t kPatternSees = 8192;

// By number, 0 being the whole match; the data() of one that took no part is null.
using Pieces = absl::InlinedVector<std::string_view, 4>;

// Immutable; any thread may use it at any time.
class Pattern {
 public:
  // `text` is in RE2's syntax; (?<name>...) is taken as (?P<name>...). kBadRoute says what is wrong
  // with it and, where that can be found, at which byte (from 0).
  static absl::StatusOr<std::unique_ptr<const Pattern>> Compile(std::string_view text);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  // Looks for the pattern anywhere in `text`. On a match `groups` holds views into it.
  bool Match(std::string_view text, Pieces& groups) const;

  // As registered.
  const std::string& text() const { return text_; }
  // (name, group number), by number.
  const std::vector<std::pair<std::string, int>>& names() const { return names_; }
  const Literals& literals() const { return literals_; }
  // In instructions of RE2; about 40 bytes each.
  int size() const;

 private:
  Pattern(std::string text, std::unique_ptr<const re2::RE2> expression);

  std::string text_;
  std::unique_ptr<const re2::RE2> expression_;
  std::vector<std::pair<std::string, int>> names_;
  Literals literals_;
};

}  // namespace chathub
