// The part of chathub.v1.Admin that is about the gateway: accounts, and Botica's bots.
#pragma once

#include "hub/rpc/desk.h"

namespace chathub {

void ServeGatewayAdmin(Desk& desk);

}  // namespace chathub
