// Wakes one sleeping thread after a while.
#pragma once

#include <chrono>

namespace chathub::sdk {

// To set one and to cancel it wakes nobody: what mostly ends in time costs no other thread a thing.
class Alarm {
 public:
  Alarm();
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  // Any thread. `after` counts instead of what was set before; more than nothing.
  void Set(std::chrono::nanoseconds after);
  void Cancel() { Set({}); }
  // Sleeps until the time that is set has come, once for each; a time that came before the wait is
  // not lost.
  void Wait();

 private:
  const int descriptor_;
};

}  // namespace chathub::sdk
