// Whose turn it is to think: some thread's or nobody's, never that of two.
#pragma once

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "hub/base/loop.h"

namespace chathub {

// The hub thread is whichever thread has the turn. Whoever comes while another has it leaves its
// task there and goes: nobody waits, and a task changes threads only when it must. Whoever thinks
// has something else to wait for, so it does not go on for ever because others leave it more.
class Turn {
 public:
  struct Calls {
    Task before_end;  // a turn is about to end, or has gone on for long; with the turn
    Task wake;        // something waits: a thread must say Go soon; any thread calls it
  };
  // After so long a turn goes no further than what it must: what waits is for the next.
  static constexpr Milliseconds kLongest{1};

  explicit Turn(Calls calls) : calls_(std::move(calls)) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  // Any thread. True: the caller thinks from now on, until it says End. False: another does, and
  // will run the task, which is untouched otherwise.
  template <class F>
  bool Take(F&& task) {
    const std::lock_guard lock(mutex_);
    if (taken_) {
      left_.emplace_back(std::forward<F>(task));
      return false;
    }
    taken_ = true;
    mine_ = this;
    return true;
  }

  // With the turn: runs what was left or posted until now. True if that posted more. For whoever
  // looks at what it waits for between two laps: its turn may go on as long as there is more.
  bool GoOn();
  // With the turn: runs what was posted or left, then gives the turn away.
  void End();

  // Any thread. Runs the task at once if the caller has the turn or can have it, else it leaves it.
  // What the task posts may wait, for others who are about to post.
  template <class F>
  void Run(F&& task) {
    if (mine_ == this) return task();
    if (!Take(std::forward<F>(task))) return;
    task();
    while (!GiveAway()) RunAll(left_now_);
  }

  // Any thread. Runs the task behind everything that the caller posted before.
  void Post(Task task);

  // What `wake` asks for.
  void Go();

 private:
  // False, and the turn goes on, if tasks were left: they are in left_now_.
  bool GiveAway();
  void RunLap();
  // It has gone on for long; asked only when there is more to do.
  bool IsLong();
  static void RunAll(std::vector<Task>& tasks);

  static thread_local const Turn* mine_;

  Calls calls_;

  std::mutex mutex_;  // guards the next four
  bool taken_ = false;
  bool kept_for_go_ = false;  // taken, by nobody yet
  bool woken_ = false;
  std::vector<Task> left_;  // by those who have not the turn

  // Of whoever has the turn; the last two are kept for their memory.
  std::optional<TimePoint> long_at_;
  std::vector<Task> posted_;
  std::vector<Task> posted_before_;
  std::vector<Task> left_now_;
};

}  // namespace chathub
