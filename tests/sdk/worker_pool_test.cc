// Who reads and who runs the author's functions.
#include "sdk/cpp/src/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <semaphore>

namespace chathub::sdk {
namespace {

using std::chrono::milliseconds;

// Has nothing to read until it is told.
class QuietSource : public WorkSource {
 public:
  bool Read() override {
    reads_.acquire();
    if (ended_) return false;
    if (comes) comes();
    ++read_;
    read_.notify_all();
    return true;
  }
  void EndReading() override {
    ended_ = true;
    reads_.release();
  }
  void Speak() override {
    ++spoken_;
    spoken_.notify_all();
  }

  // What every Read does; to be set before the first.
  std::function<void()> comes;

  void LetRead() { reads_.release(); }
  void AwaitRead() { read_.wait(0); }
  void AwaitSpoken() { spoken_.wait(0); }

 private:
  std::counting_semaphore<> reads_{0};
  std::atomic<bool> ended_ = false;
  std::atomic<int> read_ = 0;
  std::atomic<int> spoken_ = 0;
};

TEST(WorkerPoolTest, AFunctionThatDoesNotReturnIsLeftBehindWhenPatienceEnds) {
  QuietSource source;
  auto pool = std::make_unique<WorkerPool>(source);
  const auto let_go = std::make_shared<std::atomic<bool>>(false);
  const auto began = std::make_shared<std::atomic<bool>>(false);
  pool->Start(1);
  pool->Post([=] {
    *began = true;
    began->notify_all();
    let_go->wait(false);
  });
  began->wait(false);
  EXPECT_FALSE(pool->Close(milliseconds(1)));
  pool.reset();
  *let_go = true;
  let_go->notify_all();
}

TEST(WorkerPoolTest, AFunctionThatBlocksHoldsUpNobodyElse) {
  QuietSource source;
  WorkerPool pool(source);
  pool.Start(2);
  std::promise<void> let_go;
  std::promise<void> second;
  pool.Post([&] { let_go.get_future().wait(); });
  pool.Post([&] { second.set_value(); });
  second.get_future().wait();
  let_go.set_value();
  EXPECT_TRUE(pool.Close(milliseconds(10'000)));
}

TEST(WorkerPoolTest, SomebodyReadsHoweverManyFunctionsBlock) {
  QuietSource source;
  WorkerPool pool(source);
  pool.Start(2);
  std::promise<void> let_go;
  const std::shared_future<void> gone = let_go.get_future().share();
  pool.Post([=] { gone.wait(); });
  pool.Post([=] { gone.wait(); });
  source.LetRead();
  source.AwaitRead();
  let_go.set_value();
  EXPECT_TRUE(pool.Close(milliseconds(10'000)));
}

// Moved by work alone, so nothing takes long because the machine is busy.
std::atomic<std::chrono::steady_clock::time_point> time_of_work{
    std::chrono::steady_clock::time_point(std::chrono::hours(1))};

// Whoever has just read might read once more before it rests; it does not do so every time.
TEST(WorkerPoolTest, SomebodyReadsHoweverMuchShortWorkThereIs) {
  constexpr int kTimes = 20;
  QuietSource source;
  WorkerPool pool(source, [] { return time_of_work.load(); });
  std::atomic<bool> more = false;
  std::binary_semaphore over{0};
  const std::function<void()> short_work = [&] {
    time_of_work = time_of_work.load() + std::chrono::microseconds(10);
    more ? pool.Post(short_work) : over.release();
  };
  source.comes = [&] {
    more = !more;
    if (more) pool.Post(short_work);
  };
  pool.Start(1);
  for (int i = 0; i < kTimes; ++i) {
    source.LetRead();  // brings work that does not end before the second
    source.LetRead();
    over.acquire();
  }
  EXPECT_TRUE(pool.Close(milliseconds(10'000)));
}

TEST(WorkerPoolTest, NoMoreRunsAtATimeThanItWasToldTo) {
  QuietSource source;
  WorkerPool pool(source);
  pool.Start(1);
  std::promise<void> let_go;
  std::promise<void> last;
  bool first_is_over = false;
  pool.Post([&] {
    let_go.get_future().wait();
    first_is_over = true;
  });
  pool.Post([&] {
    EXPECT_TRUE(first_is_over);
    last.set_value();
  });
  source.LetRead();
  source.AwaitRead();  // on another thread, which does not begin the second
  let_go.set_value();
  last.get_future().wait();
  EXPECT_TRUE(pool.Close(milliseconds(10'000)));
}

TEST(WorkerPoolTest, WhatWorkHasToSayIsSentWhileItStillRuns) {
  QuietSource source;
  WorkerPool pool(source);
  pool.Start(1);
  std::promise<void> let_go;
  pool.Post([&] { let_go.get_future().wait(); });
  source.AwaitSpoken();  // comes from the overseer
  let_go.set_value();
  EXPECT_TRUE(pool.Close(milliseconds(10'000)));
}

}  // namespace
}  // namespace chathub::sdk
