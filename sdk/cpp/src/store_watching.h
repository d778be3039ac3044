// What stands behind a StoreWatch: a thread that hears of changes and comes back after a break.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "chathub/store.h"
#include "chathub/v1/store.grpc.pb.h"
#include "unary_calls.h"

namespace chathub::sdk {

StoreEntry FromProto(const v1::StoreEntry& wire);

class StoreWatching {
 public:
  // `calls` must outlive us.
  StoreWatching(UnaryCalls& calls, std::string prefix,
                std::function<void(const StoreChange&)> heard);
  // Ends the thread.
  ~StoreWatching();
  StoreWatching(const StoreWatching&) = delete;
  StoreWatching& operator=(const StoreWatching&) = delete;

 private:
  void Run();
  // One stream, to its end. True if anything came.
  bool Hear();
  // False: it is to end.
  bool Rest(std::chrono::milliseconds time);

  UnaryCalls& calls_;
  const std::string prefix_;
  const std::function<void(const StoreChange&)> heard_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;                   // guarded by mutex_
  grpc::ClientContext* context_ = nullptr;  // of the open stream; guarded by mutex_
  std::thread thread_;
};

}  // namespace chathub::sdk
