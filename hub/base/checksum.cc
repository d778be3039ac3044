#include "hub/base/checksum.h"

#include <array>
#include <boost/crc.hpp>
#include <cstring>

namespace chathub {
namespace {

using Update = std::uint32_t (*)(std::uint32_t state, const char* bytes, std::size_t size);

std::uint32_t UpdateAnywhere(std::uint32_t state, const char* bytes, std::size_t size) {
  // Boost's takes the state as a number with its bits in the other order.
  boost::crc_optimal<32, 0x1EDC6F41, 0, 0, true, true> crc;
  std::uint32_t mirrored = 0;
  for (int bit = 0; bit < 32; ++bit) mirrored |= ((state >> bit) & 1u) << (31 - bit);
  crc.reset(mirrored);
  crc.process_bytes(bytes, size);
  return crc.checksum();
}

#ifdef __x86_64__
// Twenty times as fast: a start with a million entries computes it a million times.
__attribute__((target("sse4.2"))) std::uint32_t UpdateWithInstruction(std::uint32_t state,
                                                                      const char* bytes,
                                                                      std::size_t size) {
  std::uint64_t crc = state;
  for (; size >= 8; bytes += 8, size -= 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes, 8);
    crc = __builtin_ia32_crc32di(crc, eight);
  }
  auto rest = static_cast<std::uint32_t>(crc);
  for (; size > 0; ++bytes, --size) {
    rest = __builtin_ia32_crc32qi(rest, static_cast<unsigned char>(*bytes));
  }
  return rest;
}
#endif

Update BestHere() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("sse4.2")) return UpdateWithInstruction;
#endif
  return UpdateAnywhere;
}

}  // namespace

void Checksum::Take(const char* bytes, std::size_t size) {
  static const Update update = BestHere();
  state_ = update(state_, bytes, size);
}

Checksum& Checksum::Add(std::string_view bytes) {
  Add(std::uint64_t{bytes.size()});
  Take(bytes.data(), bytes.size());
  return *this;
}

Checksum& Checksum::Add(std::uint64_t number) {
  std::array<char, 8> little_endian{};
  for (char& byte : little_endian) {
    byte = static_cast<char>(number & 0xFF);
    number >>= 8;
  }
  Take(little_endian.data(), little_endian.size());
  return *this;
}

std::uint32_t Crc32c(std::string_view bytes) {
  static const Update update = BestHere();
  return ~update(0xFFFFFFFF, bytes.data(), bytes.size());
}

}  // namespace chathub
