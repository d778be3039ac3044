// Keeps reflection for administrators.
#pragma once

#include <grpcpp/support/server_interceptor.h>

#include <memory>

#include "hub/core/rights/reception.h"
#include "hub/rpc/inbox.h"

namespace chathub {

// Cancels calls of grpc.reflection without a credential that has the right `admin`; leaves every
// other call alone. The hub thread asks the reception; both must outlive the server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> MakeReflectionGuard(
    Reception& reception, Inbox& inbox);

}  // namespace chathub
