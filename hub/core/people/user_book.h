// Who is in the chat, as the adapters told.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chathub/v1/message.pb.h"
#include "hub/core/people/roster.h"

namespace chathub {

// Written only when something changed.
class UserBook {
 public:
  UserBook(std::size_t most, Engine& engine) : users_(most, engine) {}

  // What an adapter tells of its own users; kBadFrame if one of them is not its own.
  absl::Status Told(const std::string& adapter,
                    const google::protobuf::RepeatedPtrField<v1::User>& users);
  // Whoever did something. What the event leaves out is as it was.
  void Saw(const std::string& adapter, const v1::User& user);

  // All answers with the names that were left out: a name is the native id, a mention name the
  // name. kNoSuchPeer: nobody told of it.
  absl::StatusOr<v1::User> Get(const std::string& id) const;
  // By name or mention name.
  std::vector<v1::User> Find(std::string_view name, std::string_view adapter) const;
  // Those behind the id `after`.
  std::vector<v1::User> List(const std::string& adapter, const std::string& after,
                             std::size_t limit) const;

 private:
  struct Kind {
    using Item = v1::User;
    static constexpr char kSpace[] = "hub.users";
    static const std::string& IdOf(const v1::User& user) { return user.id(); }
    static std::vector<std::string> NamesOf(const v1::User& user);
    static bool IsHeld(const v1::User&) { return false; }
  };

  // True if it is other than what is known.
  bool Merge(v1::User& user) const;

  Roster<Kind> users_;
};

}  // namespace chathub
