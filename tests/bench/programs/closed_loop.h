// What every load program does: keeps so many messages under way and measures how they come back.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace chathub::bench {

// A message lies in a *slot*, a number below the window; when it came back, the slot sends the next
// one: at once, or as soon as a lot of them is back, as a chat service does that hands its messages
// over in lots. Owned by main, whose thread reads the commands; the client's thread tells what came
// back.
class ClosedLoop {
 public:
  using Send = std::function<void(int slot)>;
  explicit ClosedLoop(Send send) : send_(std::move(send)) {}

  // One thread, the client's. Sends what is to follow, unless the time is over.
  void Returned(int slot);

  // Says `ready`, then obeys `run WINDOW SECONDS LOT` until the input ends; frame/load.py has the
  // rest.
  int Obey();

 private:
  using Clock = std::chrono::steady_clock;

  void Run(int window, double seconds, int lot);
  bool Count(int slot, Clock::time_point now);
  void Tell(double seconds);

  const Send send_;
  std::vector<Clock::time_point> sent_at_;  // by slot

  std::mutex mutex_;  // guards what follows
  std::condition_variable all_back_;
  Clock::time_point ends_;
  std::vector<double> latencies_;  // of those that were back in time, in microseconds
  int under_way_ = 0;
  std::vector<int> back_;  // and not sent again yet
  std::size_t lot_ = 1;
};

// So many bytes, at least, that begin with `beginning` and the slot.
std::string TextOf(std::string_view beginning, int slot, std::size_t bytes = 100);
// The slot in a text that begins with it.
int SlotIn(std::string_view text);

}  // namespace chathub::bench
