// Whether a thread that waits for work stays awake meanwhile.
#pragma once

#include <algorithm>
#include <chrono>

namespace chathub {

// To sleep and be woken costs more time than a message does, and whoever waits for the answer
// sleeps meanwhile, too. So where most waits are short, it is worth looking until the work comes;
// where work comes seldom, nothing is spent. Not thread-safe.
class Wakefulness {
 public:
  // What a short wait is: longer than that nobody stays awake.
  static constexpr std::chrono::microseconds kShort{100};

  // Most of the last waits were short.
  bool awake() const { return balance_ > kMost / 2; }
  void Waited(std::chrono::nanoseconds time) {
    balance_ = std::clamp(balance_ + (time < kShort ? 1 : -1), 0, kMost);
  }

 private:
  static constexpr int kMost = 8;

  int balance_ = 0;  // short waits less others, of the last ones
};

}  // namespace chathub
