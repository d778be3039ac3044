#include "chathub/chat.h"

#include "chathub/v1/chat.grpc.pb.h"
#include "random.h"
#include "to_wire.h"
#include "unary_calls.h"
#include "utf8.h"

namespace chathub {

Result<MessageRef> Chat::Send(const Conversation& conversation, const Content& content) {
  v1::SendMessageRequest request;
  // With it a repeated attempt does not send twice.
  request.set_request_id(sdk::RandomId());
  *request.mutable_conversation() = sdk::ToProto(conversation);
  sdk::ToProto(content, *request.mutable_content());
  sdk::RepairUtf8(request);
  v1::SendMessageResponse response;
  const auto problem = calls_.Try([&](auto channel, grpc::ClientContext& context) {
    return v1::Chat::NewStub(channel)->SendMessage(&context, request, &response);
  });
  if (problem) return *problem;
  return MessageRef{.key = response.key()};
}

}  // namespace chathub
