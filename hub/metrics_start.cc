#include "hub/metrics_start.h"

#include <string>

#include "hub/base/errors.h"
#include "hub/base/log.h"

namespace chathub {

absl::StatusOr<std::unique_ptr<MetricsPort>> StartMetrics(const MetricsConfig& config, Hub& hub,
                                                          HubLoop& loop) {
  if (!config.on) return nullptr;
  auto port = MetricsPort::Open(config.address, loop, [&hub] {
    return Figures{hub.GetStatus(), hub.ListPeers(), hub.counters().answer_times};
  });
  if (port.ok()) {
    Log(LogLevel::kInfo, "listening", {{"metrics", "http://" + (*port)->address() + "/metrics"}});
    return port;
  }
  if (config.address_is_named || ReasonOf(port.status()) != Reason::kNotAttached) {
    return port.status();
  }
  Log(LogLevel::kWarning, "no metrics", {{"why", std::string(port.status().message())}});
  return nullptr;
}

}  // namespace chathub
