#include "handlers/karma/tally.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace chathub {
namespace {

constexpr std::size_t kLongestName = 256;  // bytes

}  // namespace

std::string TallyKey(std::string_view name) {
  std::string key = kTallies;
  for (const char c : name.substr(0, kLongestName)) {
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

std::int64_t CountIn(std::string_view value) {
  std::int64_t count = 0;
  std::from_chars(value.data(), value.data() + value.size(), count);
  return count;
}

std::string BestOf(const std::vector<StoreEntry>& tallies, std::size_t most) {
  std::vector<std::pair<std::int64_t, std::string>> best;
  for (const StoreEntry& tally : tallies) {
    best.emplace_back(-CountIn(tally.value), tally.key.substr(std::string_view(kTallies).size()));
  }
  std::sort(best.begin(), best.end());
  best.resize(std::min(best.size(), most));
  std::string lines;
  for (const auto& [count, name] : best) {
    lines += (lines.empty() ? "" : "\n") + name + ": " + std::to_string(-count);
  }
  return lines;
}

}  // namespace chathub
