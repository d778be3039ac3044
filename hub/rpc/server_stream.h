// Calls with one question and a stream of answers.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/async_stream.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hub/base/errors.h"
#include "hub/base/loop.h"
#include "hub/rpc/caller.h"
#include "hub/rpc/desk.h"
#include "hub/rpc/statuses.h"
#include "hub/rpc/tag.h"

namespace chathub {

// The call, as its source sees it.
class Outlet {
 public:
  virtual ~Outlet() = default;
  // There is something to take from the source.
  virtual void Ring() = 0;
  // Ends the call; the source is gone soon after, never from within.
  virtual void Close(const absl::Status& why) = 0;
  // The caller does not read: likewise, and what is on its way has kLastWords to pass.
  virtual void Cut(const absl::Status& why) = 0;

  static constexpr Milliseconds kLastWords{2'000};
};

// Where the answers come from. Owned by its call; gone when the call ends.
template <class Response>
class Source {
 public:
  virtual ~Source() = default;
  // Gives the next answer; false: there is none now. At most one is on its way.
  virtual bool Next(Response& response) = 0;
  // The last one has passed flow control, or never will.
  virtual void Written(bool ok) = 0;
};

// Owns itself: made to accept one call, makes its successor, gone when gRPC has handed back
// everything it was given. `Ask` is a pointer to the service's generated `Request<Method>`.
template <class Service, class Ask, class Request, class Response>
class ServerStream final : public Outlet {
 public:
  using Open = std::function<absl::StatusOr<std::unique_ptr<Source<Response>>>(
      const Caller&, const Request&, Outlet&)>;
  using SharedOpen = std::shared_ptr<const Open>;

  static void Accept(Service& service, Ask ask, Desk& desk, SharedOpen open) {
    new ServerStream(service, ask, desk, std::move(open));
  }

  void Ring() override {
    if (!closing_) WriteNext();
  }

  void Close(const absl::Status& why) override {
    if (std::exchange(closing_, true)) return;
    why_ = why;
    AuditDenial(context_, who_, Request::descriptor()->full_name(), why);
    // Not at once: it may be the source that calls. Until it is gone, it may call again.
    source_leaves_ = true;
    desk_.loop.Post([this, source = std::move(source_)]() mutable {
      source.reset();
      source_leaves_ = false;
      LeaveWhenDone();
    });
    WriteNext();
  }

  void Cut(const absl::Status& why) override {
    Close(why);
    last_words_ = desk_.loop.After(kLastWords, [this] { context_.TryCancel(); });
  }

 private:
  ServerStream(Service& service, Ask ask, Desk& desk, SharedOpen open)
      : service_(service),
        ask_(ask),
        desk_(desk),
        open_(std::move(open)),
        accept_tag_([this](bool ok) { OnAccepted(ok); }),
        write_tag_([this](bool ok) { OnWritten(ok); }),
        finish_tag_([this](bool) { OnEnd(finished_); }),
        done_tag_([this](bool) { OnEnd(done_); }) {
    ++desk_.calls;
    context_.AsyncNotifyWhenDone(&done_tag_);
    (service_.*ask_)(&context_, &request_, &writer_, &desk_.queue, &desk_.queue, &accept_tag_);
  }
  ~ServerStream() override {
    --desk_.calls;
    desk_.open_streams.erase(this);
  }

  void OnAccepted(bool ok) {
    if (!ok) {  // the server is shut down
      delete this;
      return;
    }
    Accept(service_, ask_, desk_, open_);
    Desk::OpenStream& open_stream = desk_.open_streams[this];
    open_stream.close = [this](const absl::Status& why) { Close(why); };
    if (desk_.closing) return Close(Fail(Reason::kGoingAway, "the hub is going away"));
    const Arrival arrival = ReceiveFor<Request>(context_, desk_.reception);
    if (!arrival.caller.ok()) return Refuse(arrival);
    who_ = arrival.caller->peer;
    open_stream.token = arrival.caller->pass.token();
    auto source = (*open_)(*arrival.caller, request_, *this);
    if (!source.ok()) return Close(source.status());
    if (closing_) return;
    source_ = *std::move(source);
    WriteNext();
  }

  // Whoever guesses must wait; nothing else does.
  void Refuse(const Arrival& arrival) {
    closing_ = true;
    why_ = arrival.caller.status();
    refusal_ = desk_.loop.After(arrival.tell_in, [this] { WriteNext(); });
  }

  void WriteNext() {
    if (writing_ || finishing_) return;
    Response response;
    if (source_ != nullptr && source_->Next(response)) {
      writing_ = true;
      return writer_.Write(response, &write_tag_);
    }
    if (!closing_) return;
    finishing_ = true;
    writer_.Finish(ToGrpc(why_), &finish_tag_);
  }

  void OnWritten(bool ok) {
    writing_ = false;
    if (source_ != nullptr) source_->Written(ok);
    WriteNext();
    LeaveWhenDone();
  }

  // `ended` is one of the two things that end last.
  void OnEnd(bool& ended) {
    ended = true;
    Close(Fail(Reason::kGoingAway, "the caller is gone"));
    LeaveWhenDone();
  }

  void LeaveWhenDone() {
    if (finished_ && done_ && !writing_ && !source_leaves_) delete this;
  }

  Service& service_;
  const Ask ask_;
  Desk& desk_;
  const SharedOpen open_;
  grpc::ServerContext context_;
  Request request_;
  grpc::ServerAsyncWriter<Response> writer_{&context_};
  Tag accept_tag_, write_tag_, finish_tag_, done_tag_;

  std::unique_ptr<Source<Response>> source_;
  std::string who_;
  Timer refusal_;
  bool source_leaves_ = false;
  bool writing_ = false;
  bool closing_ = false;
  absl::Status why_;  // with closing_
  Timer last_words_;
  bool finishing_ = false;
  bool finished_ = false;
  bool done_ = false;  // gRPC is through with the call
};

// Serves a method of a service from now on.
template <class Request, class Response, class Service, class Ask, class Open>
void ServeStream(Service& service, Ask ask, Desk& desk, Open open) {
  using Call = ServerStream<Service, Ask, Request, Response>;
  Call::Accept(service, ask, desk, std::make_shared<const typename Call::Open>(std::move(open)));
}

}  // namespace chathub
