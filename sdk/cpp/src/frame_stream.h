// One Attach call: hands frames over and thinks nothing.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <utility>

#include "chathub/channel.h"

namespace chathub::sdk {

// Hears from gRPC's threads what happens on the stream. OnEnded comes last, exactly once.
template <typename Reply>
class StreamListener {
 public:
  virtual ~StreamListener() = default;
  virtual void OnFrame(const Reply& frame) = 0;
  virtual void OnWritten() = 0;
  virtual void OnBroken() = 0;
  virtual void OnEnded(const grpc::Status& status) = 0;
};

// Guarded by its listener: every method but the reactions is called under the listener's lock. To
// be destroyed after OnEnded only.
template <typename Service, typename Frame, typename Reply>
class FrameStream final : public grpc::ClientBidiReactor<Frame, Reply> {
 public:
  FrameStream(const HubAddress& address, StreamListener<Reply>& listener)
      : listener_(listener), stub_(Service::NewStub(MakeChannel(address))) {
    Authorize(context_, address);
    stub_->async()->Attach(&context_, this);
  }

  void Start() {
    // Writes begin outside of reactions; without the hold the call could end between them.
    this->AddHold();
    this->StartRead(&reply_);
    this->StartCall();
  }

  bool CanWrite() const { return !writing_ && !closed_; }

  // Only if CanWrite.
  void Write(Frame frame) {
    frame_ = std::move(frame);
    writing_ = true;
    this->StartWrite(&frame_);
  }

  // Nothing more will be written. Only if CanWrite.
  void Close() {
    closed_ = true;
    this->StartWritesDone();
  }

  void Cancel() { context_.TryCancel(); }

  // What the listener does first, under its lock, when it hears OnWritten and OnBroken.
  void Written() { writing_ = false; }
  void Broken() { closed_ = true; }

 private:
  void OnReadDone(bool ok) override {
    if (!ok) {
      listener_.OnBroken();
      this->RemoveHold();
      return;
    }
    listener_.OnFrame(reply_);
    reply_.Clear();
    this->StartRead(&reply_);
  }

  void OnWriteDone(bool ok) override { ok ? listener_.OnWritten() : listener_.OnBroken(); }

  void OnDone(const grpc::Status& status) override { listener_.OnEnded(status); }

  StreamListener<Reply>& listener_;
  const std::unique_ptr<typename Service::Stub> stub_;
  grpc::ClientContext context_;
  Frame frame_;
  Reply reply_;
  bool writing_ = false;
  bool closed_ = false;
};

}  // namespace chathub::sdk
