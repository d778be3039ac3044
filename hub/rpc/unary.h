// Calls with one question and one answer.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/async_unary_call.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "hub/base/errors.h"
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

// Owns itself: made to accept one call, makes its successor, gone when the answer is sent. `Ask` is
// a pointer to the service's generated `Request<Method>`.
template <class Service, class Ask, class Request, class Response>
class Unary {
 public:
  using SharedMethod = std::shared_ptr<const Method<Request, Response>>;

  static void Accept(Service& service, Ask ask, Desk& desk, SharedMethod method) {
    new Unary(service, ask, desk, std::move(method));
  }

 private:
  Unary(Service& service, Ask ask, Desk& desk, SharedMethod method)
      : service_(service),
        ask_(ask),
        desk_(desk),
        method_(std::move(method)),
        accept_tag_([this](bool ok) { OnAccepted(ok); }),
        finish_tag_([this](bool) { delete this; }) {
    ++desk_.calls;
    (service_.*ask_)(&context_, &request_, &responder_, &desk_.queue, &desk_.queue, &accept_tag_);
  }

  ~Unary() { --desk_.calls; }

  void OnAccepted(bool ok) {
    if (!ok) {  // the server is shut down
      delete this;
      return;
    }
    Accept(service_, ask_, desk_, method_);
    if (desk_.closing) return Finish(Fail(Reason::kGoingAway, "the hub is going away"));
    const Arrival arrival = ReceiveFor<Request>(context_, desk_.reception);
    if (!arrival.caller.ok()) return Refuse(arrival);
    who_ = arrival.caller->peer;
    (*method_)(*arrival.caller, request_,
               [this](absl::StatusOr<Response> response) { Finish(std::move(response)); });
  }

  // Whoever guesses must wait; nothing else does.
  void Refuse(const Arrival& arrival) {
    if (arrival.tell_in == Milliseconds(0)) return Finish(arrival.caller.status());
    refusal_ =
        desk_.loop.After(arrival.tell_in, [this, why = arrival.caller.status()] { Finish(why); });
  }

  void Finish(absl::StatusOr<Response> response) {
    if (response.ok()) return responder_.Finish(*response, grpc::Status::OK, &finish_tag_);
    AuditDenial(context_, who_, Request::descriptor()->full_name(), response.status());
    responder_.FinishWithError(ToGrpc(response.status()), &finish_tag_);
  }

  Service& service_;
  const Ask ask_;
  Desk& desk_;
  const SharedMethod method_;
  grpc::ServerContext context_;
  Request request_;
  grpc::ServerAsyncResponseWriter<Response> responder_{&context_};
  Tag accept_tag_, finish_tag_;
  std::string who_;
  Timer refusal_;
};

// Serves a method of a service from now on.
template <class Service, class Request, class Response, class Ask>
void Serve(Service& service, Ask ask, Desk& desk, Method<Request, Response> method) {
  Unary<Service, Ask, Request, Response>::Accept(
      service, ask, desk, std::make_shared<const Method<Request, Response>>(std::move(method)));
}

}  // namespace chathub
