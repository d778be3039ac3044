#include "hub/core/problems.h"

#include <algorithm>
#include <string>

#include "hub/base/errors.h"

namespace chathub {
namespace {

constexpr std::int64_t kLongestSeconds = 100LL * 365 * 24 * 3600;

}  // namespace

v1::Problem ToProblem(const absl::Status& status) {
  v1::Problem problem;
  problem.set_reason(static_cast<v1::Reason>(ReasonOf(status)));
  problem.set_detail(std::string(status.message()));
  if (const auto retry_after = RetryAfterOf(status)) {
    *problem.mutable_retry_after() = ToDuration(*retry_after);
  }
  return problem;
}

google::protobuf::Duration ToDuration(std::chrono::milliseconds time) {
  google::protobuf::Duration duration;
  duration.set_seconds(time.count() / 1000);
  duration.set_nanos(static_cast<std::int32_t>(time.count() % 1000 * 1'000'000));
  return duration;
}

std::chrono::milliseconds ToMilliseconds(const google::protobuf::Duration& duration) {
  const std::int64_t seconds = std::clamp<std::int64_t>(duration.seconds(), 0, kLongestSeconds);
  const std::int64_t nanos = std::clamp(duration.nanos(), 0, 999'999'999);
  return std::chrono::milliseconds(seconds * 1000 + nanos / 1'000'000);
}

google::protobuf::Timestamp ToTimestamp(std::int64_t wall) {
  google::protobuf::Timestamp timestamp;
  SetTimestamp(wall, timestamp);
  return timestamp;
}

void SetTimestamp(std::int64_t wall, google::protobuf::Timestamp& timestamp) {
  timestamp.set_seconds(wall / 1000);
  timestamp.set_nanos(static_cast<std::int32_t>(wall % 1000 * 1'000'000));
}

std::int64_t ToWall(const google::protobuf::Timestamp& timestamp) {
  const std::int64_t seconds =
      std::clamp<std::int64_t>(timestamp.seconds(), 0, 200 * kLongestSeconds);
  return seconds * 1000 + std::clamp(timestamp.nanos(), 0, 999'999'999) / 1'000'000;
}

}  // namespace chathub
