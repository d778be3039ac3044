// chathub.v1.Store: the key/value memory of plugins.
#pragma once

#include "chathub/v1/store.pb.h"
#include "hub/rpc/desk.h"

namespace chathub {

void ServeStore(Desk& desk);

}  // namespace chathub
