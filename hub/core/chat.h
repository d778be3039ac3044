// Speaking in the chat without having been spoken to.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "chathub/v1/message.pb.h"
#include "hub/core/mailboxes/directory.h"
#include "hub/core/mailboxes/orders.h"
#include "hub/core/rights/pass.h"
#include "hub/core/speaking.h"
#include "hub/engine/engine.h"

namespace chathub {

class Chat {
 public:
  Chat(Directory& directory, const Orders& orders, Engine& engine, const Speaking& speaking)
      : directory_(directory), orders_(orders), engine_(engine), speaking_(speaking) {}

  // Puts one order; returns its key. A repeated request_id of the same caller puts nothing and
  // returns the same key. `unkept` is let go of when it is kept or done. kNotAllowed if the caller
  // may not speak there, kUnsupported if the chat service cannot do it.
  absl::StatusOr<std::string> Do(const Pass& caller, const std::string& request_id,
                                 v1::Conversation conversation, const v1::Action& action,
                                 Duty unkept);

  // Typing: said at once or never.
  absl::Status DoOnce(const Pass& caller, v1::Conversation conversation, const v1::Action& action);

 private:
  absl::StatusOr<AdapterMailbox*> Prepare(const Pass& caller, v1::Conversation& conversation,
                                          const v1::Action& action) const;

  Directory& directory_;
  const Orders& orders_;
  Engine& engine_;
  const Speaking& speaking_;
};

}  // namespace chathub
