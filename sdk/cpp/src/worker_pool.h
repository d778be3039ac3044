// Threads that run the author's functions.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace chathub::sdk {

// Any thread may Post; one thread Starts and Closes.
class WorkerPool {
 public:
  WorkerPool();
  // Closes without patience.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void Start(int threads);
  // Runs it on one of the threads; forgotten after Close.
  void Post(std::function<void()> work);
  // Begins nothing more and waits for what runs. False if something still runs after `patience`: it
  // is left behind, and must not use what dies with us.
  bool Close(std::chrono::milliseconds patience);

 private:
  struct Shared;

  static void Work(const std::shared_ptr<Shared>& shared);

  // Shared with the threads that may have to be left behind.
  const std::shared_ptr<Shared> shared_;
  std::vector<std::thread> threads_;
};

}  // namespace chathub::sdk
