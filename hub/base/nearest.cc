#include "hub/base/nearest.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace chathub {
namespace {

// Levenshtein's distance: how many bytes must be put in, left out or changed. One row at a time.
std::size_t Edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::optional<std::string> Nearest(std::string_view word,
                                   const std::vector<std::string>& candidates) {
  // One letter in three may be wrong, and of a short word two: they are often swapped.
  std::size_t fewest = std::max<std::size_t>(2, word.size() / 3) + 1;
  std::optional<std::string> nearest;
  for (const std::string& candidate : candidates) {
    const std::size_t edits = Edits(word, candidate);
    // Fewer edits than letters, or a short word would resemble everything.
    if (edits >= fewest || edits >= std::min(word.size(), candidate.size())) continue;
    fewest = edits;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace chathub
