// Calls with one question and a stream of answers.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hub/base/errors.h"
#include "hub/base/loop.h"
#include "hub/rpc/call.h"
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

// Owns itself: made of a call that has come, gone when gRPC has handed back everything it was
// given.
template <class Request, class Response>
class ServerStream final : public Outlet {
 public:
  // Outlives the call.
  using Open = std::function<absl::StatusOr<std::unique_ptr<Source<Response>>>(
      const Caller&, const Request&, Outlet&)>;

  ServerStream(std::unique_ptr<Call> call, Desk& desk, const Open& open)
      : call_(std::move(call)),
        desk_(desk),
        open_(open),
        read_tag_([this](bool ok) { OnRead(ok); }),
        write_tag_([this](bool ok) { OnWritten(ok); }) {
    desk_.open_streams[this].close = [this](const absl::Status& why) { Close(why); };
    call_->WhenEnding([this] { OnEnding(); });
    call_->Read(question_, read_tag_);
  }

  void Ring() override {
    if (!closing_) WriteNext();
  }

  void Close(const absl::Status& why) override {
    if (std::exchange(closing_, true)) return;
    why_ = why;
    AuditDenial(call_->context(), who_, Request::descriptor()->full_name(), why);
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
    last_words_ = desk_.loop.After(kLastWords, [this] { call_->context().TryCancel(); });
  }

 private:
  ~ServerStream() override { desk_.open_streams.erase(this); }

  void OnRead(bool ok) {
    reading_ = false;
    if (closing_) return LeaveWhenDone();
    if (desk_.closing) return Close(Fail(Reason::kGoingAway, "the hub is going away"));
    const Arrival arrival = ReceiveFor<Request>(call_->context(), desk_.reception);
    if (!arrival.caller.ok()) return Refuse(arrival);
    who_ = arrival.caller->peer;
    desk_.open_streams[this].token = arrival.caller->pass.token();
    Request request;
    if (!ok || !Unpack(question_, request)) {
      return Close(Fail(Reason::kBadFrame, "the request is not what this method takes"));
    }
    auto source = open_(*arrival.caller, request, *this);
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
      return call_->Write(Pack(response), write_tag_);
    }
    if (!closing_) return;
    finishing_ = true;
    call_->Finish(ToGrpc(why_));
  }

  void OnWritten(bool ok) {
    writing_ = false;
    if (source_ != nullptr) source_->Written(ok);
    WriteNext();
    LeaveWhenDone();
  }

  void OnEnding() {
    Close(Fail(Reason::kGoingAway, "the caller is gone"));
    LeaveWhenDone();
  }

  void LeaveWhenDone() {
    if (call_->over() && !reading_ && !writing_ && !source_leaves_) delete this;
  }

  const std::unique_ptr<Call> call_;
  Desk& desk_;
  const Open& open_;
  Tag read_tag_, write_tag_;

  grpc::ByteBuffer question_;  // gRPC's while it reads
  bool reading_ = true;
  std::unique_ptr<Source<Response>> source_;
  std::string who_;
  Timer refusal_;
  bool source_leaves_ = false;
  bool writing_ = false;
  bool closing_ = false;
  absl::Status why_;  // with closing_
  Timer last_words_;
  bool finishing_ = false;
};

// Serves a method, `/chathub.v1.Store/Watch`.
template <class Request, class Response>
void ServeStream(Desk& desk, const char* path,
                 typename ServerStream<Request, Response>::Open open) {
  desk.methods[path] = [&desk, open = std::move(open)](std::unique_ptr<Call> call) {
    new ServerStream<Request, Response>(std::move(call), desk, open);
  };
}

}  // namespace chathub
