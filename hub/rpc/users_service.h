// chathub.v1.Users: who is in the chat.
#pragma once

#include "hub/rpc/desk.h"

namespace chathub {

void ServeUsers(Desk& desk);

}  // namespace chathub
