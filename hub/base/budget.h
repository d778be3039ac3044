// So many of something per second, with some saved up.
#pragma once

#include <algorithm>

#include "hub/base/loop.h"

namespace chathub {

class Budget {
 public:
  // Begins with all that can be saved up.
  Budget(int per_second, int most_saved, TimePoint now)
      : per_second_(per_second), most_saved_(most_saved), left_(most_saved), at_(now) {}

  // How long it takes until so many were allowed; zero if they are. Who pays late pays all of it.
  Milliseconds Spend(TimePoint now, int count = 1) {
    const double passed = std::chrono::duration<double>(now - at_).count();
    left_ = std::min(left_ + passed * per_second_, most_saved_) - count;
    at_ = now;
    if (left_ >= 0) return Milliseconds::zero();
    return std::chrono::ceil<Milliseconds>(std::chrono::duration<double>(-left_ / per_second_));
  }

  // Whether so many are saved up; then they are spent, without a look at the clock.
  bool SpendSaved(int count) {
    if (left_ < count) return false;
    left_ -= count;
    return true;
  }

  // So many more are allowed.
  void Earn(int count) { left_ = std::min(left_ + count, most_saved_); }

 private:
  const double per_second_;
  const double most_saved_;
  double left_;
  TimePoint at_;
};

}  // namespace chathub
