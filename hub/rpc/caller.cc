#include "hub/rpc/caller.h"

#include <string_view>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/names.h"
#include "hub/base/text.h"

namespace chathub {
namespace {

// Said twice is said by nobody.
std::string_view MetadataOf(const grpc::ServerContext& context, const char* key) {
  if (context.client_metadata().count(key) != 1) return {};
  const auto found = context.client_metadata().find(key);
  return {found->second.data(), found->second.size()};
}

absl::StatusOr<Caller> Name(Pass pass, std::string_view said) {
  if (said.empty()) {
    std::string who = pass.who();
    return Caller{std::move(pass), std::move(who)};
  }
  const auto peer = ParsePeerName(said);
  if (!peer.has_value()) {
    return Fail(Reason::kBadFrame, "the metadata 'chathub-peer' is '" + ForLog(said, 80) +
                                       "'; write '<kind>/<name>', for example 'handler/karma'");
  }
  if (absl::Status status = pass.MayBe(*peer); !status.ok()) return status;
  return Caller{pass.As(*peer), std::string(said)};
}

}  // namespace

Arrival Receive(const grpc::ServerContext& context, Reception& reception) {
  const auto admission =
      reception.Admit(MetadataOf(context, "authorization"), AddressOf(context.peer()));
  if (!admission.pass.ok()) return {admission.pass.status(), admission.tell_in};
  auto caller = Name(*admission.pass, MetadataOf(context, "chathub-peer"));
  if (!caller.ok()) AuditDenial(context, admission.pass->who(), "chathub-peer", caller.status());
  return {std::move(caller)};
}

std::string AddressOf(const std::string& grpc_peer) {
  if (grpc_peer.starts_with("unix")) return "unix";
  const auto begin = grpc_peer.find(':') + 1;
  return grpc_peer.substr(begin, grpc_peer.rfind(':') - begin);
}

void AuditDenial(const grpc::ServerContext& context, std::string_view who, std::string_view call,
                 const absl::Status& status) {
  if (who.empty() || status.code() != absl::StatusCode::kPermissionDenied) return;
  Log(LogLevel::kWarning, "audit: denied",
      {{"who", who},
       {"from", AddressOf(context.peer())},
       {"what", call},
       {"why", std::string(status.message())}});
}

}  // namespace chathub
