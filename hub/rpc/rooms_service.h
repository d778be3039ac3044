// chathub.v1.Rooms: where the chat takes place.
#pragma once

#include "hub/rpc/desk.h"

namespace chathub {

void ServeRooms(Desk& desk);

}  // namespace chathub
