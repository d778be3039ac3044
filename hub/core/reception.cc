#include "hub/core/reception.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/base/secrets.h"
#include "hub/base/text.h"

namespace chathub {
namespace {

constexpr std::string_view kScheme = "Bearer ";

}  // namespace

Pass Pass::As(PeerName peer) const {
  Pass pass = *this;
  pass.peer_ = std::move(peer);
  return pass;
}

absl::Status Pass::MayBe(const PeerName& peer) const {
  if (!IsName(peer.name)) {
    return Fail(Reason::kBadFrame, "'" + ForLog(peer.name, 80) +
                                       "' is no name; names are [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  }
  if (!peer_.has_value() || *peer_ == peer) return absl::OkStatus();
  return Fail(Reason::kNotAllowed,
              "the caller is " + ToString(*peer_) + " and may not act as " + ToString(peer));
}

Reception::Reception(std::string_view owner_token) : owner_hash_(Sha256(owner_token)) {}

absl::StatusOr<Pass> Reception::Admit(std::string_view authorization) const {
  if (authorization.empty()) {
    return FailUnauthenticated(
        "no credential; send the metadata 'authorization: Bearer <token>' (the owner's token is in "
        "the hub's data folder, in the file owner-token)");
  }
  if (!authorization.starts_with(kScheme)) {
    return FailUnauthenticated("the metadata 'authorization' is not 'Bearer <token>'");
  }
  if (!EqualInConstantTime(Sha256(authorization.substr(kScheme.size())), owner_hash_)) {
    return FailUnauthenticated("this hub does not know the token; is it another hub's?");
  }
  return Pass::Owner();
}

}  // namespace chathub
