// How long handlers took to answer, counted in classes as a histogram wants them; hub thread only.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "hub/base/loop.h"

namespace chathub {

class AnswerTimes {
 public:
  // Upper bounds in seconds; what takes longer is in the class behind the last.
  static constexpr std::array<double, 10> kBounds = {0.001, 0.005, 0.01, 0.05, 0.1,
                                                     0.5,   1,     5,    10,   30};

  // From the event's coming to the delivery's Finish.
  void Add(TimePoint::duration took) {
    const double seconds = std::chrono::duration<double>(took).count();
    const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), seconds);
    ++classes_[static_cast<std::size_t>(bound - kBounds.begin())];
    sum_ += seconds;
  }

  // Each by itself, not added up.
  const std::array<std::uint64_t, kBounds.size() + 1>& classes() const { return classes_; }
  double sum() const { return sum_; }

 private:
  std::array<std::uint64_t, kBounds.size() + 1> classes_ = {};
  double sum_ = 0;
};

}  // namespace chathub
