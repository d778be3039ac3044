#include "hub/core/rights/groups.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/names.h"
#include "hub/base/text.h"
#include "hub/core/conversation.h"

namespace chathub {
namespace {

constexpr std::string_view kSpace = "hub.groups";
constexpr std::size_t kLongestUser = 400;

// No name holds a slash.
std::string KeyOf(const std::string& group, const std::string& user) { return group + "/" + user; }

absl::Status Check(const std::string& group, const std::string& user) {
  if (!IsName(group)) {
    return Fail(Reason::kBadFrame, "no group is called '" + ForLog(group, 80) +
                                       "'; names are [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  }
  const std::string_view adapter = AdapterOf(user);
  const bool qualified = IsName(adapter) && user.size() > adapter.size() + 1;
  if (qualified && user.size() <= kLongestUser && user.find('\0') == std::string::npos) {
    return absl::OkStatus();
  }
  return Fail(Reason::kBadFrame, "no user has the id '" + ForLog(user, 80) +
                                     "'; write ADAPTER/ID, for example irc/ada");
}

absl::Status ChangeStore(Engine& engine, Write write, Duty kept) {
  write.space = kSpace;
  Step step;
  step.writes.push_back(std::move(write));
  step.unkept = std::move(kept);
  return engine.Apply(std::move(step)).status();
}

std::string Listed(const google::protobuf::RepeatedPtrField<std::string>& groups) {
  std::string names;
  for (const std::string& group : groups) names += (names.empty() ? "" : ", ") + group;
  return names;
}

}  // namespace

Groups::Groups(Engine& engine) : engine_(engine) {
  for (const StoreEntry& entry :
       engine_.List(kSpace, "", "", std::numeric_limits<std::size_t>::max())) {
    const auto slash = entry.key.find('/');
    groups_[entry.key.substr(0, slash)].insert(entry.key.substr(slash + 1));
    ++members_;
  }
}

bool Groups::IsIn(const std::string& group, const std::string& user) const {
  const auto found = groups_.find(group);
  return found != groups_.end() && found->second.contains(user);
}

absl::StatusOr<v1::AddToGroupResponse> Groups::Add(const v1::AddToGroupRequest& request,
                                                   Duty kept) {
  absl::Status status = Check(request.group(), request.user());
  if (!status.ok()) return status;
  if (IsIn(request.group(), request.user())) return v1::AddToGroupResponse();
  if (members_ >= kMostMembers) {
    return Fail(Reason::kTooMuch, "the groups have 100000 members already");
  }
  Write write;
  write.key = KeyOf(request.group(), request.user());
  status = ChangeStore(engine_, std::move(write), std::move(kept));
  if (!status.ok()) return status;
  groups_[request.group()].insert(request.user());
  ++members_;
  return v1::AddToGroupResponse();
}

absl::StatusOr<v1::RemoveFromGroupResponse> Groups::Remove(
    const v1::RemoveFromGroupRequest& request, Duty kept) {
  absl::Status status = Check(request.group(), request.user());
  if (!status.ok()) return status;
  if (!IsIn(request.group(), request.user())) {
    return Fail(Reason::kNoSuchPeer, request.user() + " is not in the group " + request.group());
  }
  Write write;
  write.key = KeyOf(request.group(), request.user());
  write.kind = Write::Kind::kDelete;
  status = ChangeStore(engine_, std::move(write), std::move(kept));
  if (!status.ok()) return status;
  const auto found = groups_.find(request.group());
  found->second.erase(request.user());
  if (found->second.empty()) groups_.erase(found);
  --members_;
  return v1::RemoveFromGroupResponse();
}

v1::ListGroupsResponse Groups::List(const v1::ListGroupsRequest& request) const {
  v1::ListGroupsResponse response;
  for (const auto& [name, users] : groups_) {
    if (!request.group().empty() && request.group() != name) continue;
    v1::Group& group = *response.add_groups();
    group.set_name(name);
    group.mutable_users()->Add(users.begin(), users.end());
  }
  return response;
}

std::string Groups::WhyNot(const v1::User& user, const v1::Route& route) const {
  const auto& required = route.required_groups();
  if (required.empty()) return {};
  if (user.id().empty()) return "it needs one of the groups " + Listed(required);
  if (!user.authenticated()) {
    return "it needs one of the groups " + Listed(required) +
           ", and the chat service does not vouch for who " + user.id() + " is";
  }
  const bool in_one = std::any_of(required.begin(), required.end(),
                                  [&](const std::string& group) { return IsIn(group, user.id()); });
  if (in_one) return {};
  return user.id() + " is in none of the groups it needs: " + Listed(required);
}

}  // namespace chathub
