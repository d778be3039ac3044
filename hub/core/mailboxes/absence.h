// Tells a chat, once, that a handler is not running.
#pragma once

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/any_invocable.h"
#include "hub/base/loop.h"
#include "hub/core/mailboxes/announcer.h"
#include "hub/core/mailboxes/delivery.h"

namespace chathub {

// Part of a handler's mailbox. Nobody is absent before kTime without an instance is over.
class Absence {
 public:
  static constexpr Milliseconds kTime{10'000};

  Absence(std::string handler, Loop& loop, Announcer& announcer)
      : handler_(std::move(handler)), loop_(loop), announcer_(announcer), since_(loop.Now()) {}

  // The last instance left; `tell_all` is called when the time is over, to Tell of what waits.
  void Begin(absl::AnyInvocable<void()> tell_all);
  void End();

  // Tells the delivery's conversation now if the time is over; else it is told with all.
  void Tell(const Delivery& delivery);

 private:
  const std::string handler_;
  Loop& loop_;
  Announcer& announcer_;

  TimePoint since_;
  Timer over_;
  absl::flat_hash_set<std::string> told_;  // conversations
};

}  // namespace chathub
