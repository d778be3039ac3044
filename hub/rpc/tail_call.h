// One chathub.v1.Admin.Tail: what goes through the hub, as long as somebody watches.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/async_stream.h>

#include "absl/status/status.h"
#include "chathub/v1/admin.grpc.pb.h"
#include "hub/core/tail.h"
#include "hub/rpc/desk.h"
#include "hub/rpc/tag.h"

namespace chathub {

// Owns itself, like Stream. A watcher that does not keep up misses entries; nobody waits for it.
class TailCall final : public Tail::Watcher {
 public:
  static void Accept(v1::Admin::AsyncService& service, Desk& desk) { new TailCall(service, desk); }

  void Saw(const v1::TailEntry& entry) override;

 private:
  static constexpr int kMostWaiting = 1000;

  TailCall(v1::Admin::AsyncService& service, Desk& desk);
  ~TailCall() override;

  void OnAccepted(bool ok);
  void OnWritten();
  void OnDone();
  void Begin();
  void WriteNext();
  void Close(const absl::Status& why);
  void LeaveWhenDone();

  v1::Admin::AsyncService& service_;
  Desk& desk_;
  grpc::ServerContext context_;
  v1::TailRequest request_;
  grpc::ServerAsyncWriter<v1::TailResponse> writer_{&context_};
  Tag accept_tag_, write_tag_, finish_tag_, done_tag_;

  v1::TailResponse waiting_;
  bool writing_ = false;
  bool closing_ = false;
  absl::Status why_;  // with closing_
  bool finishing_ = false;
  bool finished_ = false;
  bool done_ = false;  // gRPC is through with the call
};

}  // namespace chathub
