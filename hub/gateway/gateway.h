// The gateway: one port, behind which three older protocols reach the hub.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/base/hub_loop.h"
#include "hub/base/workshop.h"
#include "hub/core/hub.h"
#include "hub/gateway/lobby.h"
#include "hub/gateway/networks.h"

namespace chathub {

struct GatewayOptions {
  std::string address = "127.0.0.1:6197";
  // PEM files; empty: no TLS.
  std::string certificate = {};
  std::string key = {};
  std::vector<std::string> origins = {};
  GatewayLimits limits = {};
  NetworkSettings networks = {};
};

// Built before the loop runs, destroyed after it has ended; in between it lives on the hub thread.
class Gateway {
 public:
  // Binds the port: kNotAttached with the system's words if that cannot be.
  static absl::StatusOr<std::unique_ptr<Gateway>> Open(GatewayOptions options, Hub& hub,
                                                       HubLoop& loop, Workshop& workshop);
  virtual ~Gateway() = default;

  // With the port that was chosen for 0.
  virtual const std::string& address() const = 0;
  virtual const Networks& networks() const = 0;
  // Hub thread. From now on it takes nobody in and says so at `/readyz`; bots are asked to stop.
  virtual void Drain() = 0;
  // Hub thread. Those who were asked have answered.
  virtual bool drained() const = 0;
  // Hub thread. Ends every connection.
  virtual void SendAway() = 0;
  virtual bool empty() const = 0;
};

}  // namespace chathub
