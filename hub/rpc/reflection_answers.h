// What reflection says.
#pragma once

#include "grpc/reflection/v1alpha/reflection.pb.h"

namespace chathub {

// Out of the descriptors that are linked in.
grpc::reflection::v1alpha::ServerReflectionResponse AnswerReflection(
    const grpc::reflection::v1alpha::ServerReflectionRequest& request);

}  // namespace chathub
