#include "handlers/remind/wish.h"

#include <charconv>
#include <map>

namespace chathub {
namespace {

using std::chrono::seconds;

constexpr seconds kLongest = std::chrono::hours(24 * 366);

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<seconds> UnitOf(std::string_view word) {
  static const std::map<std::string_view, seconds> units = {
      {"s", seconds(1)},      {"sec", seconds(1)},     {"second", seconds(1)},
      {"m", seconds(60)},     {"min", seconds(60)},    {"minute", seconds(60)},
      {"h", seconds(3600)},   {"hour", seconds(3600)}, {"d", seconds(86400)},
      {"day", seconds(86400)}};
  if (word.size() > 2 && word.back() == 's') word.remove_suffix(1);
  const auto unit = units.find(word);
  if (unit == units.end()) return std::nullopt;
  return unit->second;
}

// Reads a text from its front.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool Word(std::string_view word) {
    SkipBlanks();
    if (!rest_.starts_with(word)) return false;
    if (rest_.size() > word.size() && rest_[word.size()] != ' ') return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  // `2s`, `2 seconds`.
  std::optional<seconds> Time() {
    SkipBlanks();
    long amount = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), amount);
    const auto length = static_cast<std::size_t>(end - rest_.data());
    if (error != std::errc() || !IsDigit(rest_.front()) || length > 9) return std::nullopt;
    rest_.remove_prefix(length);
    SkipBlanks();
    std::size_t letters = 0;
    while (letters < rest_.size() && IsLetter(rest_[letters])) ++letters;
    const auto unit = UnitOf(rest_.substr(0, letters));
    if (!unit.has_value()) return std::nullopt;
    rest_.remove_prefix(letters);
    return amount * *unit;
  }

  std::string_view Rest() {
    SkipBlanks();
    return rest_;
  }

 private:
  void SkipBlanks() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  std::string_view rest_;
};

}  // namespace

std::optional<Wish> ParseWish(std::string_view text) {
  Scanner scanner(text);
  if (!scanner.Word("me") || !scanner.Word("in")) return std::nullopt;
  Wish wish;
  do {
    const auto time = scanner.Time();
    if (!time.has_value()) return std::nullopt;
    wish.in += *time;
  } while (!scanner.Word("to"));
  wish.what = scanner.Rest();
  if (wish.what.empty() || wish.in <= seconds(0) || wish.in > kLongest) return std::nullopt;
  return wish;
}

}  // namespace chathub
