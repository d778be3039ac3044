// Threads that run the author's functions.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace chathub::sdk {

// Any thread may Post; one thread Starts and Closes.
//
// As long as functions return at once, one thread runs what waits, one after the other: waking
// others would cost more than it gains. An overseer looks every millisecond; when nothing was begun
// since its last look, or functions take long anyhow, more threads are woken.
class WorkerPool {
 public:
  // `caught_up` is called, on a thread of the pool, whenever there is nothing left to begin, and at
  // the latest a millisecond after something was begun: what the work has to say goes out then.
  explicit WorkerPool(std::function<void()> caught_up = [] {});
  // Closes without patience.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void Start(int threads);
  // Runs it on one of the threads; forgotten after Close.
  void Post(std::function<void()> work);
  // The caller is work of ours, so `caught_up` will be called behind it.
  bool OnOwnThread() const;
  // Begins nothing more and waits for what runs. False if something still runs after `patience`: it
  // is left behind, and must not use what dies with us.
  bool Close(std::chrono::milliseconds patience);

 private:
  struct Shared;

  // Shared with the threads that may have to be left behind.
  const std::shared_ptr<Shared> shared_;
  std::vector<std::thread> threads_;
};

}  // namespace chathub::sdk
