// Waiting for programs to attach: what a script does between starting them and using them.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "chathub/hub_address.h"

namespace chathub::cli {

// `adapter/shell,echo`: the names with their kinds, which is `handler/` where none is said.
std::vector<std::string> PeerNames(const std::string& list);

// Which of them is not the name of a peer; empty if all are.
std::string RefusePeerNames(const std::string& list);

// Asks until all are attached and none of them is leaving. The hub itself may come later or come
// again meanwhile; a hub that refuses to answer ends the waiting. The error names who is missing.
absl::Status WaitForPeers(const HubOptions& hub, const std::vector<std::string>& names,
                          std::chrono::milliseconds timeout);

}  // namespace chathub::cli
