#include "doorbell.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

namespace chathub::sdk {
namespace {

// Rounded up, so that who waits until a time does not come back just before it.
int MillisecondsUntil(std::optional<Doorbell::Time> until) {
  if (!until) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(*until - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

}  // namespace

Doorbell::Doorbell() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Doorbell::~Doorbell() { close(descriptor_); }

void Doorbell::Ring() {
  const std::uint64_t once = 1;
  // It fails only when nobody has waited for 2^64 rings.
  [[maybe_unused]] const auto written = write(descriptor_, &once, sizeof once);
}

void Doorbell::Wait(std::optional<Time> until) {
  pollfd door{descriptor_, POLLIN, 0};
  poll(&door, 1, MillisecondsUntil(until));
  std::uint64_t rings = 0;
  [[maybe_unused]] const auto got = read(descriptor_, &rings, sizeof rings);
}

}  // namespace chathub::sdk
