#include "hub/rpc/inbox.h"

namespace chathub {

void Inbox::Push(Task task) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = incoming_.empty();
    incoming_.push_back(std::move(task));
  }
  if (was_empty) loop_.Post([this] { Drain(); });
}

void Inbox::Drain() {
  {
    const std::lock_guard lock(mutex_);
    taken_.swap(incoming_);
  }
  for (Task& task : taken_) task();
  taken_.clear();
}

}  // namespace chathub
