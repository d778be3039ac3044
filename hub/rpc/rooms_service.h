// chathub.v1.Rooms: where the chat takes place.
#pragma once

#include "chathub/v1/rooms.grpc.pb.h"
#include "hub/rpc/desk.h"

namespace chathub {

void ServeRooms(v1::Rooms::AsyncService& service, Desk& desk);

}  // namespace chathub
