// oco.Robot: the published OpenChatOps surface, on top of Chat and the handlers' mailboxes.
#pragma once

#include "hub/rpc/desk.h"

namespace chathub {

void ServeRobot(Desk& desk);

}  // namespace chathub
