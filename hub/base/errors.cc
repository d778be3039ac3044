#include "hub/base/errors.h"

#include <charconv>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/cord.h"

namespace chathub {
namespace {

// Payload "reason" or "reason:milliseconds".
constexpr char kPayload[] = "chathub.reason";

absl::StatusCode CodeOf(Reason reason) {
  switch (reason) {
    case Reason::kBadFrame:
    case Reason::kBadRoute:
    case Reason::kTooLarge:
      return absl::StatusCode::kInvalidArgument;
    case Reason::kNameTaken:
      return absl::StatusCode::kAlreadyExists;
    case Reason::kNoSuchPeer:
      return absl::StatusCode::kNotFound;
    case Reason::kNotAttached:
      return absl::StatusCode::kFailedPrecondition;
    case Reason::kNotAllowed:
      return absl::StatusCode::kPermissionDenied;
    case Reason::kTooMuch:
      return absl::StatusCode::kResourceExhausted;
    case Reason::kGoingAway:
      return absl::StatusCode::kUnavailable;
    case Reason::kUnsupported:
      return absl::StatusCode::kUnimplemented;
    case Reason::kConflict:
      return absl::StatusCode::kAborted;
    case Reason::kExpired:
      return absl::StatusCode::kDeadlineExceeded;
    case Reason::kOurFault:
      break;
  }
  return absl::StatusCode::kInternal;
}

absl::Status Make(absl::StatusCode code, std::string_view detail, const std::string& payload) {
  absl::Status status(code, absl::string_view(detail.data(), detail.size()));
  status.SetPayload(kPayload, absl::Cord(payload));
  return status;
}

std::string PayloadOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  return payload.has_value() ? std::string(*payload) : std::string();
}

}  // namespace

absl::Status Fail(Reason reason, std::string_view detail) {
  return Make(CodeOf(reason), detail, std::to_string(static_cast<int>(reason)));
}

absl::Status Fail(Reason reason, std::string_view detail, std::chrono::milliseconds retry_after) {
  return Make(CodeOf(reason), detail,
              std::to_string(static_cast<int>(reason)) + ":" + std::to_string(retry_after.count()));
}

absl::Status FailUnauthenticated(std::string_view detail) {
  return Make(absl::StatusCode::kUnauthenticated, detail,
              std::to_string(static_cast<int>(Reason::kNotAllowed)));
}

absl::Status FailUnauthenticated(std::string_view detail, std::chrono::milliseconds retry_after) {
  return Make(absl::StatusCode::kUnauthenticated, detail,
              std::to_string(static_cast<int>(Reason::kNotAllowed)) + ":" +
                  std::to_string(retry_after.count()));
}

Reason ReasonOf(const absl::Status& status) {
  const std::string payload = PayloadOf(status);
  int number = 0;
  std::from_chars(payload.data(), payload.data() + payload.size(), number);
  return number == 0 ? Reason::kOurFault : static_cast<Reason>(number);
}

std::optional<std::chrono::milliseconds> RetryAfterOf(const absl::Status& status) {
  const std::string payload = PayloadOf(status);
  const auto colon = payload.find(':');
  if (colon == std::string::npos) return std::nullopt;
  long long milliseconds = 0;
  std::from_chars(payload.data() + colon + 1, payload.data() + payload.size(), milliseconds);
  return std::chrono::milliseconds(milliseconds);
}

}  // namespace chathub
