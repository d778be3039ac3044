// Who calls: what a call's metadata says, checked by Reception.
#pragma once

#include <grpcpp/server_context.h>

#include <string>

#include "absl/status/statusor.h"
#include "hub/core/reception.h"

namespace chathub {

struct Caller {
  Pass pass;
  std::string peer;  // `handler/karma`: the token's, or as `chathub-peer` says; else `client/owner`
};

// On any thread. Fails UNAUTHENTICATED, or kNotAllowed if the credential is not this peer's.
absl::StatusOr<Caller> CallerOf(const grpc::ServerContext& context, const Reception& reception);

}  // namespace chathub
