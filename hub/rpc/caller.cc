#include "hub/rpc/caller.h"

#include <string_view>

#include "hub/base/errors.h"
#include "hub/base/names.h"
#include "hub/base/text.h"

namespace chathub {
namespace {

std::string_view MetadataOf(const grpc::ServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return {};
  return {found->second.data(), found->second.size()};
}

}  // namespace

absl::StatusOr<Caller> CallerOf(const grpc::ServerContext& context, const Reception& reception) {
  auto pass = reception.Admit(MetadataOf(context, "authorization"));
  if (!pass.ok()) return pass.status();
  const std::string_view said = MetadataOf(context, "chathub-peer");
  if (said.empty()) return Caller{*pass, pass->who()};
  const auto peer = ParsePeerName(said);
  if (!peer.has_value()) {
    return Fail(Reason::kBadFrame, "the metadata 'chathub-peer' is '" + ForLog(said, 80) +
                                       "'; write '<kind>/<name>', for example 'handler/karma'");
  }
  if (absl::Status status = pass->MayBe(*peer); !status.ok()) return status;
  return Caller{pass->As(*peer), std::string(said)};
}

}  // namespace chathub
