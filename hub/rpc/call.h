// A call that somebody makes, before and after it is known what is asked.
#pragma once

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/byte_buffer.h>

#include <functional>
#include <utility>

#include "hub/rpc/desk.h"
#include "hub/rpc/tag.h"

namespace chathub {

// gRPC hands over every call as one of no known method: each method that it knew by name would cost
// 200 bytes for each connection.
//
// Owns itself until it has come; then it is owned by what serves its method, which may let go of it
// when it is over and no read or write is outstanding.
class Call {
 public:
  // Waits for calls from now on, and hands each to what serves its method.
  static void Accept(Desk& desk) { new Call(desk); }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  ~Call() { --desk_.calls; }

  grpc::GenericServerContext& context() { return context_; }
  void Read(grpc::ByteBuffer& into, Tag& tag) { stream_.Read(&into, &tag); }
  void Write(const grpc::ByteBuffer& message, Tag& tag) { stream_.Write(message, &tag); }

  // One of these, once.
  void Finish(const grpc::Status& status) { stream_.Finish(status, &finish_tag_); }
  void FinishWith(const grpc::ByteBuffer& answer) {
    stream_.WriteAndFinish(answer, {}, grpc::Status::OK, &finish_tag_);
  }

  // Told twice, in any order: the end is sent, and gRPC is through with it, which also is so when
  // the caller is gone.
  void WhenEnding(std::function<void()> tell) { tell_ = std::move(tell); }
  bool over() const { return finished_ && done_; }
  bool caller_gone() const { return done_ && !finished_; }

 private:
  explicit Call(Desk& desk);

  void OnCome(bool ok);
  void OnEnding(bool& ended) {
    ended = true;
    tell_();
  }

  Desk& desk_;
  grpc::GenericServerContext context_;
  grpc::GenericServerAsyncReaderWriter stream_{&context_};
  Tag come_tag_, finish_tag_, done_tag_;
  std::function<void()> tell_;
  bool finished_ = false;
  bool done_ = false;
};

// False: the bytes are no such message. They are gone afterwards.
template <class Message>
bool Unpack(grpc::ByteBuffer& bytes, Message& message) {
  return grpc::SerializationTraits<Message>::Deserialize(&bytes, &message).ok();
}

template <class Message>
grpc::ByteBuffer Pack(const Message& message) {
  grpc::ByteBuffer bytes;
  bool own = false;
  grpc::SerializationTraits<Message>::Serialize(message, &bytes, &own);
  return bytes;
}

}  // namespace chathub
