// Wakes a sleeping thread from any thread and from signal handlers.
#pragma once

#include <chrono>
#include <optional>

namespace chathub::sdk {

class Doorbell {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Doorbell();
  ~Doorbell();
  Doorbell(const Doorbell&) = delete;
  Doorbell& operator=(const Doorbell&) = delete;

  // May be called in a signal handler; a ring before the wait is not lost.
  void Ring();
  // Returns at the latest at `until`; without it, only when rung.
  void Wait(std::optional<Time> until);
  // Readable while rung and not yet waited for, for a poll of one's own.
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

}  // namespace chathub::sdk
