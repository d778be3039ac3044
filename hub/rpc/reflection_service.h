// grpc.reflection.v1alpha.ServerReflection: what the hub's services look like, for administrators.
#pragma once

#include "hub/rpc/desk.h"

namespace chathub {

// Ours, although gRPC has one: that runs on threads of its own, which wake for every frame of every
// stream, and cannot refuse anybody.
void ServeReflection(Desk& desk);

}  // namespace chathub
