// Ids as 128 bits: for tables that hold many of them.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

namespace chathub {

using Fingerprint = std::pair<std::uint64_t, std::uint64_t>;

// Other in every process; other for each number that it is with.
Fingerprint FingerprintOf(std::string_view id, std::uint64_t with = 0);

}  // namespace chathub
