// One Attach call: hands frames over and thinks nothing.
#pragma once

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <memory>
#include <utility>

#include "chathub/channel.h"

namespace chathub::sdk {

// Guarded by its owner, who reads the completion queue and gives us what comes out of it; to be
// destroyed after kEnded only.
template <typename Service, typename Frame, typename Reply>
class FrameStream final {
 public:
  enum class News { kNothing, kWritable, kFrame, kEnded };

  FrameStream(const HubAddress& address, grpc::CompletionQueue& queue)
      : stub_(Service::NewStub(MakeChannel(address))) {
    Authorize(context_, address);
    stream_ = stub_->PrepareAsyncAttach(&context_, &queue);
  }
  FrameStream(const FrameStream&) = delete;
  FrameStream& operator=(const FrameStream&) = delete;

  void Start() {
    // The start counts as the first write: until then nothing can be written.
    writing_ = true;
    stream_->StartCall(TagOf(Step::kStarted));
  }

  bool CanWrite() const { return !writing_ && !broken_; }

  // Only if CanWrite.
  void Write(const Frame& frame) {
    writing_ = true;
    stream_->Write(frame, TagOf(Step::kWritten));
  }

  // What the queue gave. After kFrame, ReadOn when the frame has served; kEnded comes last.
  News Proceed(void* tag, bool ok) {
    --under_way_;
    const News news = Proceed(static_cast<Step>(reinterpret_cast<std::uintptr_t>(tag)), ok);
    return finished_ && under_way_ == 0 ? News::kEnded : news;
  }
  Reply& frame() { return frame_; }
  void ReadOn() { stream_->Read(&frame_, TagOf(Step::kRead)); }

  void Cancel() { context_.TryCancel(); }
  const grpc::Status& status() const { return status_; }

 private:
  enum class Step : std::uintptr_t { kStarted, kRead, kWritten, kFinished };

  void* TagOf(Step step) {
    ++under_way_;
    return reinterpret_cast<void*>(step);
  }

  News Proceed(Step step, bool ok) {
    switch (step) {
      case Step::kStarted:
        writing_ = false;
        if (!ok) return Finish();
        ReadOn();
        return News::kWritable;
      case Step::kRead:
        return ok ? News::kFrame : Finish();
      case Step::kWritten:
        writing_ = false;
        broken_ = broken_ || !ok;
        return News::kWritable;
      case Step::kFinished:
        finished_ = true;
        return News::kNothing;
    }
    return News::kNothing;
  }

  // Nothing more can be read.
  News Finish() {
    broken_ = true;
    stream_->Finish(&status_, TagOf(Step::kFinished));
    return News::kNothing;
  }

  const std::unique_ptr<typename Service::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<Frame, Reply>> stream_;
  grpc::Status status_;
  Reply frame_;
  bool writing_ = false;
  bool broken_ = false;
  bool finished_ = false;
  int under_way_ = 0;
};

}  // namespace chathub::sdk
