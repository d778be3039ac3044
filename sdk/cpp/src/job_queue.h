// Deliveries as work for threads: what may begin now, and what waits for its turn.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "chathub/v1/handlers.pb.h"
#include "lanes.h"

namespace chathub::sdk {

// A delivery that a worker is to run the function of; run again, it is another job. Shared by the
// session, the queue and the worker.
struct Job {
  Job(std::uint64_t number_, std::shared_ptr<const v1::Delivery> delivery_,
      std::chrono::steady_clock::time_point since_, std::string lane_)
      : number(number_), delivery(std::move(delivery_)), since(since_), lane(std::move(lane_)) {}

  // Grows from job to job.
  const std::uint64_t number;
  const std::shared_ptr<const v1::Delivery> delivery;
  // When the delivery came, with what is left of the user's patience.
  const std::chrono::steady_clock::time_point since;
  // Empty: it waits for nobody.
  const std::string lane;
  // Set from another thread when the delivery was ended by somebody else. A job that is cancelled
  // before it began never begins.
  std::atomic<bool> cancelled = false;
  // Its function has ended, and the next one of the lane may begin.
  bool returned = false;
};

// One at a time per conversation, except for those that are free.
class JobQueue {
 public:
  enum class Turn { kLast, kFirst, kFree };

  std::shared_ptr<Job> Add(std::shared_ptr<const v1::Delivery> delivery, Turn turn,
                           std::chrono::steady_clock::time_point since);
  // The function of this job has ended: the next of its conversation may begin.
  void Returned(Job& job);

  // What workers are to do next; each is given out once.
  std::vector<std::shared_ptr<Job>> TakeReady() { return std::exchange(ready_, {}); }

 private:
  void Begin(std::shared_ptr<Job> job);

  Lanes<std::shared_ptr<Job>> lanes_;
  std::vector<std::shared_ptr<Job>> ready_;
  std::uint64_t last_ = 0;
};

}  // namespace chathub::sdk
