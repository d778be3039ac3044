// How long to wait before the next attempt to reach the hub.
#pragma once

#include <chrono>

namespace chathub::sdk {

// Doubles from 100 ms to 5 s. The jitter keeps a hundred handlers from coming back at once.
class Backoff {
 public:
  static constexpr std::chrono::milliseconds kFirst{100};
  static constexpr std::chrono::milliseconds kLongest{5000};

  // Between half and all of the present step; `random` is from 0 to 1. The next one is longer.
  std::chrono::milliseconds Next(double random);
  // It worked: begin anew.
  void Reset() { step_ = kFirst; }

 private:
  std::chrono::milliseconds step_ = kFirst;
};

}  // namespace chathub::sdk
