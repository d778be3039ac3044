// grpc.health.v1.Health: whether the hub takes in peers, told to everybody.
#pragma once

#include <set>

#include "grpc/health/v1/health.pb.h"
#include "hub/rpc/caller.h"
#include "hub/rpc/desk.h"
#include "hub/rpc/server_stream.h"

namespace chathub {

template <>
inline constexpr bool kOpenToAll<grpc::health::v1::HealthCheckRequest> = true;

// Ours, although gRPC has one: that runs on threads of its own, which wake for every frame of every
// stream.
class Health {
 public:
  void Serve(Desk& desk);

  // Hub thread.
  void SayNotServing();
  bool serving() const { return serving_; }

  // Those who watch; each leaves before it is gone.
  std::set<Outlet*> watchers;

 private:
  bool serving_ = true;
};

}  // namespace chathub
