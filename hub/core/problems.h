// Errors as the wire says them.
#pragma once

#include <chrono>

#include "absl/status/status.h"
#include "chathub/v1/problem.pb.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace chathub {

// What the status says, as a value for frames and details. `status` must not be OK.
v1::Problem ToProblem(const absl::Status& status);

google::protobuf::Duration ToDuration(std::chrono::milliseconds time);
// Negative and absurdly long times become 0 and 100 years.
std::chrono::milliseconds ToMilliseconds(const google::protobuf::Duration& duration);

// Milliseconds since 1970.
google::protobuf::Timestamp ToTimestamp(std::int64_t wall);
void SetTimestamp(std::int64_t wall, google::protobuf::Timestamp& timestamp);
std::int64_t ToWall(const google::protobuf::Timestamp& timestamp);

}  // namespace chathub
