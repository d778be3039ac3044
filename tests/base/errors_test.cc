#include "hub/base/errors.h"

#include "gtest/gtest.h"

namespace chathub {
namespace {

TEST(ErrorsTest, TheReasonTravelsInsideTheStatus) {
  const absl::Status status = Fail(Reason::kTooMuch, "the mailbox is full");
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), Reason::kTooMuch);
  EXPECT_EQ(status.message(), "the mailbox is full");
  EXPECT_FALSE(RetryAfterOf(status).has_value());
}

TEST(ErrorsTest, RetryAfterTravelsToo) {
  const absl::Status status = Fail(Reason::kExpired, "too old", std::chrono::milliseconds(1500));
  EXPECT_EQ(ReasonOf(status), Reason::kExpired);
  EXPECT_EQ(RetryAfterOf(status), std::chrono::milliseconds(1500));
}

TEST(ErrorsTest, AWrongCredentialIsNotAllowedButUnauthenticated) {
  const absl::Status status = FailUnauthenticated("unknown token");
  EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(ReasonOf(status), Reason::kNotAllowed);
}

TEST(ErrorsTest, AnErrorFromElsewhereIsOurFault) {
  EXPECT_EQ(ReasonOf(absl::UnknownError("?")), Reason::kOurFault);
}

}  // namespace
}  // namespace chathub
