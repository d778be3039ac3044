// CRC-32C, as disks and networks compute it (Castagnoli, RFC 3720).
#pragma once

#include <cstdint>
#include <string_view>

namespace chathub {

// Of everything that is added, in order; lengths count, so "ab" "c" differs from "a" "bc".
class Checksum {
 public:
  Checksum& Add(std::string_view bytes);
  Checksum& Add(std::uint64_t number);

  std::uint32_t value() const { return ~state_; }

 private:
  void Take(const char* bytes, std::size_t size);

  std::uint32_t state_ = 0xFFFFFFFF;
};

// Of these bytes alone: 0xE3069283 for "123456789".
std::uint32_t Crc32c(std::string_view bytes);

}  // namespace chathub
