#include "hub/rpc/listen_call.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/rpc/caller.h"
#include "hub/rpc/robot_names.h"
#include "hub/rpc/statuses.h"

namespace chathub {

ListenCall::ListenCall(oco::Robot::AsyncService& service, Desk& desk,
                       std::shared_ptr<Listeners> listeners)
    : service_(service),
      desk_(desk),
      listeners_(std::move(listeners)),
      accept_tag_([this](bool ok) { desk_.inbox.Push([this, ok] { OnAccepted(ok); }); }),
      write_tag_([this](bool ok) { desk_.inbox.Push([this, ok] { OnWritten(ok); }); }),
      finish_tag_([this](bool) {
        desk_.inbox.Push([this] {
          finished_ = true;
          LeaveWhenDone();
        });
      }),
      done_tag_([this](bool) { desk_.inbox.Push([this] { OnDone(); }); }) {
  context_.AsyncNotifyWhenDone(&done_tag_);
  service_.RequestListen(&context_, &request_, &writer_, &desk_.queue, &desk_.queue, &accept_tag_);
}

ListenCall::~ListenCall() { desk_.open_streams.erase(this); }

void ListenCall::OnAccepted(bool ok) {
  if (!ok) {  // the server is shut down
    delete this;
    return;
  }
  if (!desk_.closing) Accept(service_, desk_, listeners_);
  desk_.open_streams[this] = [this](const absl::Status& why) { Close(why); };
  Begin();
}

void ListenCall::Begin() {
  const auto caller = CallerOf(context_, desk_.reception);
  if (!caller.ok()) return Close(caller.status());
  const std::string& plugin = request_.plugin_id();
  const absl::Status status = caller->pass.MayBe({PeerKind::kHandler, plugin});
  if (!status.ok()) return Close(status);

  const auto older = listeners_->find(plugin);
  if (older != listeners_->end()) {
    older->second->Close(Fail(Reason::kConflict, "another Listen of plugin '" + plugin + "' came"));
  }
  (*listeners_)[plugin] = this;
  session_ = desk_.hub.OpenHandler(*this, caller->pass);
  session_->Listen(plugin);
}

std::string ListenCall::PatternOf(const v1::Delivery& delivery) const {
  const RouteSet* set = desk_.hub.routes().table()->Find(request_.plugin_id());
  const CompiledRoute* route = set == nullptr ? nullptr : set->Find(delivery.route());
  if (route == nullptr) return {};
  return route->command.has_value() ? route->route.command().word() : route->route.pattern();
}

// All but deliveries is not for OpenChatOps' ears.
void ListenCall::Say(v1::HandlerCommand command) {
  if (closing_ || !command.has_delivery()) return;
  waiting_.push_back(std::move(*command.mutable_delivery()));
  if (!writing_) WriteNext();
}

void ListenCall::WriteNext() {
  if (!waiting_.empty()) {
    writing_ = true;
    return writer_.Write(EventOf(waiting_.front(), PatternOf(waiting_.front())), &write_tag_);
  }
  if (!closing_ || std::exchange(finishing_, true)) return;
  writer_.Finish(ToGrpc(why_), &finish_tag_);
}

void ListenCall::OnWritten(bool ok) {
  writing_ = false;
  const v1::Delivery delivery = std::move(waiting_.front());
  waiting_.pop_front();
  if (!ok) waiting_.clear();
  if (ok && session_ != nullptr) {
    v1::HandlerItem item;
    item.mutable_finish()->set_delivery(delivery.id());
    item.mutable_finish()->set_attempt(delivery.attempt());
    session_->Hear(std::move(item));
  }
  if (!writing_) WriteNext();
  LeaveWhenDone();
}

void ListenCall::OnDone() {
  done_ = true;
  Close(absl::CancelledError("the listener is gone"));
  LeaveWhenDone();
}

void ListenCall::Close(const absl::Status& why) {
  if (std::exchange(closing_, true)) return;
  why_ = why;
  const auto listener = listeners_->find(request_.plugin_id());
  if (listener != listeners_->end() && listener->second == this) listeners_->erase(listener);
  // Not at once: it may be the session that calls. What is not written goes elsewhere.
  desk_.loop.Post([session = std::move(session_)] {});
  while (waiting_.size() > (writing_ ? 1 : 0)) waiting_.pop_back();
  if (!writing_) WriteNext();
}

void ListenCall::LeaveWhenDone() {
  if (finished_ && done_ && !writing_) delete this;
}

}  // namespace chathub
