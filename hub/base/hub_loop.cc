#include "hub/base/hub_loop.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

#include "hub/base/agenda.h"

namespace chathub {

struct HubLoop::Asio {
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work =
      boost::asio::make_work_guard(context);
  Agenda agenda;
  boost::asio::steady_timer alarm{context};
  TimePoint alarm_at = TimePoint::max();

  void SetAlarm();
  void Ring();
};

// A cancelled task may leave the alarm too early: it rings, finds nothing due and is set again.
void HubLoop::Asio::SetAlarm() {
  const auto next = agenda.Next();
  if (!next.has_value() || *next >= alarm_at) return;
  alarm_at = *next;
  alarm.expires_at(alarm_at);
  alarm.async_wait([this](const boost::system::error_code& error) {
    if (!error) Ring();
  });
}

void HubLoop::Asio::Ring() {
  alarm_at = TimePoint::max();
  agenda.RunDue(std::chrono::steady_clock::now());
  SetAlarm();
}

HubLoop::HubLoop() : asio_(std::make_unique<Asio>()) {}

HubLoop::~HubLoop() = default;

void HubLoop::Run() { asio_->context.run(); }

void HubLoop::Stop() { asio_->context.stop(); }

boost::asio::io_context& HubLoop::context() { return asio_->context; }

TimePoint HubLoop::Now() const { return std::chrono::steady_clock::now(); }

std::int64_t HubLoop::WallNow() const {
  return std::chrono::duration_cast<Milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void HubLoop::Post(Task task) { boost::asio::post(asio_->context, std::move(task)); }

Timer HubLoop::At(TimePoint when, Task task) {
  Timer timer = asio_->agenda.Add(when, std::move(task));
  asio_->SetAlarm();
  return timer;
}

}  // namespace chathub
