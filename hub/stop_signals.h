// SIGTERM and SIGINT as something to wait for.
#pragma once

#include <chrono>

namespace chathub {

// One per process, on the main thread. While it lives, the signals are counted instead of ending
// the process, whichever thread they reach; afterwards the process ends anyhow, and they count no
// more.
class StopSignals {
 public:
  StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  ~StopSignals();

  // True as soon as one came that no earlier call told of.
  bool Wait(std::chrono::milliseconds patience);
  void Wait();
};

}  // namespace chathub
