// Who may speak where: asked, unasked, and what needs a right in any case.
#pragma once

#include "absl/status/status.h"
#include "chathub/v1/message.pb.h"
#include "hub/base/loop.h"
#include "hub/core/mailboxes/directory.h"
#include "hub/core/reply_grants.h"
#include "hub/core/rights/pass.h"

namespace chathub {

class Speaking {
 public:
  // Both must outlive it.
  Speaking(const Directory& directory, const Loop& loop) : directory_(directory), loop_(loop) {}

  // OK where the bearer holds an open delivery of the conversation, or has the right: `send:<room>`
  // for a room, `private` for a user. Joining, leaving and topics need `send:<room>` always. Else
  // kNotAllowed. `conversation` is complete.
  absl::Status May(const Pass& pass, const v1::Conversation& conversation,
                   const v1::Action& action) const;

  // The delivery is finished and can still be answered until its deadline.
  void GrantReply(const Pass& pass, const v1::Delivery& delivery);

 private:
  bool WasAsked(const Pass& pass, const v1::Conversation& conversation) const;

  const Directory& directory_;
  const Loop& loop_;
  ReplyGrants grants_;
};

}  // namespace chathub
