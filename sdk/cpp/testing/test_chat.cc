#include "sdk/cpp/testing/test_chat.h"

#include <utility>

#include "chathub/plain_text.h"

namespace chathub::sdk {

grpc::Status TestChat::Do(v1::Action action) {
  record_.Do(std::move(action));
  return grpc::Status::OK;
}

grpc::Status TestChat::SendMessage(grpc::ServerContext*, const v1::SendMessageRequest* request,
                                   v1::SendMessageResponse* response) {
  const v1::Conversation& where = request->conversation();
  record_.Send({.conversation = {.adapter = where.adapter(),
                                 .room = where.room(),
                                 .thread = where.thread(),
                                 .user = where.user()},
                .text = PlainText(request->content())});
  response->set_key(request->request_id());
  v1::Action action;
  *action.mutable_send()->mutable_content() = request->content();
  if (request->has_not_before())
    *action.mutable_send()->mutable_not_before() = request->not_before();
  return Do(std::move(action));
}

grpc::Status TestChat::EditMessage(grpc::ServerContext*, const v1::EditMessageRequest* request,
                                   v1::EditMessageResponse* response) {
  response->set_key(request->request_id());
  v1::Action action;
  *action.mutable_edit()->mutable_target() = request->target();
  *action.mutable_edit()->mutable_content() = request->content();
  return Do(std::move(action));
}

grpc::Status TestChat::DeleteMessage(grpc::ServerContext*, const v1::DeleteMessageRequest* request,
                                     v1::DeleteMessageResponse* response) {
  response->set_key(request->request_id());
  v1::Action action;
  *action.mutable_delete_()->mutable_target() = request->target();
  return Do(std::move(action));
}

grpc::Status TestChat::React(grpc::ServerContext*, const v1::ReactRequest* request,
                             v1::ReactResponse* response) {
  response->set_key(request->request_id());
  v1::Action action;
  *action.mutable_react()->mutable_target() = request->target();
  action.mutable_react()->set_emoji(request->emoji());
  action.mutable_react()->set_remove(request->remove());
  return Do(std::move(action));
}

grpc::Status TestChat::ShowTyping(grpc::ServerContext*, const v1::ShowTypingRequest*,
                                  v1::ShowTypingResponse*) {
  v1::Action action;
  action.mutable_typing();
  return Do(std::move(action));
}

grpc::Status TestChat::JoinRoom(grpc::ServerContext*, const v1::JoinRoomRequest* request,
                                v1::JoinRoomResponse* response) {
  response->set_key(request->request_id());
  v1::Action action;
  action.mutable_join();
  return Do(std::move(action));
}

grpc::Status TestChat::PartRoom(grpc::ServerContext*, const v1::PartRoomRequest* request,
                                v1::PartRoomResponse* response) {
  response->set_key(request->request_id());
  v1::Action action;
  action.mutable_part();
  return Do(std::move(action));
}

grpc::Status TestChat::SetTopic(grpc::ServerContext*, const v1::SetTopicRequest* request,
                                v1::SetTopicResponse* response) {
  response->set_key(request->request_id());
  v1::Action action;
  action.mutable_topic()->set_topic(request->topic());
  return Do(std::move(action));
}

}  // namespace chathub::sdk
