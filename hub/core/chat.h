// Speaking in the chat without having been spoken to.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "chathub/v1/message.pb.h"
#include "hub/core/directory.h"
#include "hub/core/orders.h"
#include "hub/engine/engine.h"

namespace chathub {

class Chat {
 public:
  Chat(Directory& directory, const Orders& orders, Engine& engine)
      : directory_(directory), orders_(orders), engine_(engine) {}

  // Puts one order; returns its key. `caller` is `handler/karma`; a repeated request_id of the same
  // caller puts nothing and returns the same key. `unkept` is let go of when it is kept or done.
  // kUnsupported if the chat service cannot do it.
  absl::StatusOr<std::string> Do(const std::string& caller, const std::string& request_id,
                                 v1::Conversation conversation, const v1::Action& action,
                                 Duty unkept);

  // Typing: said at once or never.
  absl::Status DoOnce(v1::Conversation conversation, const v1::Action& action);

 private:
  absl::StatusOr<AdapterMailbox*> Prepare(v1::Conversation& conversation,
                                          const v1::Action& action) const;

  Directory& directory_;
  const Orders& orders_;
  Engine& engine_;
};

}  // namespace chathub
