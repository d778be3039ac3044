#include "hub/rpc/reflection_service.h"

#include <memory>
#include <utility>

#include "hub/base/errors.h"
#include "hub/rpc/call.h"
#include "hub/rpc/caller.h"
#include "hub/rpc/reflection_answers.h"
#include "hub/rpc/statuses.h"
#include "hub/rpc/tag.h"

namespace chathub {
namespace {

// One call: question, answer, question. Owns itself: made of a call that has come, gone when it is
// over. Hub thread.
class Reflection {
 public:
  Reflection(std::unique_ptr<Call> call, Desk& desk) : call_(std::move(call)), desk_(desk) {
    call_->WhenEnding([this] {
      if (call_->over()) delete this;
    });
    Begin();
  }

 private:
  ~Reflection() { desk_.open_streams.erase(this); }

  void Begin() {
    if (desk_.closing) return Finish(Fail(Reason::kGoingAway, "the hub is going away"));
    Desk::OpenStream& open_stream = desk_.open_streams[this];
    open_stream.close = [this](const absl::Status&) { call_->context().TryCancel(); };
    const Arrival arrival = Receive(call_->context(), desk_.reception);
    if (!arrival.caller.ok()) {
      refusal_ =
          desk_.loop.After(arrival.tell_in, [this, why = arrival.caller.status()] { Finish(why); });
      return;
    }
    open_stream.token = arrival.caller->pass.token();
    const absl::Status status = arrival.caller->pass.Need(Right::kAdmin, "read the hub's services");
    AuditDenial(call_->context(), arrival.caller->peer, "grpc.reflection", status);
    status.ok() ? Read() : Finish(status);
  }

  void Read() { call_->Read(question_, read_tag_); }

  void OnRead(bool ok) {
    if (!ok) return Finish(absl::OkStatus());
    grpc::reflection::v1alpha::ServerReflectionRequest request;
    if (!Unpack(question_, request)) {
      return Finish(Fail(Reason::kBadFrame, "the request is not what this method takes"));
    }
    call_->Write(Pack(AnswerReflection(request)), write_tag_);
  }

  void OnWritten(bool ok) { ok ? Read() : Finish(absl::OkStatus()); }

  void Finish(const absl::Status& why) { call_->Finish(ToGrpc(why)); }

  const std::unique_ptr<Call> call_;
  Desk& desk_;
  Tag read_tag_{[this](bool ok) { OnRead(ok); }};
  Tag write_tag_{[this](bool ok) { OnWritten(ok); }};
  grpc::ByteBuffer question_;  // gRPC's while it reads
  Timer refusal_;
};

}  // namespace

void ServeReflection(Desk& desk) {
  desk.methods["/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"] =
      [&desk](std::unique_ptr<Call> call) { new Reflection(std::move(call), desk); };
}

}  // namespace chathub
