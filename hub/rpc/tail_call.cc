#include "hub/rpc/tail_call.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/rpc/caller.h"
#include "hub/rpc/statuses.h"

namespace chathub {

TailCall::TailCall(v1::Admin::AsyncService& service, Desk& desk)
    : service_(service),
      desk_(desk),
      accept_tag_([this](bool ok) { desk_.inbox.Push([this, ok] { OnAccepted(ok); }); }),
      write_tag_([this](bool) { desk_.inbox.Push([this] { OnWritten(); }); }),
      finish_tag_([this](bool) {
        desk_.inbox.Push([this] {
          finished_ = true;
          LeaveWhenDone();
        });
      }),
      done_tag_([this](bool) { desk_.inbox.Push([this] { OnDone(); }); }) {
  context_.AsyncNotifyWhenDone(&done_tag_);
  service_.RequestTail(&context_, &request_, &writer_, &desk_.queue, &desk_.queue, &accept_tag_);
}

TailCall::~TailCall() { desk_.open_streams.erase(this); }

void TailCall::OnAccepted(bool ok) {
  if (!ok) {  // the server is shut down
    delete this;
    return;
  }
  if (!desk_.closing) Accept(service_, desk_);
  desk_.open_streams[this] = [this](const absl::Status& why) { Close(why); };
  Begin();
}

void TailCall::Begin() {
  const auto caller = CallerOf(context_, desk_.reception);
  if (!caller.ok()) return Close(caller.status());
  if (!caller->pass.admin()) {
    return Close(Fail(Reason::kNotAllowed, "this needs a credential with the right 'admin'"));
  }
  desk_.hub.tail().Add(*this);
}

void TailCall::Saw(const v1::TailEntry& entry) {
  if (waiting_.entries_size() >= kMostWaiting) return;
  *waiting_.add_entries() = entry;
  WriteNext();
}

void TailCall::WriteNext() {
  if (writing_ || finishing_) return;
  if (waiting_.entries_size() > 0) {
    writing_ = true;
    return writer_.Write(std::exchange(waiting_, {}), &write_tag_);
  }
  if (!closing_) return;
  finishing_ = true;
  writer_.Finish(ToGrpc(why_), &finish_tag_);
}

void TailCall::OnWritten() {
  writing_ = false;
  WriteNext();
  LeaveWhenDone();
}

void TailCall::OnDone() {
  done_ = true;
  Close(absl::CancelledError("the watcher is gone"));
  LeaveWhenDone();
}

void TailCall::Close(const absl::Status& why) {
  if (std::exchange(closing_, true)) return;
  why_ = why;
  desk_.hub.tail().Remove(*this);
  waiting_.Clear();
  WriteNext();
}

void TailCall::LeaveWhenDone() {
  if (finished_ && done_ && !writing_) delete this;
}

}  // namespace chathub
