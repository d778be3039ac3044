// What stands behind a Message while its function runs.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "chathub/conversation.h"
#include "handler_session.h"
#include "say_key.h"
#include "to_wire.h"

namespace chathub::sdk {

class MessageState {
 public:
  using Clock = std::chrono::steady_clock;
  // Says progress of this job; any thread.
  using Say = std::function<void(std::string key, v1::Action action)>;

  MessageState(const Job& job, Answer& answer_, Say say_)
      : delivery(*job.delivery),
        user(FromProto(delivery.event().user())),
        conversation(FromProto(delivery.event().conversation())),
        room(FromProto(delivery.event().room())),
        patience_began(job.since),
        cancelled(job.cancelled),
        answer(answer_),
        say(std::move(say_)) {
    if (room.id.empty()) room.id = conversation.room;
  }

  // The same for the same Say of a function that is run again within an attempt, so that what it
  // says twice is heard once.
  std::string NextKey() { return SayKey(delivery.id(), delivery.attempt(), ++said); }

  void SayNow(std::string key, v1::Action action) {
    patience_began = Clock::now();
    say(std::move(key), std::move(action));
  }

  // Of the job, which outlives us.
  const v1::Delivery& delivery;
  const User user;
  const Conversation conversation;
  Room room;
  // The hub gives the user's patience anew with everything that is said.
  std::atomic<Clock::time_point> patience_began;
  const std::atomic<bool>& cancelled;
  Answer& answer;
  const Say say;
  std::atomic<int> said = 0;
};

}  // namespace chathub::sdk
