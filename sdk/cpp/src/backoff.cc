#include "backoff.h"

#include <algorithm>

namespace chathub::sdk {

std::chrono::milliseconds Backoff::Next(double random) {
  const auto half = step_ / 2;
  const auto wait = half + std::chrono::milliseconds(static_cast<int>(half.count() * random));
  step_ = std::min(step_ * 2, kLongest);
  return wait;
}

}  // namespace chathub::sdk
