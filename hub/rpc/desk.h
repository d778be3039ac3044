// What every call of the gRPC door needs.
#pragma once

#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/async_generic_service.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "hub/base/loop.h"
#include "hub/core/hub.h"
#include "hub/core/rights/reception.h"

namespace chathub {

class Call;

// Owned by the RpcServer; outlives every call.
struct Desk {
  Hub& hub;
  Loop& loop;
  Reception& reception;
  grpc::ServerCompletionQueue& queue;
  grpc::AsyncGenericService& service;

  // What serves a method, by its path on the wire: `/chathub.v1.Store/Get`. Complete before the
  // first call comes.
  std::map<std::string, std::function<void(std::unique_ptr<Call>)>> methods;

  struct OpenStream {
    std::string token;  // the id of what it came in with; empty: the owner's, or nothing yet
    absl::AnyInvocable<void(const absl::Status&)> close;
  };

  // Hub thread. A stream enters itself and leaves before it is gone.
  std::map<const void*, OpenStream> open_streams;
  // New calls are answered that the hub goes away; hub thread.
  bool closing = false;
  // What is to be done as soon as the frame is heard that is being heard; null: there is none.
  std::vector<Task>* behind_frame = nullptr;
  // Something has come since the last lap of this turn.
  bool busy = false;
  // Calls that live, those that wait to be accepted included; hub thread, once it accepts.
  int calls = 0;
};

// While a frame is heard; what it makes the hub do at once is done at the end of it.
class BehindFrame {
 public:
  explicit BehindFrame(Desk& desk) : desk_(desk) { desk_.behind_frame = &tasks_; }
  BehindFrame(const BehindFrame&) = delete;
  BehindFrame& operator=(const BehindFrame&) = delete;
  ~BehindFrame() {
    desk_.behind_frame = nullptr;
    for (Task& task : tasks_) task();
  }

 private:
  Desk& desk_;
  std::vector<Task> tasks_;
};

}  // namespace chathub
