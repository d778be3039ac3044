// Which ends of a stream are for ever.
#pragma once

#include <grpcpp/support/status.h>

namespace chathub::sdk {

// True if attaching again would be refused again: the hub said no to who or what we are.
bool IsFinal(const grpc::Status& status);

}  // namespace chathub::sdk
