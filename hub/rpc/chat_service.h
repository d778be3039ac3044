// chathub.v1.Chat: each call becomes one order.
#pragma once

#include "chathub/v1/chat.grpc.pb.h"
#include "hub/rpc/desk.h"

namespace chathub {

void ServeChat(v1::Chat::AsyncService& service, Desk& desk);

}  // namespace chathub
