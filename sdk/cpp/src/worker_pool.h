// Threads that read the stream and run the author's functions.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace chathub::sdk {

// Where work comes from and what it has to say goes to.
class WorkSource {
 public:
  virtual ~WorkSource() = default;
  // Blocks until something happens and deals with it, which may Post. False: that was the last.
  virtual bool Read() = 0;
  // Ends the Read that blocks, and those to come.
  virtual void EndReading() = 0;
  // Sends what the work has to say.
  virtual void Speak() = 0;
};

// Any thread may Post; one thread Starts and Closes.
//
// As long as functions return at once, one thread does it all: it reads, runs what came, one after
// the other, speaks and reads on. Handing over to another thread would cost more than most
// functions do. While something runs, an overseer looks every two milliseconds; when nothing was
// begun or read for one of them, or functions take long anyhow, another thread reads on and runs
// what waits.
class WorkerPool {
 public:
  // Tells how long things take; tests have their own.
  using Now = std::chrono::steady_clock::time_point (*)();

  // `source` must outlive us, except for work that is left behind.
  explicit WorkerPool(WorkSource& source, Now now = std::chrono::steady_clock::now);
  // Closes without patience.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Runs so much work at a time.
  void Start(int most);
  // Runs it on one of the threads; forgotten after Close.
  void Post(std::function<void()> work);
  // The caller is work of ours, so what it has to say will be sent behind it, and after two
  // milliseconds at the latest.
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
