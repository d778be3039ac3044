// Which users may use the routes that require a group.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "chathub/v1/admin.pb.h"
#include "chathub/v1/handlers.pb.h"
#include "chathub/v1/message.pb.h"
#include "hub/engine/engine.h"

namespace chathub {

// Owned by the Hub. Closed when in doubt: a user whom the chat service does not vouch for is in no
// group, nor is anybody in a group that nobody made. A change counts at once and may be told of
// when `kept` is let go of.
class Groups {
 public:
  // Reads what is kept.
  explicit Groups(Engine& engine);
  Groups(const Groups&) = delete;
  Groups& operator=(const Groups&) = delete;

  // Whoever is in it already stays. kBadFrame for a name or id that is none.
  absl::StatusOr<v1::AddToGroupResponse> Add(const v1::AddToGroupRequest& request, Duty kept);
  // kNoSuchPeer for somebody who is not in it.
  absl::StatusOr<v1::RemoveFromGroupResponse> Remove(const v1::RemoveFromGroupRequest& request,
                                                     Duty kept);
  v1::ListGroupsResponse List(const v1::ListGroupsRequest& request) const;

  // Why the user may not use the route, in one sentence; empty: he may.
  std::string WhyNot(const v1::User& user, const v1::Route& route) const;

 private:
  static constexpr std::size_t kMostMembers = 100'000;

  bool IsIn(const std::string& group, const std::string& user) const;

  Engine& engine_;
  std::map<std::string, std::set<std::string>> groups_;  // users by group
  std::size_t members_ = 0;
};

}  // namespace chathub
