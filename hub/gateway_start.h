// From the configuration to a gateway: reads the keys that it needs, makes those that are missing.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "hub/base/hub_loop.h"
#include "hub/base/workshop.h"
#include "hub/config.h"
#include "hub/core/hub.h"
#include "hub/data_folder.h"
#include "hub/gateway/gateway.h"

namespace chathub {

// Names of the adapters that the gateway is.
inline constexpr const char* kGatewayAdapters[] = {"wnet", "botcomet"};

// Null: the configuration says so, or its default port is taken, which is logged. In the data
// folder lie `botcomet-key.pem`, made at the first start, and `botcomet-public.pem`.
absl::StatusOr<std::unique_ptr<Gateway>> StartGateway(const GatewayConfig& config,
                                                      const DataFolder& folder, Hub& hub,
                                                      HubLoop& loop, Workshop& workshop);

}  // namespace chathub
