#include "hub/rpc/call.h"

#include <memory>

#include "hub/base/text.h"

namespace chathub {

Call::Call(Desk& desk)
    : desk_(desk),
      come_tag_([this](bool ok) { OnCome(ok); }),
      finish_tag_([this](bool) { OnEnding(finished_); }),
      done_tag_([this](bool) { OnEnding(done_); }) {
  ++desk_.calls;
  context_.AsyncNotifyWhenDone(&done_tag_);
  desk_.service.RequestCall(&context_, &stream_, &desk_.queue, &desk_.queue, &come_tag_);
}

void Call::OnCome(bool ok) {
  if (!ok) {  // the server is shut down
    delete this;
    return;
  }
  Accept(desk_);
  const auto method = desk_.methods.find(context_.method());
  if (method != desk_.methods.end()) return method->second(std::unique_ptr<Call>(this));
  WhenEnding([this] {
    if (over()) delete this;
  });
  Finish({grpc::StatusCode::UNIMPLEMENTED,
          "the hub has no method '" + ForLog(context_.method(), 80) + "'"});
}

}  // namespace chathub
