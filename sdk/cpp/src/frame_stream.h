// One Attach call: hands frames over and thinks nothing.
#pragma once

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <memory>
#include <thread>
#include <utility>

#include "chathub/channel.h"

namespace chathub::sdk {

// Hears from the stream's thread what happens on it. OnEnded comes last, exactly once.
template <typename Reply>
class StreamListener {
 public:
  virtual ~StreamListener() = default;
  virtual void OnFrame(Reply frame) = 0;
  virtual void OnWritten() = 0;
  virtual void OnBroken() = 0;
  virtual void OnEnded(const grpc::Status& status) = 0;
};

// Guarded by its listener: every method is called under the listener's lock. To be destroyed after
// OnEnded only, without that lock.
//
// A completion queue with one thread of our own: gRPC's callbacks come from threads that wake each
// other for every frame.
template <typename Service, typename Frame, typename Reply>
class FrameStream final {
 public:
  FrameStream(const HubAddress& address, StreamListener<Reply>& listener)
      : listener_(listener), stub_(Service::NewStub(MakeChannel(address))) {
    Authorize(context_, address);
    stream_ = stub_->PrepareAsyncAttach(&context_, &queue_);
  }
  ~FrameStream() { thread_.join(); }
  FrameStream(const FrameStream&) = delete;
  FrameStream& operator=(const FrameStream&) = delete;

  void Start() {
    // The start counts as the first write: until then nothing can be written.
    writing_ = true;
    stream_->StartCall(TagOf(Step::kStarted));
    thread_ = std::thread([this] { Run(); });
  }

  bool CanWrite() const { return !writing_ && !broken_; }

  // Only if CanWrite.
  void Write(const Frame& frame) {
    writing_ = true;
    stream_->Write(frame, TagOf(Step::kWritten));
  }

  void Cancel() { context_.TryCancel(); }

  // What the listener does first, under its lock, when it hears OnWritten and OnBroken.
  void Written() { writing_ = false; }
  void Broken() { broken_ = true; }

 private:
  enum class Step : std::uintptr_t { kStarted, kRead, kWritten, kFinished };

  static void* TagOf(Step step) { return reinterpret_cast<void*>(step); }

  void Run() {
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok))
      Proceed(static_cast<Step>(reinterpret_cast<std::uintptr_t>(tag)), ok);
    listener_.OnEnded(status_);
  }

  void Proceed(Step step, bool ok) {
    switch (step) {
      case Step::kStarted:
        if (!ok) return Finish();
        stream_->Read(&reply_, TagOf(Step::kRead));
        return listener_.OnWritten();
      case Step::kRead:
        if (!ok) return Finish();
        listener_.OnFrame(std::move(reply_));
        reply_.Clear();
        return stream_->Read(&reply_, TagOf(Step::kRead));
      case Step::kWritten:
        return ok ? listener_.OnWritten() : listener_.OnBroken();
      case Step::kFinished:
        // What is still out comes back before the queue runs dry.
        return queue_.Shutdown();
    }
  }

  // Nothing more can be read.
  void Finish() {
    listener_.OnBroken();
    stream_->Finish(&status_, TagOf(Step::kFinished));
  }

  StreamListener<Reply>& listener_;
  const std::unique_ptr<typename Service::Stub> stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<Frame, Reply>> stream_;
  grpc::Status status_;
  Reply reply_;
  bool writing_ = false;
  bool broken_ = false;
  std::thread thread_;
};

}  // namespace chathub::sdk
