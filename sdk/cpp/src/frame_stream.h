// One Attach call: hands frames over and thinks nothing.
#pragma once

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "chathub/channel.h"
#include "incoming.h"

namespace chathub::sdk {

// Guarded by its owner, who reads the completion queue and gives us what comes out of it; to be
// destroyed after kEnded only.
template <typename Service, typename Reply>
class FrameStream final {
 public:
  enum class News { kNothing, kWritable, kFrame, kEnded };

  FrameStream(const HubAddress& address, grpc::CompletionQueue& queue)
      : stub_(MakeChannel(address)) {
    Authorize(context_, address);
    const std::string method = std::string("/") + Service::service_full_name() + "/Attach";
    stream_ = stub_.PrepareCall(&context_, method, &queue);
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
  void Write(const std::string& frame) {
    const grpc::Slice slice(frame);
    writing_ = true;
    stream_->Write(grpc::ByteBuffer(&slice, 1), TagOf(Step::kWritten));
  }

  // What the queue gave. After kFrame, TakeFrame, and ReadOn when it has served; kEnded comes last.
  News Proceed(void* tag, bool ok) {
    --under_way_;
    const News news = Proceed(static_cast<Step>(reinterpret_cast<std::uintptr_t>(tag)), ok);
    return finished_ && under_way_ == 0 ? News::kEnded : news;
  }
  // Whoever needs it longer shares it.
  std::shared_ptr<Reply> TakeFrame() { return std::move(frame_); }
  // Where nothing was taken it does nothing. gRPC tells the other end at once that there is room
  // for more: who answers does so before, lest the other end wakes for that alone.
  void ReadOn() {
    if (!open_ || frame_ != nullptr) return;
    frame_ = NewFrame<Reply>();
    stream_->Read(frame_.get(), TagOf(Step::kRead));
  }

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
        open_ = true;
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
    open_ = false;
    broken_ = true;
    stream_->Finish(&status_, TagOf(Step::kFinished));
    return News::kNothing;
  }

  grpc::TemplatedGenericStub<grpc::ByteBuffer, Reply> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<grpc::ByteBuffer, Reply>> stream_;
  grpc::Status status_;
  std::shared_ptr<Reply> frame_;  // the one that is being read
  bool open_ = false;             // there may be more to read
  bool writing_ = false;
  bool broken_ = false;
  bool finished_ = false;
  int under_way_ = 0;
};

}  // namespace chathub::sdk
