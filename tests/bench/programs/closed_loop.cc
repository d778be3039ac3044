#include "tests/bench/programs/closed_loop.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iostream>

namespace chathub::bench {
namespace {

constexpr std::chrono::seconds kPatience{20};

double Quantile(std::vector<double>& values, double part) {
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(part * (values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

void ClosedLoop::Returned(int slot) {
  const auto now = Clock::now();
  std::vector<int> lot;
  {
    const std::lock_guard lock(mutex_);
    if (!Count(slot, now) || back_.size() < lot_) return;
    lot.swap(back_);
  }
  for (const int next : lot) {
    sent_at_[next] = lot.size() == 1 ? now : Clock::now();
    send_(next);
  }
}

// False when the time is over.
bool ClosedLoop::Count(int slot, Clock::time_point now) {
  back_.push_back(slot);
  if (now < ends_) {
    latencies_.push_back(std::chrono::duration<double, std::micro>(now - sent_at_[slot]).count());
    return true;
  }
  under_way_ -= static_cast<int>(back_.size());
  back_.clear();
  if (under_way_ == 0) all_back_.notify_all();
  return false;
}

int ClosedLoop::Obey() {
  std::cout << "ready" << std::endl;
  std::string word;
  int window = 0;
  double seconds = 0;
  int lot = 0;
  while (std::cin >> word >> window >> seconds >> lot) Run(window, seconds, lot);
  return 0;
}

void ClosedLoop::Run(int window, double seconds, int lot) {
  const auto start = Clock::now();
  {
    const std::lock_guard lock(mutex_);
    ends_ =
        start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    latencies_.clear();
    latencies_.reserve(1'000'000);
    under_way_ = window;
    lot_ = static_cast<std::size_t>(lot);
    sent_at_.assign(window, start);
  }
  for (int slot = 0; slot < window; ++slot) {
    sent_at_[slot] = Clock::now();
    send_(slot);
  }
  std::unique_lock lock(mutex_);
  if (!all_back_.wait_for(lock, kPatience + std::chrono::duration<double>(seconds),
                          [this] { return under_way_ == 0; })) {
    std::fprintf(stderr, "%d messages never came back\n", under_way_);
    std::exit(1);
  }
  Tell(seconds);
}

void ClosedLoop::Tell(double seconds) {
  const std::size_t count = latencies_.size();
  const double p50 = Quantile(latencies_, 0.5);
  const double p99 = Quantile(latencies_, 0.99);
  std::printf("{\"rate\": %.1f, \"p50\": %.1f, \"p99\": %.1f, \"count\": %zu}\n", count / seconds,
              p50, p99, count);
  std::fflush(stdout);
}

std::string TextOf(std::string_view beginning, int slot, std::size_t bytes) {
  std::string text(beginning);
  text += std::to_string(slot) + ' ';
  text.resize(std::max(text.size(), bytes), 'x');
  return text;
}

int SlotIn(std::string_view text) {
  int slot = 0;
  std::from_chars(text.data(), text.data() + text.size(), slot);
  return slot;
}

}  // namespace chathub::bench
