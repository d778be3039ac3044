// What a credential allows beside answering, which every peer may.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace chathub {

enum class Right {
  kListen,     // `listen`: routes for text that is not said to the bot
  kPrivate,    // `private`: speak to a user who has not spoken
  kExclusive,  // `exclusive`: routes that keep others away
  kUsers,      // `users`: ask who and which rooms there are
  kAdmin,      // `admin`: run the hub; it can make every other credential
};

std::string_view ToString(Right right);

// A value.
class Rights {
 public:
  // None: only what every peer may.
  Rights() = default;
  static Rights All();

  // `listen`, `send:irc/#ops`, `send:irc/*`, ... Fails with kBadFrame, naming the word that is
  // none.
  static absl::StatusOr<Rights> Parse(const std::vector<std::string>& words);

  bool Has(Right right) const { return rights_.contains(right); }

  // `room` is a qualified id. `send:` names one, or with a `*` at its end all that begin so.
  bool MaySendTo(std::string_view room) const;

  // As Parse takes them, sorted.
  std::vector<std::string> Words() const;

 private:
  std::set<Right> rights_;
  std::set<std::string> rooms_;  // what stands behind `send:`
};

}  // namespace chathub
