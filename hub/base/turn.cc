#include "hub/base/turn.h"

#include <iterator>

namespace chathub {

thread_local const Turn* Turn::mine_ = nullptr;

void Turn::RunAll(std::vector<Task>& tasks) {
  for (Task& task : tasks) task();
  tasks.clear();
}

bool Turn::IsLong() {
  const TimePoint now = std::chrono::steady_clock::now();
  if (!long_at_) long_at_ = now + kLongest;
  return now >= *long_at_;
}

void Turn::RunLap() {
  {
    const std::lock_guard lock(mutex_);
    left_.swap(left_now_);
  }
  RunAll(left_now_);
  posted_.swap(posted_before_);
  RunAll(posted_before_);
}

bool Turn::GoOn() {
  RunLap();
  if (posted_.empty()) return false;
  if (IsLong()) {
    calls_.before_end();
    long_at_.reset();
  }
  return true;
}

void Turn::End() {
  do {
    RunAll(left_now_);
    do {
      RunLap();
    } while (!posted_.empty() && !IsLong());
  } while (!GiveAway());
}

// Where it was long, it is nobody's until Go, lest what comes now overtakes what was left.
bool Turn::GiveAway() {
  calls_.before_end();
  bool must_wake = false;
  {
    const std::lock_guard lock(mutex_);
    kept_for_go_ = !left_.empty() && IsLong();
    if (!kept_for_go_) left_.swap(left_now_);
    if (!left_now_.empty()) return false;
    taken_ = kept_for_go_;
    mine_ = nullptr;
    long_at_.reset();
    must_wake = (kept_for_go_ || !posted_.empty()) && !std::exchange(woken_, true);
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
    if (taken_ && !kept_for_go_) return;  // whoever has it sees what waits
    taken_ = true;
    kept_for_go_ = false;
    mine_ = this;
    std::move(left_.begin(), left_.end(), std::back_inserter(posted_));
    left_.clear();
  }
  End();
}

}  // namespace chathub
