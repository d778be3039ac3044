// Calls with one question and one answer.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "hub/base/errors.h"
#include "hub/rpc/call.h"
#include "hub/rpc/caller.h"
#include "hub/rpc/desk.h"
#include "hub/rpc/statuses.h"
#include "hub/rpc/tag.h"

namespace chathub {

template <class Response>
using Reply = absl::AnyInvocable<void(absl::StatusOr<Response>)>;

// Answers on the hub thread, now or later; the request is gone when it returns.
template <class Request, class Response>
using Method = std::function<void(const Caller&, const Request&, Reply<Response>)>;

// Owns itself: made of a call that has come, gone when it is over. The method outlives it.
template <class Request, class Response>
class Unary {
 public:
  Unary(std::unique_ptr<Call> call, Desk& desk, const Method<Request, Response>& method)
      : call_(std::move(call)),
        desk_(desk),
        method_(method),
        read_tag_([this](bool ok) { OnRead(ok); }) {
    call_->WhenEnding([this] {
      if (call_->over()) delete this;
    });
    call_->Read(question_, read_tag_);
  }

 private:
  void OnRead(bool ok) {
    if (desk_.closing) return Finish(Fail(Reason::kGoingAway, "the hub is going away"));
    const Arrival arrival = ReceiveFor<Request>(call_->context(), desk_.reception);
    if (!arrival.caller.ok()) return Refuse(arrival);
    who_ = arrival.caller->peer;
    Request request;
    if (!ok || !Unpack(question_, request)) {
      return Finish(Fail(Reason::kBadFrame, "the request is not what this method takes"));
    }
    method_(*arrival.caller, request,
            [this](absl::StatusOr<Response> response) { Finish(std::move(response)); });
  }

  // Whoever guesses must wait; nothing else does.
  void Refuse(const Arrival& arrival) {
    if (arrival.tell_in == Milliseconds(0)) return Finish(arrival.caller.status());
    refusal_ =
        desk_.loop.After(arrival.tell_in, [this, why = arrival.caller.status()] { Finish(why); });
  }

  void Finish(absl::StatusOr<Response> response) {
    if (response.ok()) return call_->FinishWith(Pack(*response));
    AuditDenial(call_->context(), who_, Request::descriptor()->full_name(), response.status());
    call_->Finish(ToGrpc(response.status()));
  }

  const std::unique_ptr<Call> call_;
  Desk& desk_;
  const Method<Request, Response>& method_;
  Tag read_tag_;
  grpc::ByteBuffer question_;  // gRPC's while it reads
  std::string who_;
  Timer refusal_;
};

// Serves a method, `/chathub.v1.Store/Get`.
template <class Request, class Response>
void Serve(Desk& desk, const char* path, Method<Request, Response> method) {
  desk.methods[path] = [&desk, method = std::move(method)](std::unique_ptr<Call> call) {
    new Unary<Request, Response>(std::move(call), desk, method);
  };
}

}  // namespace chathub
