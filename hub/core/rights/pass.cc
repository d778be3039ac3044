#include "hub/core/rights/pass.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/base/text.h"

namespace chathub {
Pass Pass::As(PeerName peer) const {
  Pass pass = *this;
  pass.peer_ = std::move(peer);
  return pass;
}

absl::Status Pass::MayBe(const PeerName& peer) const {
  if (!IsName(peer.name)) {
    return Fail(Reason::kBadFrame, "the name '" + ForLog(peer.name, 80) +
                                       "' is none; names are [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  }
  if (!peer_.has_value() || *peer_ == peer) return absl::OkStatus();
  return Fail(Reason::kNotAllowed,
              "the caller is " + ToString(*peer_) + " and may not act as " + ToString(peer));
}

absl::Status Pass::Need(Right right, std::string_view what) const {
  if (may(right)) return absl::OkStatus();
  std::string detail = who();
  detail.append(" may not ").append(what).append(": it has no right '");
  detail.append(ToString(right)).append("'");
  return Fail(Reason::kNotAllowed, detail);
}

std::string Pass::who() const { return peer_.has_value() ? ToString(*peer_) : "client/owner"; }

}  // namespace chathub
