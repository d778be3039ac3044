#include "hub/rpc/reflection_service.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/async_stream.h>

#include <functional>

#include "hub/base/errors.h"
#include "hub/rpc/caller.h"
#include "hub/rpc/reflection_answers.h"
#include "hub/rpc/statuses.h"
#include "hub/rpc/tag.h"

namespace chathub {
namespace {

using grpc::reflection::v1alpha::ServerReflectionRequest;
using grpc::reflection::v1alpha::ServerReflectionResponse;

// One call: question, answer, question. Owns itself: it is made to accept one call, makes its
// successor when it has one, and is gone when its status is told. Hub thread.
class Reflection {
 public:
  Reflection(ReflectionService& service, Desk& desk) : service_(service), desk_(desk) {
    ++desk_.calls;
    service_.RequestServerReflectionInfo(&context_, &stream_, &desk_.queue, &desk_.queue,
                                         &accept_tag_);
  }

 private:
  ~Reflection() {
    --desk_.calls;
    desk_.open_streams.erase(this);
  }

  std::function<void(bool)> Then(void (Reflection::*step)(bool)) {
    return [this, step](bool ok) { (this->*step)(ok); };
  }

  void OnAccepted(bool ok) {
    if (!ok) return OnFinished(ok);  // the server is shut down
    new Reflection(service_, desk_);
    if (desk_.closing) return Finish(Fail(Reason::kGoingAway, "the hub is going away"));
    Desk::OpenStream& open_stream = desk_.open_streams[this];
    open_stream.close = [this](const absl::Status&) { context_.TryCancel(); };
    const Arrival arrival = Receive(context_, desk_.reception);
    if (!arrival.caller.ok()) {
      refusal_ =
          desk_.loop.After(arrival.tell_in, [this, why = arrival.caller.status()] { Finish(why); });
      return;
    }
    open_stream.token = arrival.caller->pass.token();
    const absl::Status status = arrival.caller->pass.Need(Right::kAdmin, "read the hub's services");
    AuditDenial(context_, arrival.caller->peer, "grpc.reflection", status);
    status.ok() ? stream_.Read(&request_, &read_tag_) : Finish(status);
  }

  void OnRead(bool ok) {
    if (!ok) return Finish(absl::OkStatus());
    stream_.Write(AnswerReflection(request_), &write_tag_);
  }

  void OnWritten(bool ok) { ok ? stream_.Read(&request_, &read_tag_) : Finish(absl::OkStatus()); }

  void Finish(const absl::Status& why) { stream_.Finish(ToGrpc(why), &finish_tag_); }

  void OnFinished(bool) { delete this; }

  ReflectionService& service_;
  Desk& desk_;
  grpc::ServerContext context_;
  grpc::ServerAsyncReaderWriter<ServerReflectionResponse, ServerReflectionRequest> stream_{
      &context_};
  Tag accept_tag_{Then(&Reflection::OnAccepted)};
  Tag read_tag_{Then(&Reflection::OnRead)};
  Tag write_tag_{Then(&Reflection::OnWritten)};
  Tag finish_tag_{Then(&Reflection::OnFinished)};
  ServerReflectionRequest request_;
  Timer refusal_;
};

}  // namespace

void ServeReflection(ReflectionService& service, Desk& desk) { new Reflection(service, desk); }

}  // namespace chathub
