#include "hub/base/workshop.h"

namespace chathub {

ThreadWorkshop::ThreadWorkshop(Loop& loop) : loop_(loop), thread_([this] { Work(); }) {}

ThreadWorkshop::~ThreadWorkshop() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void ThreadWorkshop::Do(Job job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
}

void ThreadWorkshop::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || !jobs_.empty(); });
    if (closing_) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    loop_.Post(job());
    lock.lock();
  }
}

}  // namespace chathub
