// The adapter that plays a transcript: its users say the lines, and it sees what the bot does.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <vector>

#include "chathub/adapter.h"
#include "sdk/transcript/transcript.h"

namespace chathub::transcript {

class Player {
 public:
  explicit Player(const HubOptions& hub);

  // Plays one step and waits until all that it caused is done; what the bot did, or nothing if it
  // was not done within `patience`.
  std::optional<std::vector<Act>> Play(const Step& step, std::chrono::milliseconds patience);
  // What the bot did so far in a step that took too long.
  std::vector<Act> TakeSeen();

 private:
  v1::Event EventOf(const Step& step);
  void See(const v1::Order& order, OrderResult& result);

  int last_id_ = 0;  // of users' messages
  int posted_ = 0;   // by the bot; on the adapter's thread

  std::mutex mutex_;
  std::vector<Act> seen_;  // guarded by mutex_
  // Stops before the rest goes.
  Adapter adapter_;
};

}  // namespace chathub::transcript
