// How fast a handler is heard that answers far more than it is asked.
#pragma once

#include <algorithm>

#include "chathub/v1/handlers.pb.h"
#include "hub/base/budget.h"
#include "hub/base/loop.h"

namespace chathub {

// A thousand answers to one message keep the processors busy as long as hundreds of messages do,
// and whoever else says something then waits for them. So what is more than a few actions for each
// delivery is spread over time. Of one instance; not thread-safe.
class AnswerPace {
 public:
  static constexpr int kForEachDelivery = 16;
  static constexpr int kPerSecond = 250;  // beyond those
  static constexpr int kMostAtOnce = 64;
  // Whoever waits does so for that long at least, and is heard ten at a time: waking up costs, too.
  static constexpr Milliseconds kShortestWait{40};

  explicit AnswerPace(const Loop& loop)
      : loop_(loop), actions_(kPerSecond, kMostAtOnce, loop.Now()) {}

  // How long this item waits, and what is said behind it; zero: not at all. To be asked once.
  Milliseconds Wait(const v1::HandlerItem& item) {
    if (item.has_finish()) actions_.Earn(kForEachDelivery);
    const int count = item.say().actions_size() + item.finish().actions_size();
    if (count == 0 || actions_.SpendSaved(count)) return Milliseconds::zero();
    const Milliseconds wait = actions_.Spend(loop_.Now(), count);
    return wait > Milliseconds::zero() ? std::max(wait, kShortestWait) : wait;
  }

 private:
  const Loop& loop_;
  Budget actions_;
};

}  // namespace chathub
