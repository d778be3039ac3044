#include "hub/base/hub_loop.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <cstdint>
#include <utility>

#include "hub/base/agenda.h"

namespace chathub {
namespace {

// Setting it anew costs a system call and wakes nobody, which a timer of Asio's would.
class Alarm {
 public:
  explicit Alarm(boost::asio::io_context& context)
      : descriptor_(context, timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {}

  void Set(TimePoint when) {
    const auto time = std::max(when.time_since_epoch(), std::chrono::nanoseconds(1));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    itimerspec spec{};
    spec.it_value.tv_sec = seconds.count();
    spec.it_value.tv_nsec = (time - seconds).count();
    timerfd_settime(descriptor_.native_handle(), TFD_TIMER_ABSTIME, &spec, nullptr);
  }

  template <class F>
  void Wait(F on_ring) {
    descriptor_.async_wait(descriptor_.wait_read,
                           [this, on_ring](const boost::system::error_code& error) {
                             if (error) return;
                             std::uint64_t rings = 0;
                             if (read(descriptor_.native_handle(), &rings, sizeof rings) > 0)
                               on_ring();
                             Wait(on_ring);
                           });
  }

 private:
  boost::asio::posix::stream_descriptor descriptor_;
};

}  // namespace

struct HubLoop::Asio {
  Asio() {
    alarm.Wait([this] { Ring(); });
  }

  Agenda agenda;  // outlives the tasks and handlers that are left over, which may hold timers
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work =
      boost::asio::make_work_guard(context);
  Turn turn{{.before_end = [this] { SetAlarm(); },
             .wake = [this] { boost::asio::post(context, [this] { turn.Go(); }); }}};
  Alarm alarm{context};
  TimePoint alarm_at = TimePoint::max();

  void SetAlarm();
  void Ring();
};

// An alarm that is too early rings, finds nothing due and is set again; only what would ring very
// soon is worth being moved away.
void HubLoop::Asio::SetAlarm() {
  constexpr Milliseconds kSoon{10};
  const TimePoint next = agenda.Next().value_or(TimePoint::max());
  if (next == alarm_at) return;
  if (next > alarm_at && alarm_at > std::chrono::steady_clock::now() + kSoon) return;
  alarm_at = next;
  alarm.Set(alarm_at);
}

void HubLoop::Asio::Ring() {
  turn.Run([this] {
    alarm_at = TimePoint::max();
    agenda.RunDue(std::chrono::steady_clock::now());
  });
}

HubLoop::HubLoop() : asio_(std::make_unique<Asio>()) {}

HubLoop::~HubLoop() = default;

void HubLoop::Run() {
  asio_->turn.Post([] {});  // what is to be done at its time sets the alarm
  asio_->context.run();
}

void HubLoop::Stop() { asio_->context.stop(); }

Turn& HubLoop::turn() { return asio_->turn; }

boost::asio::io_context& HubLoop::context() { return asio_->context; }

TimePoint HubLoop::Now() const { return std::chrono::steady_clock::now(); }

std::int64_t HubLoop::WallNow() const {
  return std::chrono::duration_cast<Milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void HubLoop::Post(Task task) { asio_->turn.Post(std::move(task)); }

Timer HubLoop::At(TimePoint when, Task task) { return asio_->agenda.Add(when, std::move(task)); }

}  // namespace chathub
