// The hub's loop: where all state lives, and the thread that waits for sockets and times.
#pragma once

#include <memory>

#include "hub/base/loop.h"
#include "hub/base/turn.h"

namespace boost::asio {
class io_context;
}

namespace chathub {

// Owned by whoever serves; must outlive everything that lives on it.
class HubLoop : public Loop {
 public:
  HubLoop();
  ~HubLoop() override;

  // Waits for sockets, times and posts on the calling thread, until Stop.
  void Run();
  // Any thread. Tasks not yet run are destroyed with the loop.
  void Stop();

  // For those who wait for something else, on a thread of their own.
  Turn& turn();
  // For those who wait for sockets; what they wait for is handled in a turn (HubExecutor).
  boost::asio::io_context& context();

  TimePoint Now() const override;
  std::int64_t WallNow() const override;
  void Post(Task task) override;
  [[nodiscard]] Timer At(TimePoint when, Task task) override;

 private:
  struct Asio;  // keeps Boost out of every other file
  const std::unique_ptr<Asio> asio_;
};

}  // namespace chathub
