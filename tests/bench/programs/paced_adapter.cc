// An adapter whose users do not wait for answers: paced-adapter HANDLERS.
//
// Says `ready`; for each line `run RATE SECONDS WARM-UP`, RATE messages a second to that many
// handlers in turn (echo_handler.cc) for that time, and a while to come back. Then an object of
// JSON: {"sent": messages, "rate": answers a second in that time, to these and to earlier ones,
// "p50", "p99": us, of these, but for those of the first WARM-UP seconds, "late": answers to these
// behind it}. Other words do not count. What finds no space in the adapter's outbox is lost where
// it came from, before it costs the processors anything: it counts as sent.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <future>
#include <iostream>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "chathub/adapter.h"

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::duration;

constexpr std::size_t kTextBytes = 100;
constexpr int kConversations = 1'000;
constexpr std::chrono::milliseconds kTick{1};
constexpr std::chrono::milliseconds kAtOnce{0};
constexpr std::chrono::milliseconds kGrace{1'000};

class Pace {
 public:
  Pace(chathub::Adapter& adapter, int handlers) : adapter_(adapter), handlers_(handlers) {
    for (int i = 0; i < kConversations; ++i) {
      chathub::v1::Event& event = events_.emplace_back();
      event.mutable_conversation()->set_room("bench/room" + std::to_string(i));
      event.mutable_user()->set_id("bench/user" + std::to_string(i));
    }
  }

  void Run(double rate, double seconds, double warm_up) {
    Begin(seconds, warm_up);
    const auto start = Clock::now();
    std::size_t sent = 0;
    for (double passed = 0; passed < seconds;) {
      const auto due = static_cast<std::size_t>(rate * passed);
      for (; sent < due && Clock::now() < ends_ && adapter_.AwaitSpace(kAtOnce); ++sent) Send();
      sent = due;
      std::this_thread::sleep_for(kTick);
      passed = duration<double>(Clock::now() - start).count();
    }
    std::this_thread::sleep_for(kGrace);
    Tell(sent, seconds);
  }

  // Any thread.
  void Returned(std::string_view text) {
    const auto now = Clock::now();
    std::size_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::lock_guard lock(mutex_);
    if (read.ec != std::errc()) return;
    if (now < ends_) ++answers_;
    if (number < first_ || number - first_ >= sent_at_.size()) return;
    Clock::time_point& sent_at = sent_at_[number - first_];
    if (sent_at == Clock::time_point()) return;
    if (now >= ends_) {
      ++late_;
    } else if (sent_at >= warm_at_) {
      latencies_.push_back(duration<double, std::micro>(now - sent_at).count());
    }
    sent_at = {};
  }

 private:
  void Begin(double seconds, double warm_up) {
    const std::lock_guard lock(mutex_);
    first_ += sent_at_.size();
    sent_at_.clear();
    latencies_.clear();
    answers_ = 0;
    late_ = 0;
    const auto start = Clock::now();
    warm_at_ = start + std::chrono::duration_cast<Clock::duration>(duration<double>(warm_up));
    ends_ = start + std::chrono::duration_cast<Clock::duration>(duration<double>(seconds));
  }

  void Send() {
    std::size_t number = 0;
    {
      const std::lock_guard lock(mutex_);
      number = first_ + sent_at_.size();
      sent_at_.push_back(Clock::now());
    }
    chathub::v1::Event event = events_[number % kConversations];
    std::string& text = *event.mutable_message()->mutable_content()->mutable_text();
    text.reserve(kTextBytes);
    text.append("work").append(std::to_string(number % handlers_)).append(1, ' ');
    text.append(std::to_string(number)).append(1, ' ');
    text.resize(std::max(text.size(), kTextBytes), 'x');
    (void)adapter_.Emit(std::move(event));
  }

  void Tell(std::size_t sent, double seconds) {
    const std::lock_guard lock(mutex_);
    std::sort(latencies_.begin(), latencies_.end());
    const auto quantile = [this](double part) {
      if (latencies_.empty()) return 1e9;
      return latencies_[static_cast<std::size_t>(part * (latencies_.size() - 1))];
    };
    std::printf("{\"sent\": %zu, \"rate\": %.1f, \"p50\": %.1f, \"p99\": %.1f, \"late\": %zu}\n",
                sent, answers_ / seconds, quantile(0.5), quantile(0.99), late_);
    std::fflush(stdout);
  }

  chathub::Adapter& adapter_;
  const std::size_t handlers_;
  std::vector<chathub::v1::Event> events_;  // without texts, one for each conversation

  std::mutex mutex_;  // guards what follows
  std::size_t first_ = 0;
  std::vector<Clock::time_point> sent_at_;  // by number, from first_; nothing: it is back
  std::vector<double> latencies_;           // us
  std::size_t answers_ = 0;
  std::size_t late_ = 0;
  Clock::time_point warm_at_;
  Clock::time_point ends_;
};

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  chathub::AdapterOptions options;
  options.service = "benchmark";
  options.own_user_id = "bench/bot";
  chathub::Adapter adapter("bench", options);
  Pace pace(adapter, std::stoi(words[1]));
  adapter.OnOrder([&](const chathub::v1::Order& order, chathub::OrderResult& result) {
    for (const auto& action : order.actions()) {
      result.Done();
      pace.Returned(action.send().content().text());
    }
  });
  std::promise<void> attached;
  std::atomic_flag said;
  adapter.OnAttached([&](const auto&) {
    if (!said.test_and_set()) attached.set_value();
  });
  adapter.Start();
  attached.get_future().wait();
  std::cout << "ready" << std::endl;
  std::string word;
  double rate = 0;
  double seconds = 0;
  double warm_up = 0;
  while (std::cin >> word >> rate >> seconds >> warm_up) pace.Run(rate, seconds, warm_up);
  adapter.Stop();
  return adapter.Wait();
}
