// The little of a hub that one handler needs in a test.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "chathub/handler.h"
#include "chathub/v1/handlers.grpc.pb.h"
#include "hub/core/routing/route_set.h"
#include "sdk/cpp/testing/record.h"
#include "sdk/cpp/testing/test_chat.h"
#include "sdk/cpp/testing/test_store.h"

namespace chathub::sdk {

// Belongs to the test's thread, which waits in it; gRPC's threads bring what the handler says. It
// throws std::runtime_error where waiting makes no sense.
class TestHub final : public v1::Handlers::Service {
 public:
  // Listens at once, where only this process looks.
  TestHub();
  ~TestHub() override;

  HandlerOptions options();
  // Lets it run on a thread of its own, and waits for its routes. It must outlive End.
  void Begin(Handler& handler);
  void End();

  // Waits until everything has ended that follows from the event.
  void Happen(v1::Event event, const std::vector<std::string>& groups);

  const Record& record() const { return record_; }
  TestStore& store() { return store_; }

 private:
  using Stream = grpc::ServerReaderWriter<v1::HandlersAttachResponse, v1::HandlersAttachRequest>;
  using Time = std::chrono::steady_clock::time_point;

  // One event for one route, until it is over.
  struct Open {
    v1::Delivery wire;
    const CompiledRoute* route = nullptr;
    // The user waits until then.
    Time patience_ends = {};
  };

  grpc::Status Attach(grpc::ServerContext* context, Stream* stream) override;

  // All below under the lock.
  grpc::Status Hear(const v1::HandlersAttachRequest& frame, Stream& stream);
  grpc::Status HearHello(const v1::HandlerHello& hello, Stream& stream);
  void HearSay(const v1::Say& say);
  void HearFinish(const v1::Finish& finish);
  void HearNack(const v1::Nack& nack);
  void HandOut(Open& open);
  void GiveUpOverdue();
  void EndDelivery(const Open& open);
  // The delivery if it is still this attempt's; else null.
  Open* Find(const std::string& delivery, std::uint32_t attempt);
  // A handler that is gone hears nothing.
  void Tell(v1::HandlerCommand command);
  void DemandHandler() const;

  const std::string target_;
  Record record_;
  TestStore store_;
  TestChat chat_{record_};

  std::mutex mutex_;
  std::condition_variable changed_;
  std::string name_;
  std::shared_ptr<const RouteSet> routes_;  // null: it never attached
  Stream* stream_ = nullptr;
  bool leaving_ = false;
  bool ended_ = false;
  std::string last_words_;  // of its log
  int events_ = 0;
  std::map<std::string, Open> open_;  // by delivery

  Handler* handler_ = nullptr;
  std::thread running_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace chathub::sdk
