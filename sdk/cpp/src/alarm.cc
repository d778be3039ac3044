#include "alarm.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <cstdint>

namespace chathub::sdk {

Alarm::Alarm() : descriptor_(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)) {}

Alarm::~Alarm() { close(descriptor_); }

void Alarm::Set(std::chrono::nanoseconds after) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(after);
  itimerspec time{};
  time.it_value = {seconds.count(), (after - seconds).count()};
  timerfd_settime(descriptor_, 0, &time, nullptr);
}

void Alarm::Wait() {
  std::uint64_t rings = 0;
  while (read(descriptor_, &rings, sizeof rings) != sizeof rings) {
  }
}

}  // namespace chathub::sdk
