// chathub.v1.Store: the key/value memory of plugins.
#pragma once

#include "hub/rpc/desk.h"

namespace chathub {

void ServeStore(Desk& desk);

}  // namespace chathub
