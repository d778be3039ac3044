// chathub.v1.Admin: what the command line asks.
#pragma once

#include "hub/rpc/desk.h"

namespace chathub {

void ServeAdmin(Desk& desk);

}  // namespace chathub
