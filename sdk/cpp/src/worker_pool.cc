#include "worker_pool.h"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <utility>

namespace chathub::sdk {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook{1};
// A function that takes longer is worth waking another thread.
constexpr std::chrono::microseconds kLong{200};

thread_local const void* at_work_for = nullptr;  // the pool whose thread this is

}  // namespace

struct WorkerPool::Shared {
  explicit Shared(std::function<void()> the_caught_up) : caught_up(std::move(the_caught_up)) {}

  void Post(std::function<void()> work);
  void CallWorker();
  void Work();
  void RunAll(std::unique_lock<std::mutex>& lock);
  void Oversee();
  void Ended();

  const std::function<void()> caught_up;

  std::mutex mutex;  // guards everything below
  std::condition_variable work_waits;
  std::condition_variable work_begins;  // for the overseer
  std::condition_variable ended;
  std::deque<std::function<void()>> waiting;
  std::size_t idle = 0;       // workers that wait
  std::size_t called = 0;     // of them, who are on their way
  std::size_t working = 0;    // workers that do not wait
  std::uint64_t begun = 0;    // how much work, ever
  bool takes_long = false;    // the last function did
  bool overseen = false;      // the overseer looks
  std::size_t not_ended = 0;  // threads
  bool closed = false;
};

WorkerPool::WorkerPool(std::function<void()> caught_up)
    : shared_(std::make_shared<Shared>(std::move(caught_up))) {}

WorkerPool::~WorkerPool() { Close({}); }

void WorkerPool::Start(int threads) {
  threads = std::max(threads, 1);
  shared_->not_ended = static_cast<std::size_t>(threads) + 1;
  for (int i = 0; i < threads; ++i) {
    threads_.emplace_back([shared = shared_] { shared->Work(); });
  }
  threads_.emplace_back([shared = shared_] { shared->Oversee(); });
}

bool WorkerPool::OnOwnThread() const { return at_work_for == shared_.get(); }

void WorkerPool::Post(std::function<void()> work) { shared_->Post(std::move(work)); }

bool WorkerPool::Close(std::chrono::milliseconds patience) {
  bool all_ended = true;
  {
    std::unique_lock lock(shared_->mutex);
    shared_->closed = true;
    shared_->waiting.clear();
    shared_->work_waits.notify_all();
    shared_->work_begins.notify_all();
    all_ended = shared_->ended.wait_for(lock, patience, [this] { return shared_->not_ended == 0; });
  }
  for (std::thread& thread : threads_) all_ended ? thread.join() : thread.detach();
  threads_.clear();
  return all_ended;
}

void WorkerPool::Shared::Post(std::function<void()> work) {
  const std::lock_guard lock(mutex);
  if (closed) return;
  waiting.push_back(std::move(work));
  if (working + called == 0 || takes_long) CallWorker();
}

void WorkerPool::Shared::CallWorker() {
  if (called == idle) return;
  ++called;
  work_waits.notify_one();
}

void WorkerPool::Shared::Work() {
  at_work_for = this;
  std::unique_lock lock(mutex);
  while (!closed) {
    ++idle;
    work_waits.wait(lock, [this] { return closed || called > 0 || !waiting.empty(); });
    --idle;
    if (called > 0) --called;
    ++working;
    RunAll(lock);
    --working;
  }
  Ended();
}

void WorkerPool::Shared::RunAll(std::unique_lock<std::mutex>& lock) {
  while (!closed && !waiting.empty()) {
    std::function<void()> work = std::move(waiting.front());
    waiting.pop_front();
    ++begun;
    if (!std::exchange(overseen, true)) work_begins.notify_one();
    lock.unlock();
    const auto start = Clock::now();
    work();
    work = nullptr;
    const bool took_long = Clock::now() - start > kLong;
    lock.lock();
    takes_long = took_long;
    if (closed) return;
    if (!waiting.empty()) {
      if (takes_long) CallWorker();
      continue;
    }
    lock.unlock();
    caught_up();
    lock.lock();
  }
}

void WorkerPool::Shared::Oversee() {
  std::unique_lock lock(mutex);
  while (!closed) {
    work_begins.wait(lock, [this] { return closed || overseen; });
    const std::uint64_t begun_before = begun;
    work_begins.wait_for(lock, kLook, [this] { return closed; });
    if (closed) break;
    if (working == 0) {
      overseen = false;
      continue;
    }
    if (begun == begun_before && !waiting.empty()) CallWorker();
    lock.unlock();
    caught_up();
    lock.lock();
  }
  Ended();
}

void WorkerPool::Shared::Ended() {
  --not_ended;
  ended.notify_all();
}

}  // namespace chathub::sdk
