// chathub.v1.Admin: what the command line asks.
#pragma once

#include "chathub/v1/admin.grpc.pb.h"
#include "hub/rpc/desk.h"

namespace chathub {

void ServeAdmin(v1::Admin::AsyncService& service, Desk& desk);

}  // namespace chathub
