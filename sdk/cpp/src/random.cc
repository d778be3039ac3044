#include "random.h"

#include <random>

namespace chathub::sdk {

std::string RandomId() {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::random_device device;
  std::string id;
  for (int word = 0; word < 4; ++word) {
    for (unsigned bits = device(), digit = 0; digit < 8; ++digit, bits >>= 4) {
      id += kDigits[bits & 15];
    }
  }
  return id;
}

double RandomFraction() {
  std::random_device device;
  return static_cast<double>(device()) / static_cast<double>(std::random_device::max());
}

}  // namespace chathub::sdk
