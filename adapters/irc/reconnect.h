// When to connect again: later after every failure, and not at the same time as everybody else.
#pragma once

#include <algorithm>
#include <functional>

#include "adapters/irc/moment.h"

namespace chathub::irc {

class Reconnect {
 public:
  // `chance` gives numbers from 0 up to 1.
  explicit Reconnect(std::function<double()> chance) : chance_(std::move(chance)) {}

  // How long to wait after one more failure: 1 s, twice as long each time, at most 5 min, of which
  // chance leaves out up to a half.
  Moment Failed() {
    const Moment whole = wait_;
    wait_ = std::min(wait_ * 2, kLongest);
    return Jittered(whole);
  }
  // Trying again soon would only annoy: a wrong password, a ban.
  Moment Refused() {
    wait_ = kLongest;
    return Jittered(kLongest);
  }
  // The connection has proved good.
  void Held() { wait_ = kShortest; }

 private:
  static constexpr Moment kShortest{1'000};
  static constexpr Moment kLongest{300'000};

  Moment Jittered(Moment whole) {
    return whole - Moment(static_cast<Moment::rep>(chance_() * 0.5 * whole.count()));
  }

  const std::function<double()> chance_;
  Moment wait_ = kShortest;
};

}  // namespace chathub::irc
