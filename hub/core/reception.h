// Where every link enters: a credential gives kind, name and rights.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "hub/core/pass.h"

namespace chathub {

// Constant after construction: any thread may ask.
class Reception {
 public:
  // Keeps only a hash of the owner's token.
  explicit Reception(std::string_view owner_token);

  // `authorization` is the metadata's value, `Bearer <token>`. Fails UNAUTHENTICATED with a detail
  // that never holds the token.
  absl::StatusOr<Pass> Admit(std::string_view authorization) const;

 private:
  const std::string owner_hash_;
};

}  // namespace chathub
