#include "hub/core/window_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <initializer_list>

namespace chathub {
namespace {

constexpr std::size_t kWidest = sizeof(Window);
constexpr std::size_t kFilterBitsPerWindow = 16;
constexpr std::size_t kSmallestFilter = 1024;

Window Load(const char* bytes) {
  Window window;
  std::memcpy(&window, bytes, sizeof window);
  return window;
}

Window MaskOf(std::size_t width) {
  char bytes[kWidest] = {};
  std::memset(bytes, 0xFF, width);
  return Load(bytes);
}

// Fibonacci hashing; the upper bits are the good ones.
std::uint64_t Mix(Window window) {
  return (window ^ (window >> 32)) * std::uint64_t{0x9E3779B97F4A7C15};
}

// 2^n at least `size`; says by how much a hash is shifted to be an index.
int ShiftFor(std::size_t size) { return 64 - std::countr_zero(std::bit_ceil(size)); }

}  // namespace

std::size_t WindowWidth(std::size_t length) {
  return length >= 8 ? 8 : std::min(length, std::size_t{4});
}

Window MakeWindow(std::string_view bytes) {
  Window window = 0;
  std::memcpy(&window, bytes.data(), bytes.size());
  return window;
}

WindowTable::WindowTable(const std::vector<Window>& windows)
    : filter_shift_(ShiftFor(std::max(windows.size() * kFilterBitsPerWindow, kSmallestFilter))),
      slot_shift_(ShiftFor(std::max<std::size_t>(windows.size() * 2, 2))) {
  filter_.resize((std::size_t{1} << (64 - filter_shift_)) / 64);
  slots_.resize(std::size_t{1} << (64 - slot_shift_));
  std::uint32_t number = 0;
  for (const Window window : windows) Add(window, number++);
}

void WindowTable::Add(Window window, std::uint32_t number) {
  std::size_t width = 2;
  while ((window & ~MaskOf(width)) != 0) ++width;
  const Window mask = MaskOf(width);
  if (std::find(masks_.begin(), masks_.end(), mask) == masks_.end()) masks_.push_back(mask);

  const std::uint64_t hash = Mix(window);
  const std::uint64_t bit = hash >> filter_shift_;
  filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  std::size_t slot = hash >> slot_shift_;
  while (slots_[slot].window != 0) slot = (slot + 1) % slots_.size();
  slots_[slot] = {window, number};
}

void WindowTable::FindAt(Window bytes, Found& found) const {
  const std::uint64_t hash = Mix(bytes);
  const std::uint64_t bit = hash >> filter_shift_;
  if ((filter_[bit / 64] >> (bit % 64) & 1) == 0) return;
  for (std::size_t slot = hash >> slot_shift_; slots_[slot].window != 0;
       slot = (slot + 1) % slots_.size()) {
    if (slots_[slot].window == bytes) return found.Add(slots_[slot].number);
  }
}

void WindowTable::Find(std::string& text, Found& found) const {
  const std::size_t size = text.size();
  text.append(kWidest, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    const Window bytes = Load(text.data() + i);
    for (const Window mask : masks_) FindAt(bytes & mask, found);
  }
  text.resize(size);
}

}  // namespace chathub
