#include "hub/rpc/chat_service.h"

#include <string>
#include <utility>

#include "chathub/v1/chat.pb.h"
#include "hub/core/conversation.h"
#include "hub/rpc/kept_reply.h"
#include "hub/rpc/unary.h"

namespace chathub {
namespace {

v1::Conversation RoomOf(const std::string& room) {
  v1::Conversation conversation;
  conversation.set_room(room);
  return conversation;
}

template <class Request>
v1::Conversation PlaceOf(const Request& request) {
  if constexpr (requires { request.conversation(); }) {
    return request.conversation();
  } else {
    return RoomOf(request.room());
  }
}

v1::Action ActionOf(const v1::SendMessageRequest& request) {
  v1::Action action;
  *action.mutable_send()->mutable_content() = request.content();
  if (request.has_not_before()) *action.mutable_send()->mutable_not_before() = request.not_before();
  return action;
}

v1::Action ActionOf(const v1::EditMessageRequest& request) {
  v1::Action action;
  *action.mutable_edit()->mutable_target() = request.target();
  *action.mutable_edit()->mutable_content() = request.content();
  return action;
}

v1::Action ActionOf(const v1::DeleteMessageRequest& request) {
  v1::Action action;
  *action.mutable_delete_()->mutable_target() = request.target();
  return action;
}

v1::Action ActionOf(const v1::ReactRequest& request) {
  v1::Action action;
  *action.mutable_react()->mutable_target() = request.target();
  action.mutable_react()->set_emoji(request.emoji());
  action.mutable_react()->set_remove(request.remove());
  return action;
}

v1::Action ActionOf(const v1::JoinRoomRequest&) {
  v1::Action action;
  action.mutable_join();
  return action;
}

v1::Action ActionOf(const v1::PartRoomRequest&) {
  v1::Action action;
  action.mutable_part();
  return action;
}

v1::Action ActionOf(const v1::SetTopicRequest& request) {
  v1::Action action;
  action.mutable_topic()->set_topic(request.topic());
  return action;
}

// Every method but typing: one order, answered when it is kept or done.
template <class Request, class Response>
void ServeOrder(Desk& desk, const char* path) {
  Serve<Request, Response>(
      desk, path,
      [&chat = desk.hub.chat(), &loop = desk.loop](const Caller& caller, const Request& request,
                                                   Reply<Response> reply) {
        auto kept = KeptReply<Response>::Make(loop, std::move(reply));
        auto key = chat.Do(caller.pass, request.request_id(), PlaceOf(request), ActionOf(request),
                           kept->NewDuty());
        if (!key.ok()) return kept->Settle(key.status());
        Response response;
        response.set_key(*std::move(key));
        kept->Settle(std::move(response));
      });
}

void ServeTyping(Desk& desk) {
  using Request = v1::ShowTypingRequest;
  using Response = v1::ShowTypingResponse;
  auto method = [&chat = desk.hub.chat()](const Caller& caller, const Request& request,
                                          Reply<Response> reply) {
    v1::Action action;
    action.mutable_typing();
    const absl::Status status = chat.DoOnce(caller.pass, request.conversation(), action);
    if (!status.ok()) return reply(status);
    reply(Response());
  };
  Serve<Request, Response>(desk, "/chathub.v1.Chat/ShowTyping", std::move(method));
}

}  // namespace

void ServeChat(Desk& desk) {
  ServeOrder<v1::SendMessageRequest, v1::SendMessageResponse>(desk, "/chathub.v1.Chat/SendMessage");
  ServeOrder<v1::EditMessageRequest, v1::EditMessageResponse>(desk, "/chathub.v1.Chat/EditMessage");
  ServeOrder<v1::DeleteMessageRequest, v1::DeleteMessageResponse>(desk,
                                                                  "/chathub.v1.Chat/DeleteMessage");
  ServeOrder<v1::ReactRequest, v1::ReactResponse>(desk, "/chathub.v1.Chat/React");
  ServeOrder<v1::JoinRoomRequest, v1::JoinRoomResponse>(desk, "/chathub.v1.Chat/JoinRoom");
  ServeOrder<v1::PartRoomRequest, v1::PartRoomResponse>(desk, "/chathub.v1.Chat/PartRoom");
  ServeOrder<v1::SetTopicRequest, v1::SetTopicResponse>(desk, "/chathub.v1.Chat/SetTopic");
  ServeTyping(desk);
}

}  // namespace chathub
