#include "adapters/shell/bell.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

namespace chathub::shell {

Bell::Bell() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Bell::~Bell() { close(descriptor_); }

void Bell::Ring() {
  const std::uint64_t once = 1;
  [[maybe_unused]] const auto written = write(descriptor_, &once, sizeof once);
}

bool Bell::AwaitInput(int input) {
  pollfd sources[] = {{descriptor_, POLLIN, 0}, {input, POLLIN, 0}};
  poll(sources, 2, -1);
  if (sources[0].revents == 0) return sources[1].revents != 0;
  std::uint64_t rings = 0;
  [[maybe_unused]] const auto got = read(descriptor_, &rings, sizeof rings);
  return false;
}

}  // namespace chathub::shell
