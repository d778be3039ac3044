// Speaking in the chat without having been spoken to.
#pragma once

#include "chathub/content.h"
#include "chathub/conversation.h"
#include "chathub/result.h"

namespace chathub {

namespace sdk {
class UnaryCalls;
}  // namespace sdk

// Belongs to a Handler; any thread. A call waits for at most 10 s, also through a hub's restart.
class Chat {
 public:
  explicit Chat(sdk::UnaryCalls& calls) : calls_(calls) {}
  Chat(const Chat&) = delete;
  Chat& operator=(const Chat&) = delete;

  // OK when the hub has it, not when it is in the chat. The result names the message. Needs the
  // right to send there.
  Result<MessageRef> Send(const Conversation& conversation, const Content& content);

 private:
  sdk::UnaryCalls& calls_;
};

}  // namespace chathub
