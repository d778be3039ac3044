// The hub thread: one event loop on which all state lives.
#pragma once

#include <memory>

#include "hub/base/loop.h"

namespace boost::asio {
class io_context;
}

namespace chathub {

// Owned by whoever serves; must outlive everything that lives on it.
class HubLoop : public Loop {
 public:
  HubLoop();
  ~HubLoop() override;

  // Runs tasks on the calling thread, which is the hub thread from now on, until Stop.
  void Run();
  // Any thread. Tasks not yet run are destroyed with the loop.
  void Stop();

  // For those who wait for sockets on the hub thread.
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
