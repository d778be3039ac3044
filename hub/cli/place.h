// Users and rooms as the command line names them: `<adapter>/<native id>`.
#pragma once

#include <string>

#include "chathub/v1/message.pb.h"

namespace chathub::cli {

// Why `id` is not a qualified id; empty if it is one.
std::string RefuseId(const std::string& id);

// The room if there is one, else a private talk with the user.
v1::Conversation ConversationOf(const std::string& room, const std::string& user);

}  // namespace chathub::cli
