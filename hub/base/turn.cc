#include "hub/base/turn.h"

namespace chathub {

thread_local const Turn* Turn::mine_ = nullptr;

void Turn::RunAll(std::vector<Task>& tasks) {
  for (Task& task : tasks) task();
  tasks.clear();
}

void Turn::End() {
  do {
    RunAll(left_now_);
    while (!posted_.empty()) {
      posted_.swap(posted_before_);
      RunAll(posted_before_);
    }
  } while (!GiveAway());
}

bool Turn::GiveAway() {
  calls_.before_end();
  bool must_wake = false;
  {
    const std::lock_guard lock(mutex_);
    left_.swap(left_now_);
    if (!left_now_.empty()) return false;
    taken_ = false;
    mine_ = nullptr;
    must_wake = !posted_.empty() && !std::exchange(woken_, true);
  }
  if (must_wake) calls_.wake();
  return true;
}

void Turn::Post(Task task) {
  if (mine_ == this) return posted_.push_back(std::move(task));
  {
    const std::lock_guard lock(mutex_);
    left_.push_back(std::move(task));
    if (taken_ || std::exchange(woken_, true)) return;
  }
  calls_.wake();
}

void Turn::Go() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = false;
  }
  if (!Take([] {})) return;
  End();
}

}  // namespace chathub
