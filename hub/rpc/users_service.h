// chathub.v1.Users: who is in the chat.
#pragma once

#include "chathub/v1/users.grpc.pb.h"
#include "hub/rpc/desk.h"

namespace chathub {

void ServeUsers(v1::Users::AsyncService& service, Desk& desk);

}  // namespace chathub
