// Where every link enters: a credential gives kind, name and rights.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "hub/base/loop.h"
#include "hub/core/rights/failed_attempts.h"
#include "hub/core/rights/pass.h"
#include "hub/core/rights/tokens.h"

namespace chathub {

// What Reception says to somebody at the door.
struct Admission {
  absl::StatusOr<Pass> pass;
  // A refusal is to be told so much later; nobody else waits for it.
  Milliseconds tell_in{0};
};

// Outlives every doorway.
class Reception {
 public:
  // Keeps only a hash of the owner's token.
  Reception(std::string_view owner_token, const Tokens& tokens, const Loop& loop);

  // `authorization` is the metadata's value, `Bearer <token>`; `address` is where the caller is,
  // without a port. Fails UNAUTHENTICATED with a detail that never holds the token. A right
  // credential is never slowed, whoever fails beside it at the same address.
  Admission Admit(std::string_view authorization, const std::string& address);

 private:
  absl::StatusOr<Pass> Look(std::string_view authorization) const;
  Admission Refuse(const absl::Status& why, const std::string& address);

  const std::string owner_hash_;
  const Tokens& tokens_;
  const Loop& loop_;

  FailedAttempts failures_;
};

}  // namespace chathub
