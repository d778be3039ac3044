#include "hub/core/people/user_book.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/base/text.h"
#include "hub/core/people/qualified_ids.h"

namespace chathub {
namespace {

constexpr std::size_t kMostFound = 100;

v1::User Completed(v1::User user) {
  if (user.name().empty()) user.set_name(std::string(NativeId(user.id())));
  if (user.mention_name().empty()) user.set_mention_name(user.name());
  return user;
}

bool Same(const v1::User& a, const v1::User& b) {
  return a.name() == b.name() && a.mention_name() == b.mention_name() && a.bot() == b.bot() &&
         a.authenticated() == b.authenticated();
}

std::vector<v1::User> Copies(const std::vector<const v1::User*>& users) {
  std::vector<v1::User> copies;
  for (const v1::User* user : users) copies.push_back(Completed(*user));
  return copies;
}

}  // namespace

std::vector<std::string> UserBook::Kind::NamesOf(const v1::User& user) {
  const v1::User completed = Completed(user);
  return {completed.name(), completed.mention_name()};
}

bool UserBook::Merge(v1::User& user) const {
  user.set_name(std::string(CutAtCodePoint(user.name(), kLongestName)));
  user.set_mention_name(std::string(CutAtCodePoint(user.mention_name(), kLongestName)));
  const v1::User* known = users_.Find(user.id());
  if (known == nullptr) return true;
  if (user.name().empty()) user.set_name(known->name());
  if (user.mention_name().empty()) user.set_mention_name(known->mention_name());
  return !Same(user, *known);
}

absl::Status UserBook::Told(const std::string& adapter,
                            const google::protobuf::RepeatedPtrField<v1::User>& users) {
  std::vector<v1::User> changed;
  for (const v1::User& told : users) {
    absl::Status status = CheckQualifiedId("user", told.id(), adapter);
    if (!status.ok()) return status;
    v1::User user = told;
    if (Merge(user)) {
      changed.push_back(std::move(user));
    } else {
      users_.Seen(told.id());
    }
  }
  users_.Keep(std::move(changed));
  return absl::OkStatus();
}

void UserBook::Saw(const std::string& adapter, const v1::User& seen) {
  const v1::User* known = users_.Seen(seen.id());
  if (known != nullptr && Same(seen, *known)) return;
  if (!CheckQualifiedId("user", seen.id(), adapter).ok()) return;
  v1::User user = seen;
  if (Merge(user)) users_.Keep({std::move(user)});
}

absl::StatusOr<v1::User> UserBook::Get(const std::string& id) const {
  const v1::User* user = users_.Find(id);
  if (user != nullptr) return Completed(*user);
  return Fail(Reason::kNoSuchPeer, "no adapter has told of a user '" + ForLog(id, 80) + "'");
}

std::vector<v1::User> UserBook::Find(std::string_view name, std::string_view adapter) const {
  return Copies(users_.Named(name, adapter, kMostFound));
}

std::vector<v1::User> UserBook::List(const std::string& adapter, const std::string& after,
                                     std::size_t limit) const {
  return Copies(users_.List(adapter, after, limit, [](const v1::User&) { return true; }));
}

}  // namespace chathub
