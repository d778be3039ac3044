// The Botica bots of the gateway, as Admin sees them.
#pragma once

#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "chathub/v1/admin.pb.h"

namespace chathub {

// The gateway is one; it outlives every question.
class BoticaBots {
 public:
  using StopAnswer = absl::AnyInvocable<void(absl::StatusOr<v1::StopBoticaBotResponse>)>;

  virtual ~BoticaBots() = default;
  virtual v1::ListBoticaBotsResponse List() const = 0;
  // Answers when the bot has: at once, or within its patience. kNoSuchPeer, kNotAttached.
  virtual void Stop(const std::string& id, bool force, StopAnswer answer) = 0;
};

}  // namespace chathub
