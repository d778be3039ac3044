// Where slow work is done: values go in, values come back to the hub thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "hub/base/loop.h"

namespace chathub {

// Jobs run one after the other, in order, away from the hub thread.
class Workshop {
 public:
  // The job runs in the workshop; what it returns runs on the hub thread.
  using Job = absl::AnyInvocable<Task()>;

  virtual ~Workshop() = default;
  virtual void Do(Job job) = 0;
};

// A workshop with a thread of its own. What it was given and has not begun when it is destroyed is
// never done.
class ThreadWorkshop : public Workshop {
 public:
  // The loop must outlive the workshop.
  explicit ThreadWorkshop(Loop& loop);
  ~ThreadWorkshop() override;

  void Do(Job job) override;

 private:
  void Work();

  Loop& loop_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool closing_ = false;

  std::thread thread_;  // last: it uses everything above
};

}  // namespace chathub
