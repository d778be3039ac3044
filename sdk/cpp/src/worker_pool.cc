#include "worker_pool.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

#include "alarm.h"

namespace chathub::sdk {
namespace {

using TimePoint = std::chrono::steady_clock::time_point;
using Lock = std::unique_lock<std::mutex>;

// How often the overseer looks, and how long it lets others wait for a function.
constexpr std::chrono::milliseconds kLook{2};
constexpr std::chrono::milliseconds kPatience{1};
constexpr std::chrono::nanoseconds kAtOnce{1};
// A function that takes longer is worth waking another thread before the next.
constexpr std::chrono::microseconds kLong{200};

thread_local const void* at_work_for = nullptr;  // the pool whose thread this is

}  // namespace

struct WorkerPool::Shared {
  Shared(WorkSource& the_source, Now the_now) : source(the_source), now(the_now) {}

  bool OnOwnThread() const { return at_work_for == this; }
  bool CanRun() const { return !waiting.empty() && running < most; }
  bool CanRead() const { return !reading && !all_read; }
  bool MustRead() const { return read_overdue && CanRead(); }
  void Post(std::function<void()> work);
  void Call();
  void Work();
  void Run(Lock& lock);
  void Speak(Lock& lock);
  void Read(Lock& lock);
  void Wait(Lock& lock);
  void Oversee();
  void Ended();

  WorkSource& source;
  const Now now;
  Alarm look;  // for the overseer

  std::mutex mutex;  // guards everything below
  std::condition_variable called_for;
  std::condition_variable ended;
  std::deque<std::function<void()>> waiting;
  std::size_t most = 1;
  std::size_t running = 0;    // work
  bool reading = false;       // somebody does
  bool read_overdue = false;  // it comes before waiting work
  bool all_read = false;      // there is nothing more to be read
  bool to_say = false;        // work has ended since somebody spoke
  std::size_t idle = 0;       // threads that wait
  std::size_t called = 0;     // of them, who are on their way
  TimePoint begun;            // when the last work was
  TimePoint read;             // when somebody read last
  bool takes_long = false;    // the last function did
  bool overseen = false;      // the overseer looks
  std::size_t not_ended = 0;  // threads
  bool closed = false;
};

WorkerPool::WorkerPool(WorkSource& source, Now now)
    : shared_(std::make_shared<Shared>(source, now)) {}

WorkerPool::~WorkerPool() { Close({}); }

void WorkerPool::Start(int most) {
  shared_->most = static_cast<std::size_t>(std::max(most, 1));
  const std::size_t workers = shared_->most + 1;  // one of them can always read
  shared_->not_ended = workers + 1;
  for (std::size_t i = 0; i < workers; ++i) {
    threads_.emplace_back([shared = shared_] { shared->Work(); });
  }
  threads_.emplace_back([shared = shared_] { shared->Oversee(); });
}

bool WorkerPool::OnOwnThread() const { return shared_->OnOwnThread(); }

void WorkerPool::Post(std::function<void()> work) { shared_->Post(std::move(work)); }

bool WorkerPool::Close(std::chrono::milliseconds patience) {
  Shared& shared = *shared_;
  bool all_ended = true;
  {
    Lock lock(shared.mutex);
    if (!std::exchange(shared.closed, true)) shared.source.EndReading();
    shared.waiting.clear();
    shared.called_for.notify_all();
    shared.look.Set(kAtOnce);
    shared.ended.wait(lock, [&] { return shared.not_ended <= shared.running; });
    all_ended = shared.ended.wait_for(lock, patience, [&] { return shared.not_ended == 0; });
  }
  for (std::thread& thread : threads_) all_ended ? thread.join() : thread.detach();
  threads_.clear();
  return all_ended;
}

void WorkerPool::Shared::Post(std::function<void()> work) {
  const Lock lock(mutex);
  if (closed) return;
  waiting.push_back(std::move(work));
  if (takes_long || (running == 0 && !OnOwnThread())) Call();
}

void WorkerPool::Shared::Call() {
  if (called == idle) return;
  ++called;
  called_for.notify_one();
}

void WorkerPool::Shared::Work() {
  at_work_for = this;
  Lock lock(mutex);
  while (!closed) {
    if (to_say && (takes_long || !CanRun())) {
      Speak(lock);
    } else if (CanRun() && !MustRead()) {
      Run(lock);
    } else if (CanRead()) {
      Read(lock);
    } else {
      Wait(lock);
    }
  }
  Ended();
}

void WorkerPool::Shared::Run(Lock& lock) {
  std::function<void()> work = std::move(waiting.front());
  waiting.pop_front();
  ++running;
  const auto start = begun = now();
  if (!std::exchange(overseen, true)) look.Set(kLook);
  if (takes_long && (CanRun() || CanRead())) Call();
  lock.unlock();
  work();
  work = nullptr;
  const bool took_long = now() - start > kLong;
  lock.lock();
  takes_long = took_long;
  to_say = true;
  --running;
}

void WorkerPool::Shared::Speak(Lock& lock) {
  to_say = false;
  lock.unlock();
  source.Speak();
  lock.lock();
}

void WorkerPool::Shared::Read(Lock& lock) {
  reading = true;
  read_overdue = false;
  if (running == 0 && std::exchange(overseen, false)) look.Cancel();
  lock.unlock();
  const bool more = source.Read();
  lock.lock();
  reading = false;
  read = now();
  all_read = !more;
}

void WorkerPool::Shared::Wait(Lock& lock) {
  ++idle;
  called_for.wait(lock, [this] { return closed || called > 0 || CanRun() || CanRead(); });
  --idle;
  if (called > 0) --called;
}

void WorkerPool::Shared::Oversee() {
  while (true) {
    look.Wait();
    Lock lock(mutex);
    if (closed) return Ended();
    // Whatever it was set for is over.
    if (!overseen) continue;
    const auto patience_began = now() - kPatience;
    if (begun <= patience_began) {
      overseen = running > 0;
      if (!overseen) continue;
      takes_long = true;
      if (CanRun() || CanRead()) Call();
    } else if (CanRead() && read <= patience_began) {
      read_overdue = true;
      Call();
    }
    Speak(lock);
    if (overseen) look.Set(kLook);
  }
}

void WorkerPool::Shared::Ended() {
  --not_ended;
  ended.notify_all();
}

}  // namespace chathub::sdk
