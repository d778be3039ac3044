// What a handler did in a test, for the test to look at.
#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "chathub/testing.h"

namespace chathub::sdk {

// Any thread.
class Record {
 public:
  // A Say or Happen begins.
  void Begin() {
    std::lock_guard lock(mutex_);
    actions_.clear();
    failures_.clear();
  }
  void Do(v1::Action action) {
    std::lock_guard lock(mutex_);
    actions_.push_back(std::move(action));
  }
  void Fail(std::string why) {
    std::lock_guard lock(mutex_);
    failures_.push_back(std::move(why));
  }
  void Send(SentMessage message) {
    std::lock_guard lock(mutex_);
    sent_.push_back(std::move(message));
  }

  std::vector<v1::Action> actions() const { return Copy(actions_); }
  std::vector<std::string> failures() const { return Copy(failures_); }
  std::vector<SentMessage> sent() const { return Copy(sent_); }

 private:
  template <typename T>
  std::vector<T> Copy(const std::vector<T>& all) const {
    std::lock_guard lock(mutex_);
    return all;
  }

  mutable std::mutex mutex_;
  std::vector<v1::Action> actions_;
  std::vector<std::string> failures_;
  std::vector<SentMessage> sent_;
};

}  // namespace chathub::sdk
