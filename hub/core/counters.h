// What the core counts since the start; hub thread only.
#pragma once

#include <cstdint>

#include "hub/core/answer_times.h"

namespace chathub {

struct Counters {
  std::uint64_t events = 0;
  std::uint64_t deliveries = 0;
  std::uint64_t finished = 0;
  std::uint64_t orders = 0;
  std::uint64_t dead_letters = 0;
  std::uint64_t in_doubt = 0;
  AnswerTimes answer_times;
};

}  // namespace chathub
