// Where every link enters: a credential gives kind, name and rights.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hub/base/names.h"

namespace chathub {

// What a credential allows; a value that its link holds.
class Pass {
 public:
  // The owner's: any kind and name, every right.
  static Pass Owner() { return Pass(); }

  // The same, but for one peer only: the bearer has said who it is.
  Pass As(PeerName peer) const;

  // OK if the bearer may act as this peer; else kNotAllowed.
  absl::Status MayBe(const PeerName& peer) const;
  bool admin() const { return true; }

 private:
  Pass() = default;

  std::optional<PeerName> peer_;  // nothing: anybody
};

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
