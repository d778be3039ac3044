#include "hub/core/rights/accounts.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/names.h"
#include "hub/base/secrets.h"

namespace chathub {
namespace {

constexpr std::string_view kSpace = "hub.accounts";
constexpr std::size_t kLongestPassword = 1024;
constexpr std::size_t kMost = 100'000;

// Of a password that nobody knows: what a name without an account is compared with.
const std::string& NobodysHash() {
  static const std::string hash = HashPassword(RandomSecret());
  return hash;
}

}  // namespace

void Accounts::Add(const std::string& name, std::string password,
                   absl::AnyInvocable<void(absl::Status)> answer) {
  if (!IsName(name)) {
    return answer(Fail(Reason::kBadFrame, "an account's name is [A-Za-z0-9][A-Za-z0-9._-]{0,63}"));
  }
  if (password.empty() || password.size() > kLongestPassword) {
    return answer(Fail(Reason::kBadFrame, "a password has 1 to 1024 bytes"));
  }
  workshop_.Do(
      [this, name, password = std::move(password), answer = std::move(answer)]() mutable -> Task {
        return [this, name, hash = HashPassword(password), answer = std::move(answer)]() mutable {
          answer(Keep(name, hash));
        };
      });
}

absl::Status Accounts::Keep(const std::string& name, const std::string& hash) {
  Step step;
  step.writes.push_back({.space = std::string(kSpace), .key = name, .value = hash});
  const auto applied = engine_.Apply(std::move(step));
  if (applied.ok()) Log(LogLevel::kInfo, "audit: account added", {{"account", name}});
  return applied.status();
}

absl::Status Accounts::Remove(const std::string& name) {
  if (!engine_.Find(kSpace, name).has_value()) {
    return Fail(Reason::kNoSuchPeer, "there is no account '" + name + "'");
  }
  Step step;
  step.writes.push_back({.space = std::string(kSpace), .key = name, .kind = Write::Kind::kDelete});
  const auto applied = engine_.Apply(std::move(step));
  if (applied.ok()) Log(LogLevel::kInfo, "audit: account removed", {{"account", name}});
  return applied.status();
}

std::vector<std::string> Accounts::List() const {
  std::vector<std::string> names;
  for (const StoreEntry& entry : engine_.List(kSpace, "", "", kMost)) names.push_back(entry.key);
  return names;
}

void Accounts::Check(const std::string& name, std::string password,
                     absl::AnyInvocable<void(bool)> answer) const {
  const auto kept = engine_.Find(kSpace, name);
  const bool known = kept.has_value();
  workshop_.Do([known, hash = known ? kept->value : std::string(), password = std::move(password),
                answer = std::move(answer)]() mutable -> Task {
    const bool right = IsPassword(password, known ? hash : NobodysHash()) && known;
    return [right, answer = std::move(answer)]() mutable { answer(right); };
  });
}

}  // namespace chathub
