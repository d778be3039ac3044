// What karma keeps: a key for each name, a decimal number behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chathub/store.h"

namespace chathub {

// Every key begins so.
inline constexpr char kTallies[] = "count/";

// The same for a name in upper and lower case (ASCII), cut where a key would become too long.
std::string TallyKey(std::string_view name);

// What lies behind a key; 0 for what is no number.
std::int64_t CountIn(std::string_view value);

// One line for each of the highest, `alice: 3`; those of one number by name.
std::string BestOf(const std::vector<StoreEntry>& tallies, std::size_t most);

}  // namespace chathub
