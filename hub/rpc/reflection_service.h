// grpc.reflection.v1alpha.ServerReflection: what the hub's services look like, for administrators.
#pragma once

#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"
#include "hub/rpc/desk.h"

namespace chathub {

using ReflectionService = grpc::reflection::v1alpha::ServerReflection::AsyncService;

// Ours, although gRPC has one: that runs on threads of its own, which wake for every frame of every
// stream, and cannot refuse anybody.
void ServeReflection(ReflectionService& service, Desk& desk);

}  // namespace chathub
