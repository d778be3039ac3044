// What a credential allows its bearer: kind, name and rights.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "hub/base/names.h"
#include "hub/core/rights/rights.h"

namespace chathub {

// A value that a link holds. Made by Reception.
class Pass {
 public:
  // The owner's: any kind and name, every right.
  static Pass Owner() { return Pass(std::nullopt, Rights::All(), {}); }
  // A token's: one peer. `token` is the token's id.
  static Pass Of(PeerName peer, Rights rights, std::string token) {
    return Pass(std::move(peer), std::move(rights), std::move(token));
  }

  // The same, but for one peer only: the bearer has said who it is.
  Pass As(PeerName peer) const;

  // OK if the bearer may act as this peer; else kNotAllowed.
  absl::Status MayBe(const PeerName& peer) const;

  bool may(Right right) const { return rights_.Has(right); }
  // OK, or kNotAllowed: "handler/karma may not `what`: it has no right 'users'".
  absl::Status Need(Right right, std::string_view what) const;
  // Unasked, into a room by its qualified id.
  bool MaySendTo(std::string_view room) const { return rights_.MaySendTo(room); }

  // `handler/karma`; the owner's without a name: `client/owner`.
  std::string who() const;
  // The id of the token; empty: the owner's.
  const std::string& token() const { return token_; }

 private:
  Pass(std::optional<PeerName> peer, Rights rights, std::string token)
      : peer_(std::move(peer)), rights_(std::move(rights)), token_(std::move(token)) {}

  std::optional<PeerName> peer_;  // nothing: anybody
  Rights rights_;
  std::string token_;
};

}  // namespace chathub
