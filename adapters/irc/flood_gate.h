// Lets lines through no faster than servers put up with: they disconnect who floods.
#pragma once

#include <algorithm>
#include <cstddef>

#include "adapters/irc/moment.h"

namespace chathub::irc {

// A token bucket in units of time, as in RFC 1459, section 8.10: each line costs an interval, and
// half of one more for each full 120 bytes of it; so many intervals may be owed as a burst has
// lines.
class FloodGate {
 public:
  FloodGate(int burst, Moment interval) : interval_(interval), most_owed_(interval * (burst - 1)) {}

  // From when on a line may pass.
  Moment OpensAt() const { return paid_at_ - most_owed_; }
  bool IsOpen(Moment now) const { return OpensAt() <= now; }

  void Passed(std::size_t bytes, Moment now) {
    paid_at_ = std::max(paid_at_, now) + interval_ + interval_ / 2 * (bytes / 120);
  }

 private:
  const Moment interval_;
  const Moment most_owed_;
  // When all that passed is paid for.
  Moment paid_at_{0};
};

}  // namespace chathub::irc
