// A hub that says what the test tells it to: a real gRPC server on a Unix socket in a folder of its
// own, found by the SDK as every hub is.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "chathub/hub_address.h"
#include "chathub/v1/adapters.grpc.pb.h"
#include "chathub/v1/chat.grpc.pb.h"
#include "chathub/v1/handlers.grpc.pb.h"
#include "tests/sdk/fake_stream.h"
#include "tests/sdk/temporary_folder.h"

namespace chathub {

using HandlerStream = FakeStream<v1::HandlersAttachRequest, v1::HandlersAttachResponse,
                                 v1::HandlerItem, v1::HandlerCommand>;
using AdapterStream = FakeStream<v1::AdaptersAttachRequest, v1::AdaptersAttachResponse,
                                 v1::AdapterItem, v1::AdapterCommand>;

// Streams in the order in which they were opened.
template <typename Stream>
class FakeStreams {
 public:
  Stream* Open(grpc::CallbackServerContext& context) {
    std::lock_guard lock(mutex_);
    all_.push_back(std::make_unique<Stream>(context));
    opened_.push_back(all_.back().get());
    changed_.notify_all();
    return all_.back().get();
  }

  // The next one. It lives as long as the hub.
  Stream& Next() {
    std::unique_lock lock(mutex_);
    const bool came = changed_.wait_for(lock, kTestPatience, [&] { return !opened_.empty(); });
    if (!came) throw std::runtime_error("nobody attaches");
    Stream* stream = opened_.front();
    opened_.pop_front();
    return *stream;
  }

  // gRPC is through with them when its server has shut down and each is done.
  void AwaitDone() {
    for (const auto& stream : all_) stream->AwaitDone();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Stream>> all_;
  std::deque<Stream*> opened_;
};

class FakeHub {
 public:
  static constexpr char kToken[] = "0123456789abcdef";

  // Listens at once.
  FakeHub();
  // Without listening, for tests of its absence.
  struct Absent {};
  explicit FakeHub(Absent) {}
  ~FakeHub();

  void Listen();
  // Serves this too, when it listens next; it must outlive us.
  void Also(grpc::Service& service) { more_.push_back(&service); }
  // As a hub that is killed: every stream breaks.
  void Die();

  HubOptions options() const { return {.data_folder = folder_.path()}; }
  HandlerStream& NextHandler() { return handlers_.streams.Next(); }
  AdapterStream& NextAdapter() { return adapters_.streams.Next(); }

  // What single calls carried and are answered.
  struct Unary {
    std::mutex mutex;
    std::string peer;
    std::string authorization;
    std::vector<v1::SendMessageRequest> sent;
    std::vector<v1::ListRoutesRequest> listed;
    v1::ListRoutesResponse routes;
    // So many calls fail first.
    int failures = 0;
    grpc::Status failure{grpc::StatusCode::UNAVAILABLE, "not now"};
  };
  Unary& unary() { return unary_; }

 private:
  struct Handlers : v1::Handlers::CallbackService {
    explicit Handlers(Unary& unary_) : unary(unary_) {}
    grpc::ServerBidiReactor<v1::HandlersAttachRequest, v1::HandlersAttachResponse>* Attach(
        grpc::CallbackServerContext* context) override {
      return streams.Open(*context);
    }
    grpc::ServerUnaryReactor* ListRoutes(grpc::CallbackServerContext* context,
                                         const v1::ListRoutesRequest* request,
                                         v1::ListRoutesResponse* response) override;
    Unary& unary;
    FakeStreams<HandlerStream> streams;
  };
  struct Adapters : v1::Adapters::CallbackService {
    grpc::ServerBidiReactor<v1::AdaptersAttachRequest, v1::AdaptersAttachResponse>* Attach(
        grpc::CallbackServerContext* context) override {
      return streams.Open(*context);
    }
    FakeStreams<AdapterStream> streams;
  };
  struct Chat : v1::Chat::CallbackService {
    explicit Chat(Unary& unary_) : unary(unary_) {}
    grpc::ServerUnaryReactor* SendMessage(grpc::CallbackServerContext* context,
                                          const v1::SendMessageRequest* request,
                                          v1::SendMessageResponse* response) override;
    Unary& unary;
  };

  TemporaryFolder folder_;
  Unary unary_;
  Handlers handlers_{unary_};
  Adapters adapters_;
  Chat chat_{unary_};
  std::vector<grpc::Service*> more_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace chathub
