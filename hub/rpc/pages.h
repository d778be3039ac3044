// Pages of a listing in the order of ids; a page's token is the last id of the page before.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace chathub {

// 0: 100. At most 1000.
inline std::size_t PageSize(std::uint32_t asked) {
  constexpr std::uint32_t kUsual = 100;
  constexpr std::uint32_t kLargest = 1000;
  return asked == 0 ? kUsual : std::min(asked, kLargest);
}

// Cuts what is too much for one page, in number or bytes; `items` has one more than the page where
// there is more. The token of the next page; empty: there is none.
template <class Item>
std::string CutPage(std::vector<Item>& items, std::size_t count) {
  constexpr std::size_t kMostBytes = 512 * 1024;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    bytes += items[i].ByteSizeLong();
    if (i == 0 || (i < count && bytes <= kMostBytes)) continue;
    items.resize(i);
    return items.back().id();
  }
  return "";
}

}  // namespace chathub
