// Turns SIGTERM and SIGINT into a request to stop.
#pragma once

#include <atomic>

#include "doorbell.h"

namespace chathub::sdk {

// While it lives, the first of these signals sets the flag and rings; the second ends the process
// at once with status 1. At most one lives at a time; what was set before comes back afterwards.
class StopSignals {
 public:
  // Both must outlive it.
  StopSignals(std::atomic<bool>& stop, Doorbell& doorbell);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
};

}  // namespace chathub::sdk
