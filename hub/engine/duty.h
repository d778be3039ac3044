// Duties: what is not yet done as long as somebody holds it.
#pragma once

#include <memory>
#include <utility>

#include "absl/functional/any_invocable.h"

namespace chathub {

// A duty that ends when its last holder lets go of it: "this event is not yet accepted", "this
// event is not yet settled". Shared because several entries of several mailboxes come from one
// event.
using Duty = std::shared_ptr<const void>;

// Calls `tell` when the last holder lets go.
inline Duty TellWhenLetGo(absl::AnyInvocable<void()> tell) {
  struct Teller {
    explicit Teller(absl::AnyInvocable<void()> call) : tell(std::move(call)) {}
    ~Teller() { tell(); }
    absl::AnyInvocable<void()> tell;
  };
  return std::make_shared<Teller>(std::move(tell));
}

}  // namespace chathub
