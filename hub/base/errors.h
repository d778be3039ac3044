// Why something failed: one vocabulary for every room and every protocol.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "absl/status/status.h"

namespace chathub {

// Numbered as chathub.v1.Reason, which says what each means.
enum class Reason {
  kBadFrame = 1,
  kBadRoute = 2,
  kNameTaken = 3,
  kNoSuchPeer = 4,
  kNotAttached = 5,
  kNotAllowed = 6,
  kTooMuch = 7,
  kTooLarge = 8,
  kGoingAway = 9,
  kOurFault = 10,
  kUnsupported = 11,
  kConflict = 12,
  kExpired = 13,
};

// Makes the error. `detail` is one sentence for a person: what happened, where, what to do.
absl::Status Fail(Reason reason, std::string_view detail);
absl::Status Fail(Reason reason, std::string_view detail, std::chrono::milliseconds retry_after);

// Nobody is who he says he is: kNotAllowed for a missing or wrong credential (UNAUTHENTICATED).
absl::Status FailUnauthenticated(std::string_view detail);
absl::Status FailUnauthenticated(std::string_view detail, std::chrono::milliseconds retry_after);

// The reason given to Fail; kOurFault for an error from elsewhere. `status` must not be OK.
Reason ReasonOf(const absl::Status& status);
std::optional<std::chrono::milliseconds> RetryAfterOf(const absl::Status& status);

}  // namespace chathub
