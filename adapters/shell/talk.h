// Who types, and where: makes events of lines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "chathub/v1/message.pb.h"

namespace chathub::shell {

// A user of this adapter in a private talk with the bot, or in a room.
class Talk {
 public:
  // `life` distinguishes the ids of this process's messages from those of others.
  Talk(std::string adapter, const std::string& user, bool authenticated, std::string life);

  // Empty: the private talk.
  void EnterRoom(std::string room) { room_ = std::move(room); }
  const std::string& room() const { return room_; }

  // What typing `text` here means.
  v1::Event EventOf(std::string_view text);
  // A new id for a message of either side.
  std::string NextId();

  v1::Conversation Here() const;
  // What to write before a message from `conversation`: nothing if it is here.
  std::string WhereFrom(const v1::Conversation& conversation) const;

 private:
  const std::string adapter_;
  const std::string life_;
  v1::User user_;
  std::string room_;
  std::uint64_t last_id_ = 0;
};

}  // namespace chathub::shell
