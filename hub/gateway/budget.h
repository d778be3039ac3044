// So many of something per second, with as many saved up.
#pragma once

#include <algorithm>

#include "hub/base/loop.h"

namespace chathub {

class Budget {
 public:
  Budget(int per_second, TimePoint now) : per_second_(per_second), left_(per_second), at_(now) {}

  // False: too many.
  bool Spend(TimePoint now) {
    const double passed = std::chrono::duration<double>(now - at_).count();
    left_ = std::min(left_ + passed * per_second_, static_cast<double>(per_second_));
    at_ = now;
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
  }

 private:
  const int per_second_;
  double left_;
  TimePoint at_;
};

}  // namespace chathub
