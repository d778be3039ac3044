// One oco.Robot.Listen: a handler that only hears.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/async_stream.h>

#include <deque>
#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "hub/core/handler_session.h"
#include "hub/core/links.h"
#include "hub/rpc/desk.h"
#include "hub/rpc/tag.h"
#include "oco/robot.grpc.pb.h"

namespace chathub {

class ListenCall;

// Who listens for which plugin; a second listener ends the first.
using Listeners = std::map<std::string, ListenCall*>;

// Owns itself, like Stream. A delivery is finished when its event is written.
class ListenCall final : public HandlerLink {
 public:
  static void Accept(oco::Robot::AsyncService& service, Desk& desk,
                     std::shared_ptr<Listeners> listeners) {
    new ListenCall(service, desk, std::move(listeners));
  }

  void Say(v1::HandlerCommand command) override;
  void Close(const absl::Status& why) override;

 private:
  ListenCall(oco::Robot::AsyncService& service, Desk& desk, std::shared_ptr<Listeners> listeners);
  ~ListenCall();

  void OnAccepted(bool ok);
  void OnDone();
  void OnWritten(bool ok);
  void Begin();
  void WriteNext();
  void LeaveWhenDone();
  std::string PatternOf(const v1::Delivery& delivery) const;

  oco::Robot::AsyncService& service_;
  Desk& desk_;
  const std::shared_ptr<Listeners> listeners_;  // of all calls
  grpc::ServerContext context_;
  oco::ListenRequest request_;
  grpc::ServerAsyncWriter<oco::Event> writer_{&context_};
  Tag accept_tag_, write_tag_, finish_tag_, done_tag_;

  std::unique_ptr<HandlerSession> session_;
  std::deque<v1::Delivery> waiting_;  // the first is being written
  bool writing_ = false;
  bool closing_ = false;
  absl::Status why_;  // with closing_
  bool finishing_ = false;
  bool finished_ = false;
  bool done_ = false;  // gRPC is through with the call
};

}  // namespace chathub
