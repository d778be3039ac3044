// From the configuration to the port of metrics.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "hub/base/hub_loop.h"
#include "hub/config.h"
#include "hub/core/hub.h"
#include "hub/gateway/metrics_port.h"

namespace chathub {

// Null: the configuration says so, or the default port is taken, which is logged.
absl::StatusOr<std::unique_ptr<MetricsPort>> StartMetrics(const MetricsConfig& config, Hub& hub,
                                                          HubLoop& loop);

}  // namespace chathub
