#include "hub/core/rights/reception.h"

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/secrets.h"

namespace chathub {
namespace {

constexpr std::string_view kScheme = "Bearer ";

}  // namespace

Reception::Reception(std::string_view owner_token, const Tokens& tokens, const Loop& loop)
    : owner_hash_(Sha256(owner_token)), tokens_(tokens), loop_(loop) {}

Admission Reception::Admit(std::string_view authorization, const std::string& address) {
  auto pass = Look(authorization);
  if (!pass.ok()) return Refuse(pass.status(), address);
  return {*std::move(pass)};
}

absl::StatusOr<Pass> Reception::Look(std::string_view authorization) const {
  if (authorization.empty()) {
    return FailUnauthenticated(
        "no credential; send the metadata 'authorization: Bearer <token>' (the owner's token is in "
        "the hub's data folder, in the file owner-token)");
  }
  if (!authorization.starts_with(kScheme)) {
    return FailUnauthenticated("the metadata 'authorization' is not 'Bearer <token>'");
  }
  const std::string_view token = authorization.substr(kScheme.size());
  if (EqualInConstantTime(Sha256(token), owner_hash_)) return Pass::Owner();
  return tokens_.Find(token);
}

Admission Reception::Refuse(const absl::Status& why, const std::string& address) {
  const auto verdict = failures_.Count(address, loop_.Now());
  const std::string detail(why.message());
  if (verdict.count <= FailedAttempts::kFree) {
    Log(LogLevel::kWarning, "audit: denied",
        {{"who", "somebody"}, {"from", address}, {"what", "credential"}, {"why", detail}});
    return {why};
  }
  if (verdict.count == FailedAttempts::kFree + 1) {
    Log(LogLevel::kWarning, "audit: slowed",
        {{"from", address}, {"why", "more than 5 wrong credentials in a minute"}});
  }
  return {FailUnauthenticated(detail, verdict.retry_after), verdict.answer_in};
}

}  // namespace chathub
