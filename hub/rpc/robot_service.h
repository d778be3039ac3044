// oco.Robot: the published OpenChatOps surface, on top of Chat and the handlers' mailboxes.
#pragma once

#include "hub/rpc/desk.h"
#include "oco/robot.grpc.pb.h"

namespace chathub {

void ServeRobot(oco::Robot::AsyncService& service, Desk& desk);

}  // namespace chathub
