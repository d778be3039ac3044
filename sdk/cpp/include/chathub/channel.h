// The gRPC channel to a hub, and what every call on it must carry.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "chathub/hub_address.h"
#include "chathub/v1/problem.pb.h"

namespace chathub {

// A channel with the keepalive that the hub expects. It connects with its first call and shares
// nothing with other channels, so a new one tries the network at once.
std::shared_ptr<grpc::Channel> MakeChannel(const HubAddress& address);

// Puts the token on a call. `peer`, for example `handler/karma`, says who calls; streams say it in
// their hello and leave it empty.
void Authorize(grpc::ClientContext& context, const HubAddress& address, std::string_view peer = {});

// The hub's own words for why a call failed; nothing if the status does not come from a hub.
std::optional<v1::Problem> ProblemOf(const grpc::Status& status);

// One line for a person: the hub's words where there are some, else gRPC's.
std::string Explain(const grpc::Status& status);

}  // namespace chathub
