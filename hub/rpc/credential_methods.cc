#include "hub/rpc/credential_methods.h"

#include <utility>

#include "hub/base/log.h"

namespace chathub {

absl::StatusOr<v1::AddTokenResponse> AddToken(Hub& hub, const std::string& who,
                                              const v1::AddTokenRequest& request, Duty kept) {
  auto added = hub.tokens().Add(request, std::move(kept));
  if (!added.ok()) return added;
  std::string rights;
  for (const std::string& word : request.rights()) rights += (rights.empty() ? "" : " ") + word;
  Log(LogLevel::kInfo, "audit: token added",
      {{"who", who}, {"id", added->id()}, {"peer", request.peer()}, {"rights", rights}});
  return added;
}

absl::StatusOr<v1::RevokeTokenResponse> RevokeToken(Hub& hub, const std::string& who,
                                                    const v1::RevokeTokenRequest& request,
                                                    Duty kept) {
  auto revoked = hub.tokens().Revoke(request, std::move(kept));
  if (!revoked.ok()) return revoked;
  Log(LogLevel::kInfo, "audit: token revoked",
      {{"who", who}, {"id", request.id()}, {"count", revoked->revoked()}});
  return revoked;
}

absl::StatusOr<v1::AddToGroupResponse> AddToGroup(Hub& hub, const std::string& who,
                                                  const v1::AddToGroupRequest& request, Duty kept) {
  auto added = hub.groups().Add(request, std::move(kept));
  if (!added.ok()) return added;
  Log(LogLevel::kInfo, "audit: group joined",
      {{"who", who}, {"group", request.group()}, {"user", request.user()}});
  return added;
}

absl::StatusOr<v1::RemoveFromGroupResponse> RemoveFromGroup(
    Hub& hub, const std::string& who, const v1::RemoveFromGroupRequest& request, Duty kept) {
  auto removed = hub.groups().Remove(request, std::move(kept));
  if (!removed.ok()) return removed;
  Log(LogLevel::kInfo, "audit: group left",
      {{"who", who}, {"group", request.group()}, {"user", request.user()}});
  return removed;
}

}  // namespace chathub
