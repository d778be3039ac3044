// chathub.v1.Store: the key/value memory of plugins.
#pragma once

#include "chathub/v1/store.grpc.pb.h"
#include "hub/rpc/desk.h"

namespace chathub {

void ServeStore(v1::Store::AsyncService& service, Desk& desk);

}  // namespace chathub
