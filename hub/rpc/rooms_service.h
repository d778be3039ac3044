// chathub.v1.Rooms: where the chat takes place.
#pragma once

#include "chathub/v1/rooms.pb.h"
#include "hub/rpc/desk.h"

namespace chathub {

void ServeRooms(Desk& desk);

}  // namespace chathub
