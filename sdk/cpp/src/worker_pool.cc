#include "worker_pool.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

namespace chathub::sdk {

struct WorkerPool::Shared {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::function<void()>> waiting;
  std::size_t at_work = 0;  // threads that have not ended
  bool closed = false;
};

WorkerPool::WorkerPool() : shared_(std::make_shared<Shared>()) {}

WorkerPool::~WorkerPool() { Close({}); }

void WorkerPool::Start(int threads) {
  for (int i = 0; i < std::max(threads, 1); ++i) {
    std::lock_guard lock(shared_->mutex);
    ++shared_->at_work;
    threads_.emplace_back([shared = shared_] { Work(shared); });
  }
}

void WorkerPool::Post(std::function<void()> work) {
  std::lock_guard lock(shared_->mutex);
  if (shared_->closed) return;
  shared_->waiting.push_back(std::move(work));
  shared_->changed.notify_one();
}

bool WorkerPool::Close(std::chrono::milliseconds patience) {
  bool all_ended = true;
  {
    std::unique_lock lock(shared_->mutex);
    shared_->closed = true;
    shared_->waiting.clear();
    shared_->changed.notify_all();
    all_ended = shared_->changed.wait_for(lock, patience, [this] { return shared_->at_work == 0; });
  }
  for (std::thread& thread : threads_) all_ended ? thread.join() : thread.detach();
  threads_.clear();
  return all_ended;
}

void WorkerPool::Work(const std::shared_ptr<Shared>& shared) {
  std::unique_lock lock(shared->mutex);
  while (true) {
    shared->changed.wait(lock, [&] { return shared->closed || !shared->waiting.empty(); });
    if (shared->closed) break;
    auto work = std::move(shared->waiting.front());
    shared->waiting.pop_front();
    lock.unlock();
    work();
    work = nullptr;
    lock.lock();
  }
  --shared->at_work;
  shared->changed.notify_all();
}

}  // namespace chathub::sdk
