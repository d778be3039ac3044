// Which of many patterns can match a text at all, told from the literals that each needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "hub/core/routing/literal.h"
#include "hub/core/routing/window_table.h"

namespace chathub {

// Lists of numbers in one piece of memory, as there are many short ones.
class NumberLists {
 public:
  explicit NumberLists(const std::vector<std::vector<std::uint32_t>>& lists);

  std::span<const std::uint32_t> operator[](std::uint32_t index) const {
    return {numbers_.data() + begins_[index], begins_[index + 1] - begins_[index]};
  }
  std::size_t size() const { return begins_.size() - 1; }

 private:
  std::vector<std::uint32_t> begins_;
  std::vector<std::uint32_t> numbers_;
};

// Immutable; any thread may use it at any time.
//
// Every long literal is cut to the window that fewest patterns share. A pattern is looked at where
// its rarest window occurs, or any window of those of which one must occur, and is a candidate if
// its other windows occur too. The price of cutting is a candidate too many now and then.
class LiteralIndex {
 public:
  // None of them empty. Reads them only now.
  explicit LiteralIndex(const std::vector<const Literals*>& patterns);

  // The positions (in the constructor's vector, ascending, each once) of all patterns that can
  // match.
  std::vector<std::uint32_t> FindCandidates(std::string_view text) const;

 private:
  class Plan;
  explicit LiteralIndex(const Plan& plan);

  WindowTable table_;
  // By window: the patterns to look at where it occurs.
  NumberLists users_;
  // By pattern: the windows that must occur too.
  NumberLists needs_;
};

}  // namespace chathub
