// So many of something per second, with as many saved up.
#pragma once

#include <algorithm>

#include "hub/base/loop.h"

namespace chathub {

class Budget {
 public:
  Budget(int per_second, TimePoint now) : per_second_(per_second), left_(per_second), at_(now) {}

  // How long it takes until so many were allowed; zero if they are. Who pays late pays all of it.
  Milliseconds Spend(TimePoint now, int count = 1) {
    const double passed = std::chrono::duration<double>(now - at_).count();
    left_ = std::min(left_ + passed * per_second_, static_cast<double>(per_second_)) - count;
    at_ = now;
    if (left_ >= 0) return Milliseconds::zero();
    return std::chrono::ceil<Milliseconds>(std::chrono::duration<double>(-left_ / per_second_));
  }

 private:
  const int per_second_;
  double left_;
  TimePoint at_;
};

}  // namespace chathub
