// Entries that nobody will handle any more, kept for people to read.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "hub/base/loop.h"
#include "hub/core/counters.h"
#include "hub/core/tail.h"
#include "hub/engine/engine.h"

namespace chathub {

// In the store under `hub.dead`; at most kMost of them, the oldest go first.
class DeadLetters {
 public:
  static constexpr std::size_t kMost = 10'000;

  DeadLetters(const Loop& loop, Counters& counters, Tail& tail)
      : loop_(loop), counters_(counters), tail_(tail) {}

  // Adds to the step what ends the entry and makes it a dead letter. `why` is one sentence.
  void Add(Step& step, const EntryPtr& entry, std::string_view why);

 private:
  const Loop& loop_;
  Counters& counters_;
  Tail& tail_;
  std::deque<std::string> keys_;
  std::uint64_t last_number_ = 0;
};

}  // namespace chathub
