// Deliveries as work for threads: what may begin now, and what waits for its turn.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "chathub/v1/handlers.pb.h"
#include "lanes.h"

namespace chathub::sdk {

// A delivery that a worker is to run the function of.
struct Job {
  // Unique in this process; the same delivery run again is another job.
  std::uint64_t number = 0;
  std::shared_ptr<const v1::Delivery> delivery;
  // Set from another thread when the delivery was ended by somebody else. A job that is cancelled
  // before it began never begins.
  std::shared_ptr<std::atomic<bool>> cancelled;
  // When the delivery came, with what is left of the user's patience.
  std::chrono::steady_clock::time_point since;
};

// One at a time per conversation, except for those that are free.
class JobQueue {
 public:
  enum class Turn { kLast, kFirst, kFree };

  Job Add(std::shared_ptr<const v1::Delivery> delivery, Turn turn,
          std::chrono::steady_clock::time_point since);
  // The function of this job has ended: the next of its conversation may begin.
  void Returned(std::uint64_t number);
  // Nothing if it has returned already, or never was.
  const Job* Find(std::uint64_t number) const;

  // What workers are to do next; each is given out once.
  std::vector<Job> TakeReady() { return std::exchange(ready_, {}); }

 private:
  struct Entry {
    Job job;
    std::string lane;
    bool free = false;
  };

  void Begin(std::uint64_t number);

  Lanes lanes_;
  std::unordered_map<std::uint64_t, Entry> entries_;  // queued or running
  std::vector<Job> ready_;
  std::uint64_t last_ = 0;
};

}  // namespace chathub::sdk
