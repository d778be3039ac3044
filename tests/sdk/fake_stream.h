// The hub's end of one Attach call, played by a test.
#pragma once

#include <google/protobuf/text_format.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

namespace chathub {

// How long a test waits for what must come.
inline constexpr std::chrono::seconds kTestPatience{10};

// Any thread. Deletes itself when gRPC is through with it, except that its FakeHub keeps it alive
// for as long as the test looks at it.
template <typename Request, typename Response, typename Item, typename Command>
class FakeStream : public grpc::ServerBidiReactor<Request, Response> {
 public:
  explicit FakeStream(grpc::CallbackServerContext& context) : authorization_(Header(context)) {
    this->StartRead(&request_);
  }

  // The next thing that the peer said. Fails the test if there is none in time.
  Item Next() {
    std::unique_lock lock(mutex_);
    const bool came = changed_.wait_for(lock, kTestPatience, [&] { return !items_.empty(); });
    if (!came) {
      ADD_FAILURE() << "the peer says nothing";
      return {};
    }
    Item item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

  // Says a command, written as text.
  void Say(const std::string& text) {
    Command command;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &command)) << text;
    std::lock_guard lock(mutex_);
    if constexpr (kOfHandler) {
      if (command.has_delivery()) ++held_;
      if (command.has_finish_result() || command.has_cancel()) --held_;
    }
    *waiting_.add_items() = std::move(command);
    Pump();
  }

  void End(grpc::StatusCode code = grpc::StatusCode::OK, const std::string& why = {}) {
    std::lock_guard lock(mutex_);
    FinishOnce(grpc::Status(code, why));
  }

  // The peer closed its side, or is gone.
  bool AwaitPeerEnd() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kTestPatience, [&] { return peer_ended_; });
  }

  bool AwaitDone() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kTestPatience, [&] { return done_; });
  }

  const std::string& authorization() const { return authorization_; }

 private:
  static constexpr bool kOfHandler = requires(const Item& item) { item.has_nack(); };

  static std::string Header(grpc::CallbackServerContext& context) {
    const auto found = context.client_metadata().find("authorization");
    if (found == context.client_metadata().end()) return {};
    return {found->second.data(), found->second.size()};
  }

  void OnReadDone(bool ok) override {
    std::lock_guard lock(mutex_);
    if (!ok) {
      peer_ended_ = true;
    } else {
      for (Item& item : *request_.mutable_items()) {
        if constexpr (kOfHandler) {
          if (item.has_nack()) --held_;
          if (item.has_leaving()) leaving_ = true;
        }
        items_.push_back(std::move(item));
      }
      EndIfLeft();
      request_.Clear();
      this->StartRead(&request_);
    }
    changed_.notify_all();
  }

  void OnWriteDone(bool) override {
    std::lock_guard lock(mutex_);
    writing_ = false;
    if (status_) {
      this->Finish(*status_);
    } else {
      Pump();
      EndIfLeft();
    }
  }

  void OnCancel() override {
    std::lock_guard lock(mutex_);
    peer_ended_ = true;
    FinishOnce(grpc::Status::CANCELLED);
    changed_.notify_all();
  }

  void OnDone() override {
    std::lock_guard lock(mutex_);
    done_ = true;
    changed_.notify_all();
  }

  void Pump() {
    if (writing_ || status_ || waiting_.items().empty()) return;
    response_.Swap(&waiting_);
    waiting_.Clear();
    writing_ = true;
    this->StartWrite(&response_);
  }

  // As the hub does with a handler that leaves and holds nothing.
  void EndIfLeft() {
    if (leaving_ && held_ == 0 && !writing_) FinishOnce(grpc::Status::OK);
  }

  void FinishOnce(grpc::Status status) {
    if (status_) return;
    status_ = std::move(status);
    if (!writing_) this->Finish(*status_);
  }

  const std::string authorization_;
  Request request_;
  Response response_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> items_;
  Response waiting_;
  bool writing_ = false;
  bool leaving_ = false;
  int held_ = 0;
  bool peer_ended_ = false;
  bool done_ = false;
  std::optional<grpc::Status> status_;
};

}  // namespace chathub
