#include "hub/core/routing/pattern_spelling.h"

#include <algorithm>
#include <set>

namespace chathub {
namespace {

// Walks once over a pattern, as far as brackets, escapes and groups go.
class Scan {
 public:
  explicit Scan(std::string_view pattern) : pattern_(pattern) {}

  PatternSpelling Run() {
    while (at_ < pattern_.size()) Step();
    if (!open_.empty()) Suspect("the ( is never closed", open_.back());
    return std::move(spelling_);
  }

 private:
  std::string_view Rest() const { return pattern_.substr(at_); }

  void Take(std::size_t count) {
    const std::string_view taken = Rest().substr(0, count);
    spelling_.text += taken;
    at_ += taken.size();
  }

  // The first suspicion counts.
  void Suspect(std::string_view what, std::size_t where) {
    if (!spelling_.suspicion.empty()) return;
    spelling_.suspicion = std::string(what) + ", at byte " + std::to_string(where);
  }

  void Step() {
    switch (pattern_[at_]) {
      case '\\':
        return Escape();
      case '[':
        return CharacterClass();
      case '(':
        return Open();
      case ')':
        return Close();
      default:
        return Take(1);
    }
  }

  void Escape() {
    if (!Rest().starts_with("\\Q")) return Take(2);
    const std::size_t end = pattern_.find("\\E", at_ + 2);
    Take(end == std::string_view::npos ? Rest().size() : end + 2 - at_);
  }

  void CharacterClass() {
    const std::size_t begin = at_;
    Take(Rest().starts_with("[^") ? 2 : 1);
    if (Rest().starts_with("]")) Take(1);
    while (at_ < pattern_.size() && pattern_[at_] != ']') Take(LengthInClass());
    if (at_ == pattern_.size()) Suspect("the [ is never closed", begin);
    Take(1);
  }

  // An escape, a named class like [:alpha:], or a byte.
  std::size_t LengthInClass() const {
    if (pattern_[at_] == '\\') return 2;
    const std::size_t end = pattern_.find(":]", at_ + 2);
    if (Rest().starts_with("[:") && end != std::string_view::npos) return end + 2 - at_;
    return 1;
  }

  void Open() {
    open_.push_back(at_);
    const std::string_view rest = Rest();
    if (rest.starts_with("(?=") || rest.starts_with("(?!")) Suspect("there is no look-ahead", at_);
    if (rest.starts_with("(?<=") || rest.starts_with("(?<!"))
      Suspect("there is no look-behind", at_);
    if (rest.starts_with("(?P<")) return Named(4);
    if (rest.starts_with("(?<")) return Named(3);
    Take(1);
  }

  // `opening` is how long the group's opening is, with the <.
  void Named(std::size_t opening) {
    const std::string_view name = Rest().substr(opening, Rest().find('>') - opening);
    if (!names_.insert(name).second) {
      Suspect("the capture name " + std::string(name) + " is used twice", at_);
    }
    Take(2);
    if (opening == 3) {
      spelling_.added.push_back(spelling_.text.size());
      spelling_.text += 'P';
    }
    Take(opening - 2);
  }

  void Close() {
    if (open_.empty()) {
      Suspect("nothing is open that this ) could close", at_);
    } else {
      open_.pop_back();
    }
    Take(1);
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  PatternSpelling spelling_;
  std::vector<std::size_t> open_;
  std::set<std::string_view> names_;
};

}  // namespace

std::size_t PatternSpelling::Original(std::size_t position) const {
  return position - static_cast<std::size_t>(std::count_if(
                        added.begin(), added.end(), [&](std::size_t p) { return p < position; }));
}

PatternSpelling SpellForRe2(std::string_view pattern) { return Scan(pattern).Run(); }

}  // namespace chathub
