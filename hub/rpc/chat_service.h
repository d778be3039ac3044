// chathub.v1.Chat: each call becomes one order.
#pragma once

#include "chathub/v1/chat.pb.h"
#include "hub/rpc/desk.h"

namespace chathub {

void ServeChat(Desk& desk);

}  // namespace chathub
