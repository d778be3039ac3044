// Takes what a handler says without having been spoken to.
#pragma once

#include "chathub/v1/chat.grpc.pb.h"
#include "sdk/cpp/testing/record.h"

namespace chathub::sdk {

// Any thread. `record` must outlive us.
class TestChat final : public v1::Chat::Service {
 public:
  explicit TestChat(Record& record) : record_(record) {}

  grpc::Status SendMessage(grpc::ServerContext* context, const v1::SendMessageRequest* request,
                           v1::SendMessageResponse* response) override;
  grpc::Status EditMessage(grpc::ServerContext* context, const v1::EditMessageRequest* request,
                           v1::EditMessageResponse* response) override;
  grpc::Status DeleteMessage(grpc::ServerContext* context, const v1::DeleteMessageRequest* request,
                             v1::DeleteMessageResponse* response) override;
  grpc::Status React(grpc::ServerContext* context, const v1::ReactRequest* request,
                     v1::ReactResponse* response) override;
  grpc::Status ShowTyping(grpc::ServerContext* context, const v1::ShowTypingRequest* request,
                          v1::ShowTypingResponse* response) override;
  grpc::Status JoinRoom(grpc::ServerContext* context, const v1::JoinRoomRequest* request,
                        v1::JoinRoomResponse* response) override;
  grpc::Status PartRoom(grpc::ServerContext* context, const v1::PartRoomRequest* request,
                        v1::PartRoomResponse* response) override;
  grpc::Status SetTopic(grpc::ServerContext* context, const v1::SetTopicRequest* request,
                        v1::SetTopicResponse* response) override;

 private:
  grpc::Status Do(v1::Action action);

  Record& record_;
};

}  // namespace chathub::sdk
