#include "hub/core/reception.h"

#include "hub/base/errors.h"
#include "hub/base/secrets.h"

namespace chathub {
namespace {

constexpr std::string_view kScheme = "Bearer ";

}  // namespace

// The owner may be anybody; credentials of single plugins will name one peer.
absl::Status Pass::MayBe(const PeerName& peer) const {
  if (IsName(peer.name)) return absl::OkStatus();
  return Fail(Reason::kBadFrame,
              "'" + peer.name + "' is no name; names are [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
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
