// The methods of Admin that change tokens and groups; each leaves a line in the log.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "chathub/v1/admin.pb.h"
#include "hub/core/hub.h"

namespace chathub {

// `who` asks for it.
absl::StatusOr<v1::AddTokenResponse> AddToken(Hub& hub, const std::string& who,
                                              const v1::AddTokenRequest& request, Duty kept);
absl::StatusOr<v1::RevokeTokenResponse> RevokeToken(Hub& hub, const std::string& who,
                                                    const v1::RevokeTokenRequest& request,
                                                    Duty kept);
absl::StatusOr<v1::AddToGroupResponse> AddToGroup(Hub& hub, const std::string& who,
                                                  const v1::AddToGroupRequest& request, Duty kept);
absl::StatusOr<v1::RemoveFromGroupResponse> RemoveFromGroup(
    Hub& hub, const std::string& who, const v1::RemoveFromGroupRequest& request, Duty kept);

}  // namespace chathub
