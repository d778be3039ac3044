// The port at which Prometheus asks for `/metrics`: plain HTTP, for this machine alone.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "hub/base/hub_loop.h"
#include "hub/gateway/metrics_page.h"

namespace chathub {

// Built before the loop runs, destroyed after it has ended; in between it lives on the hub thread.
class MetricsPort {
 public:
  // `look` is asked on the hub thread, once for each page. kNotAttached with the system's words if
  // the port cannot be bound.
  static absl::StatusOr<std::unique_ptr<MetricsPort>> Open(const std::string& address,
                                                           HubLoop& loop,
                                                           std::function<Figures()> look);
  virtual ~MetricsPort() = default;

  // With the port that was chosen for 0.
  virtual std::string address() const = 0;
};

}  // namespace chathub
