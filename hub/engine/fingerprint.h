// Ids as 128 bits: for tables that hold many of them.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

namespace chathub {

using Fingerprint = std::pair<std::uint64_t, std::uint64_t>;

// Of an id, or of a name and an id; other in every process.
Fingerprint FingerprintOf(std::string_view first, std::string_view second = {});

}  // namespace chathub
