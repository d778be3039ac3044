// The hub thread in virtual time: nothing happens unless the test says so.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>

#include "hub/base/agenda.h"
#include "hub/base/loop.h"
#include "hub/base/workshop.h"

namespace chathub {

class VirtualLoop : public Loop {
 public:
  TimePoint Now() const override { return now_; }
  std::int64_t WallNow() const override {
    return kStart + std::chrono::duration_cast<Milliseconds>(now_.time_since_epoch()).count() +
           jumped_.count();
  }
  // Somebody sets the clock on the wall; timers do not care.
  void JumpWallClock(Milliseconds by) { jumped_ += by; }
  void Post(Task task) override { posted_.push_back(std::move(task)); }
  [[nodiscard]] Timer At(TimePoint when, Task task) override {
    return agenda_.Add(when, std::move(task));
  }

  // Runs what was posted, also what that posts.
  void Run() {
    while (!posted_.empty()) {
      Task task = std::move(posted_.front());
      posted_.pop_front();
      task();
    }
  }

  // Lets time pass, timer by timer.
  void Advance(Milliseconds time) {
    const TimePoint end = now_ + time;
    Run();
    while (agenda_.Next().has_value() && *agenda_.Next() <= end) {
      now_ = std::max(now_, *agenda_.Next());
      agenda_.RunDue(now_);
      Run();
    }
    now_ = end;
  }

 private:
  static constexpr std::int64_t kStart = 1'700'000'000'000;

  Milliseconds jumped_{0};
  TimePoint now_ = TimePoint(std::chrono::hours(1));
  Agenda agenda_;
  std::deque<Task> posted_;
};

// Does its jobs at once; what they give runs with the loop.
class InlineWorkshop : public Workshop {
 public:
  explicit InlineWorkshop(Loop& loop) : loop_(loop) {}
  void Do(Job job) override { loop_.Post(job()); }

 private:
  Loop& loop_;
};

}  // namespace chathub
