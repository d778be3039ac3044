// The hub thread as everybody else sees it: tell the time, do something later.
#pragma once

#include <chrono>
#include <cstdint>

#include "absl/functional/any_invocable.h"

namespace chathub {

using TimePoint = std::chrono::steady_clock::time_point;
using Milliseconds = std::chrono::milliseconds;
using Task = absl::AnyInvocable<void()>;

class Agenda;

// Something that will happen on the hub thread, unless the timer is destroyed before. Owned by
// whoever waits; must not outlive the loop that made it.
class Timer {
 public:
  Timer() = default;
  Timer(Agenda* agenda, TimePoint when, std::uint64_t number)
      : agenda_(agenda), when_(when), number_(number) {}
  Timer(Timer&& other) noexcept;
  Timer& operator=(Timer&& other) noexcept;
  ~Timer();

  void Cancel();
  // True from its making until it was cancelled or has gone off.
  bool set() const;

 private:
  Agenda* agenda_ = nullptr;
  TimePoint when_;
  std::uint64_t number_ = 0;
};

// A hub has one; tests have one in virtual time. Post is safe from any thread, everything else
// belongs to the hub thread: to whichever has the turn.
class Loop {
 public:
  virtual ~Loop() = default;

  // Never goes back.
  virtual TimePoint Now() const = 0;
  // Milliseconds since 1970 by the wall clock, for what is kept or shown.
  virtual std::int64_t WallNow() const = 0;
  // Runs the task behind everything that was posted before.
  virtual void Post(Task task) = 0;
  [[nodiscard]] virtual Timer At(TimePoint when, Task task) = 0;

  [[nodiscard]] Timer After(Milliseconds delay, Task task) {
    return At(Now() + delay, std::move(task));
  }
};

}  // namespace chathub
