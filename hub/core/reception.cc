#include "hub/core/reception.h"

#include "hub/base/errors.h"
#include "hub/base/secrets.h"

namespace chathub {
namespace {

constexpr std::string_view kScheme = "Bearer ";

}  // namespace

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
