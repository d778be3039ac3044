// Finds many short strings in a text at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chathub {

// A string of 2, 3, 4 or 8 bytes without NUL as one number, as it lies in memory, filled with
// zeros.
using Window = std::uint64_t;

// How wide a window a literal of this length (at least 2) is cut to.
std::size_t WindowWidth(std::size_t length);
// `bytes` is as long as a window is wide.
Window MakeWindow(std::string_view bytes);

// Immutable; any thread may use it at any time.
//
// At every byte of the text one number per width in use is looked up, first in a filter of some
// bits per window, then in a hash table. So time hardly depends on how many windows there are.
class WindowTable {
 public:
  // All different. They are numbered by their position.
  explicit WindowTable(const std::vector<Window>& windows);

  // One bit for each window: whether it occurs.
  class Found;
  // `text` is not const: a few zero bytes are appended for the time of the search.
  void Find(std::string& text, Found& found) const;

 private:
  struct Slot {
    Window window = 0;
    std::uint32_t number = 0;
  };

  void Add(Window window, std::uint32_t number);
  void FindAt(Window bytes, Found& found) const;

  std::vector<Window> masks_;
  // Mostly zero, and small enough for the fastest cache.
  std::vector<std::uint64_t> filter_;
  int filter_shift_;
  // Open addressing; the window 0 marks a free slot.
  std::vector<Slot> slots_;
  int slot_shift_;
};

// What Find found: each window's number once, in the order of their first occurrence.
class WindowTable::Found {
 public:
  explicit Found(std::size_t windows) : seen_((windows + 63) / 64) {}

  void Add(std::uint32_t number) {
    std::uint64_t& word = seen_[number / 64];
    const std::uint64_t bit = std::uint64_t{1} << (number % 64);
    if ((word & bit) != 0) return;
    word |= bit;
    numbers_.push_back(number);
  }
  bool Has(std::uint32_t number) const { return (seen_[number / 64] >> (number % 64) & 1) != 0; }
  const std::vector<std::uint32_t>& numbers() const { return numbers_; }

 private:
  std::vector<std::uint64_t> seen_;
  std::vector<std::uint32_t> numbers_;
};

}  // namespace chathub
