// Where gRPC's thread leaves what the hub thread is to do.
#pragma once

#include <mutex>
#include <utility>
#include <vector>

#include "hub/base/loop.h"

namespace chathub {

// Any thread pushes; the hub thread takes everything at once. The loop is woken only when the inbox
// was empty.
class Inbox {
 public:
  explicit Inbox(Loop& loop) : loop_(loop) {}
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  void Push(Task task);

 private:
  void Drain();

  Loop& loop_;

  std::mutex mutex_;  // guards incoming_
  std::vector<Task> incoming_;

  std::vector<Task> taken_;  // hub thread; kept for its memory
};

}  // namespace chathub
