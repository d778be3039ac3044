// chathub.v1.Users: who is in the chat.
#pragma once

#include "chathub/v1/users.pb.h"
#include "hub/rpc/desk.h"

namespace chathub {

void ServeUsers(Desk& desk);

}  // namespace chathub
