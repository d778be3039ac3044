// What stands behind an Adapter: its session, the thread of its lifeline, the thread of its
// functions.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "adapter_session.h"
#include "chathub/adapter.h"
#include "lifeline.h"
#include "log.h"
#include "worker_pool.h"

namespace chathub::sdk {

// Owned by its Adapter, and by functions that had to be left behind.
class AdapterCore : public std::enable_shared_from_this<AdapterCore> {
 public:
  AdapterCore(const std::string& name, AdapterOptions options);

  // Set before Start.
  Adapter::OrderFunction on_order;
  std::function<void(const v1::AdapterHelloOk&)> on_attached;
  std::function<void(std::uint64_t)> on_accepted;
  std::function<void(int)> on_ended;

  void Start();
  void Stop() { lifeline_.Stop(); }
  int Wait();
  int Run();

  Result<std::uint64_t> Emit(v1::Event event, const EventOrigin& origin);
  bool AwaitSpace(std::chrono::milliseconds patience);
  bool AwaitSettled(std::chrono::milliseconds patience);
  void Tell(v1::AdapterItem item);
  void Rename(std::string own_user_id, const std::vector<std::string>& mention_names);

 private:
  // What blocked callers wait for; a copy, so that they do not hold the session up.
  struct Progress {
    std::uint64_t settled = 0;
    bool has_space = true;
    std::optional<int> ended;
  };

  void Attend();
  // Under the lifeline's lock, after every change of the session.
  void Settle();
  // On the thread of the functions.
  void DoOrder(v1::Order& order);
  void CallOrderFunction(const v1::Order& order, OrderResult& result);
  bool AwaitProgress(std::chrono::milliseconds patience,
                     const std::function<bool(const Progress&)>& reached);

  const std::string name_;
  const bool handle_signals_;
  const Log log_;

  std::mutex mutex_;
  std::condition_variable changed_;
  Progress progress_;  // guarded by mutex_

  AdapterSession session_;
  std::uint64_t told_accepted_ = 0;  // under the lifeline's lock
  Lifeline<AdapterSession> lifeline_;
  WorkerPool functions_;  // one at a time
  std::thread attending_;
};

}  // namespace chathub::sdk
