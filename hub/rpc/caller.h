// Who calls: what a call's metadata says, checked by Reception.
#pragma once

#include <grpcpp/server_context.h>

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "hub/base/loop.h"
#include "hub/core/rights/reception.h"

namespace chathub {

struct Caller {
  Pass pass;
  std::string peer;  // `handler/karma`: the token's, or as `chathub-peer` says; else `client/owner`
};

// Who came, or why nobody may know.
struct Arrival {
  absl::StatusOr<Caller> caller;
  // A refusal is to be told so much later.
  Milliseconds tell_in{0};
};

// Hub thread. Fails UNAUTHENTICATED, or kNotAllowed if the credential is not this peer's.
Arrival Receive(const grpc::ServerContext& context, Reception& reception);

// Requests that anybody may make, without a credential.
template <class Request>
inline constexpr bool kOpenToAll = false;

// Likewise, of a request; who may not be known has no rights.
template <class Request>
Arrival ReceiveFor(const grpc::ServerContext& context, Reception& reception) {
  if constexpr (kOpenToAll<Request>) {
    return {Caller{Pass::Of({PeerKind::kClient, "anybody"}, Rights(), {}), {}}};
  } else {
    return Receive(context, reception);
  }
}

// Where a caller is, without its port: `unix`, `127.0.0.1`, `[::1]`.
std::string AddressOf(const std::string& grpc_peer);

// One line of the log, if it is a right that was missing: who asked from where for what. `who` is
// empty for one whom Receive refused, `call` is the name of the request.
void AuditDenial(const grpc::ServerContext& context, std::string_view who, std::string_view call,
                 const absl::Status& status);

}  // namespace chathub
