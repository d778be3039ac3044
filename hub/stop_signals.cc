#include "hub/stop_signals.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>

namespace chathub {
namespace {

// A handler can reach nothing but this.
int came = -1;

void Note(int) {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(came, &one, sizeof one);
}

}  // namespace

StopSignals::StopSignals() {
  came = eventfd(0, EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK);
  std::signal(SIGTERM, Note);
  std::signal(SIGINT, Note);
}

StopSignals::~StopSignals() {
  std::signal(SIGTERM, SIG_IGN);
  std::signal(SIGINT, SIG_IGN);
  close(came);
}

bool StopSignals::Wait(std::chrono::milliseconds patience) {
  pollfd waiting{came, POLLIN, 0};
  poll(&waiting, 1, static_cast<int>(patience.count()));
  std::uint64_t one = 0;
  return read(came, &one, sizeof one) == sizeof one;
}

void StopSignals::Wait() {
  while (!Wait(std::chrono::hours(1))) {
  }
}

}  // namespace chathub
