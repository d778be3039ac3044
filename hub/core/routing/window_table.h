// Finds many short strings in a text at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chathub {

// A string of 2 to 8 bytes without NUL as one number, as it lies in memory, filled with zeros.
using Window = std::uint64_t;

inline constexpr std::size_t kNarrowestWindow = 2;
inline constexpr std::size_t kWidestWindow = sizeof(Window);

Window MakeWindow(std::string_view bytes);

// Immutable; any thread may use it at any time.
//
// For each window, the four bytes of it that fewest windows share (all, if there are fewer) are its
// gram. At every byte of the text the gram there is looked up, first in a filter of some bits per
// gram, then in a hash table; only where it is found are the windows that have it compared. So time
// hardly depends on how many windows there are.
class WindowTable {
 public:
  // All different. They are numbered by their position.
  explicit WindowTable(const std::vector<Window>& windows);

  // Which windows occur: their numbers, ascending, each once. `text` is not const: a few zero bytes
  // are appended for the time of the search.
  std::vector<std::uint32_t> Find(std::string& text) const;

 private:
  using Gram = std::uint32_t;
  struct Place {
    Gram gram = 0;
    std::uint8_t offset = 0;
  };
  // The window 0 marks a free slot.
  struct Slot {
    Window window = 0;
    std::uint32_t number = 0;
    std::uint8_t width = 0;
    // Where in the window the gram is.
    std::uint8_t offset = 0;
  };

  static std::vector<Place> ChooseGrams(const std::vector<Window>& windows);
  void Add(Window window, std::uint32_t number, const Place& place);
  void Compare(std::string_view text, std::size_t at, Gram gram,
               std::vector<std::uint32_t>& found) const;

  // How wide the grams in use are, as masks.
  std::vector<Gram> masks_;
  // Mostly zero, and small enough for the fastest cache.
  std::vector<std::uint64_t> filter_;
  int filter_shift_;
  // Open addressing, by the hash of the gram; at most half full.
  std::vector<Slot> slots_;
  int slot_shift_;
};

}  // namespace chathub
