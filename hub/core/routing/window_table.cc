#include "hub/core/routing/window_table.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "absl/container/flat_hash_map.h"

namespace chathub {
namespace {

constexpr std::size_t kWidestGram = 4;
constexpr std::size_t kFilterBitsPerGram = 16;
constexpr std::size_t kSmallestFilter = 1024;
constexpr std::size_t kSmallestTable = 2;

template <typename Number>
Number Load(const char* bytes) {
  Number number;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

// Ones in the first `width` bytes in memory.
template <typename Number>
Number MaskOf(std::size_t width) {
  const std::size_t others = 8 * (sizeof(Number) - width);
  constexpr Number kOnes = ~Number{0};
  return std::endian::native == std::endian::little ? kOnes >> others : kOnes << others;
}

std::size_t WidthOf(Window window) {
  std::size_t width = kNarrowestWindow;
  while ((window & ~MaskOf<Window>(width)) != 0) ++width;
  return width;
}

std::uint32_t GramAt(Window window, std::size_t offset) {
  char bytes[2 * kWidestWindow] = {};
  std::memcpy(bytes, &window, sizeof window);
  return Load<std::uint32_t>(bytes + offset);
}

std::size_t GramsIn(Window window) {
  const std::size_t width = WidthOf(window);
  return width <= kWidestGram ? 1 : width - kWidestGram + 1;
}

// Fibonacci hashing; the upper bits are the good ones.
std::uint32_t Hash(std::uint32_t gram) { return gram * 0x9E3779B1u; }

// By how much a hash is shifted to be an index below the next power of two.
int ShiftFor(std::size_t size) { return 32 - std::countr_zero(std::bit_ceil(size)); }

}  // namespace

Window MakeWindow(std::string_view bytes) {
  Window window = 0;
  std::memcpy(&window, bytes.data(), bytes.size());
  return window;
}

std::vector<WindowTable::Place> WindowTable::ChooseGrams(const std::vector<Window>& windows) {
  absl::flat_hash_map<Gram, std::uint32_t> counts;
  for (const Window window : windows) {
    for (std::size_t i = 0; i < GramsIn(window); ++i) ++counts[GramAt(window, i)];
  }
  std::vector<Place> places;
  for (const Window window : windows) {
    Place best{GramAt(window, 0), 0};
    for (std::size_t i = 1; i < GramsIn(window); ++i) {
      const Gram gram = GramAt(window, i);
      if (counts[gram] < counts[best.gram]) best = {gram, static_cast<std::uint8_t>(i)};
    }
    places.push_back(best);
  }
  return places;
}

WindowTable::WindowTable(const std::vector<Window>& windows)
    : filter_shift_(ShiftFor(std::max(windows.size() * kFilterBitsPerGram, kSmallestFilter))),
      slot_shift_(ShiftFor(std::max(windows.size() * 2, kSmallestTable))) {
  filter_.resize((std::size_t{1} << (32 - filter_shift_)) / 64);
  slots_.resize(std::size_t{1} << (32 - slot_shift_));
  const std::vector<Place> places = ChooseGrams(windows);
  for (std::uint32_t number = 0; number < windows.size(); ++number) {
    Add(windows[number], number, places[number]);
  }
}

void WindowTable::Add(Window window, std::uint32_t number, const Place& place) {
  std::size_t width = kNarrowestWindow;
  while ((place.gram & ~MaskOf<Gram>(width)) != 0) ++width;
  const auto mask = MaskOf<Gram>(width);
  if (std::find(masks_.begin(), masks_.end(), mask) == masks_.end()) masks_.push_back(mask);

  const std::uint32_t hash = Hash(place.gram);
  const std::uint32_t bit = hash >> filter_shift_;
  filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  std::size_t slot = hash >> slot_shift_;
  while (slots_[slot].window != 0) slot = (slot + 1) % slots_.size();
  slots_[slot] = {window, number, static_cast<std::uint8_t>(WidthOf(window)), place.offset};
}

std::vector<std::uint32_t> WindowTable::Find(std::string& text) const {
  std::vector<std::uint32_t> found;
  const std::size_t size = text.size();
  text.append(kWidestWindow, '\0');
  // Copies, as the compiler must think that adding to `found` changes what `this` points to.
  const char* const bytes = text.data();
  const std::uint64_t* const filter = filter_.data();
  const int shift = filter_shift_;
  for (const Gram mask : masks_) {
    for (std::size_t i = 0; i < size; ++i) {
      const Gram gram = Load<Gram>(bytes + i) & mask;
      const std::uint32_t bit = Hash(gram) >> shift;
      if ((filter[bit / 64] >> (bit % 64) & 1) != 0) Compare(text, i, gram, found);
    }
  }
  text.resize(size);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// `text` has zeros at its end and `gram` at `at`.
void WindowTable::Compare(std::string_view text, std::size_t at, Gram gram,
                          std::vector<std::uint32_t>& found) const {
  const std::size_t last = slots_.size() - 1;
  for (std::size_t i = Hash(gram) >> slot_shift_; slots_[i].window != 0; i = (i + 1) & last) {
    const Slot& slot = slots_[i];
    if (at < slot.offset) continue;
    const auto window = Load<Window>(text.data() + at - slot.offset);
    if ((window & MaskOf<Window>(slot.width)) == slot.window) found.push_back(slot.number);
  }
}

}  // namespace chathub
