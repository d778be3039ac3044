// chathub.v1.Chat: each call becomes one order.
#pragma once

#include "hub/rpc/desk.h"

namespace chathub {

void ServeChat(Desk& desk);

}  // namespace chathub
