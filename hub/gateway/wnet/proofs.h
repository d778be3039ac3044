// Whether a program is who its cookie says; checked when it matters, and not too often.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "hub/base/loop.h"
#include "hub/core/rights/accounts.h"
#include "hub/gateway/wnet/cookie.h"

namespace chathub::wnet {

// A check costs the workshop 0.1 s, so few of them wait at a time, and an address that was wrong
// five times within a minute is not asked any more.
class Proofs {
 public:
  // The account's name; nothing: not proved.
  using Answer = absl::AnyInvocable<void(std::optional<std::string>)>;

  static constexpr int kMostWaiting = 16;
  static constexpr std::size_t kMostFailures = 5;
  static constexpr std::chrono::minutes kMemory{1};

  Proofs(Accounts& accounts, const Loop& loop) : accounts_(accounts), loop_(loop) {}
  Proofs(const Proofs&) = delete;
  Proofs& operator=(const Proofs&) = delete;

  // `answer` may be called at once. Whoever is gone by then must see to that itself.
  void Check(const std::string& address, const std::optional<Credentials>& credentials,
             Answer answer);

 private:
  bool TooOften(const std::string& address);

  Accounts& accounts_;
  const Loop& loop_;

  int waiting_ = 0;
  std::map<std::string, std::deque<TimePoint>> failures_;  // by address
};

}  // namespace chathub::wnet
