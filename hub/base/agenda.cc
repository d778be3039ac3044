#include "hub/base/agenda.h"

namespace chathub {

Timer::Timer(Timer&& other) noexcept
    : agenda_(std::exchange(other.agenda_, nullptr)), when_(other.when_), number_(other.number_) {}

Timer& Timer::operator=(Timer&& other) noexcept {
  if (this != &other) {
    Cancel();
    agenda_ = std::exchange(other.agenda_, nullptr);
    when_ = other.when_;
    number_ = other.number_;
  }
  return *this;
}

Timer::~Timer() { Cancel(); }

void Timer::Cancel() {
  if (agenda_ != nullptr) std::exchange(agenda_, nullptr)->Cancel(when_, number_);
}

bool Timer::set() const { return agenda_ != nullptr && agenda_->Has(when_, number_); }

Timer Agenda::Add(TimePoint when, Task task) {
  const std::uint64_t number = ++last_number_;
  tasks_.emplace(std::pair(when, number), std::move(task));
  return Timer(this, when, number);
}

std::optional<TimePoint> Agenda::Next() const {
  if (tasks_.empty()) return std::nullopt;
  return tasks_.begin()->first.first;
}

void Agenda::RunDue(TimePoint now) {
  while (!tasks_.empty() && tasks_.begin()->first.first <= now) {
    Task task = std::move(tasks_.begin()->second);
    tasks_.erase(tasks_.begin());
    task();
  }
}

}  // namespace chathub
