// Errors as gRPC says them.
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace chathub {

// Code and text, and the Problem in `grpc-status-details-bin`. An internal error's text stays in
// the log.
grpc::Status ToGrpc(const absl::Status& status);

}  // namespace chathub
