#include "hub/rpc/robot_service.h"

#include <memory>
#include <string>
#include <utility>

#include "hub/rpc/kept_reply.h"
#include "hub/rpc/robot_listener.h"
#include "hub/rpc/robot_names.h"
#include "hub/rpc/server_stream.h"
#include "hub/rpc/unary.h"
#include "oco/robot.pb.h"

namespace chathub {
namespace {

RobotNames NamesOf(Hub& hub) {
  return {hub.directory(), hub.users(), hub.rooms(), hub.selected_adapter()};
}

absl::Status SendOne(Hub& hub, const Caller& caller, const oco::Message& message, bool mention,
                     Duty unkept) {
  auto conversation = NamesOf(hub).ConversationOf(message.source());
  if (!conversation.ok()) return conversation.status();
  v1::Action action;
  action.mutable_send()->mutable_content()->set_text(mention ? NamesOf(hub).WithMention(message)
                                                             : message.body());
  return hub.chat()
      .Do(caller.pass, "", *std::move(conversation), action, std::move(unkept))
      .status();
}

absl::StatusOr<oco::SendMessagesResponse> SendMessages(Hub& hub, const Caller& caller,
                                                       const oco::SendMessagesRequest& request,
                                                       const Duty& unkept) {
  for (const oco::Message& message : request.messages()) {
    auto conversation = NamesOf(hub).ConversationOf(message.source());
    if (!conversation.ok()) return conversation.status();  // before anything is sent
  }
  for (const oco::Message& message : request.messages()) {
    absl::Status status = SendOne(hub, caller, message, request.withmention(), unkept);
    if (!status.ok()) return status;
  }
  return oco::SendMessagesResponse();
}

absl::Status InRoom(Hub& hub, const Caller& caller, const oco::Room& room, const v1::Action& action,
                    Duty unkept) {
  auto conversation = NamesOf(hub).ConversationOf(room);
  if (!conversation.ok()) return conversation.status();
  return hub.chat()
      .Do(caller.pass, "", *std::move(conversation), action, std::move(unkept))
      .status();
}

template <class Request, class Response>
void ServeRoomAction(Desk& desk, const char* path, v1::Action action) {
  Serve<Request, Response>(
      desk, path,
      [&hub = desk.hub, &loop = desk.loop, action = std::move(action)](
          const Caller& caller, const Request& request, Reply<Response> reply) {
        auto kept = KeptReply<Response>::Make(loop, std::move(reply));
        const absl::Status status = InRoom(hub, caller, request.room(), action, kept->NewDuty());
        if (!status.ok()) return kept->Settle(status);
        kept->Settle(Response());
      });
}

void ServeListen(Desk& desk) {
  ServeStream<oco::ListenRequest, oco::Event>(
      desk, "/oco.Robot/Listen",
      [&hub = desk.hub, listeners = std::make_shared<RobotListener::ByPlugin>()](
          const Caller& caller, const oco::ListenRequest& request,
          Outlet& outlet) -> absl::StatusOr<std::unique_ptr<Source<oco::Event>>> {
        const std::string& plugin = request.plugin_id();
        absl::Status status = caller.pass.MayBe({PeerKind::kHandler, plugin});
        if (!status.ok()) return status;
        return std::make_unique<RobotListener>(plugin, caller, hub, listeners, outlet);
      });
}

}  // namespace

void ServeRobot(Desk& desk) {
  v1::Action join;
  join.mutable_join();
  ServeRoomAction<oco::JoinRequest, oco::JoinResponse>(desk, "/oco.Robot/Join", join);
  v1::Action part;
  part.mutable_part();
  ServeRoomAction<oco::PartRequest, oco::PartResponse>(desk, "/oco.Robot/Part", part);
  Serve<oco::SendMessagesRequest, oco::SendMessagesResponse>(
      desk, "/oco.Robot/SendMessages",
      [&hub = desk.hub, &loop = desk.loop](const Caller& caller,
                                           const oco::SendMessagesRequest& request,
                                           Reply<oco::SendMessagesResponse> reply) {
        auto kept = KeptReply<oco::SendMessagesResponse>::Make(loop, std::move(reply));
        kept->Settle(SendMessages(hub, caller, request, kept->NewDuty()));
      });
  ServeListen(desk);
}

}  // namespace chathub
