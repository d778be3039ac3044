#include "hub/rpc/robot_listener.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/rpc/robot_names.h"

namespace chathub {

RobotListener::RobotListener(std::string plugin, const Caller& caller, Hub& hub,
                             std::shared_ptr<ByPlugin> listeners, Outlet& outlet)
    : plugin_(std::move(plugin)),
      pass_(caller.pass.As({PeerKind::kHandler, plugin_})),
      hub_(hub),
      listeners_(std::move(listeners)),
      outlet_(outlet),
      session_(hub.OpenHandler(*this, pass_)) {
  const auto older = listeners_->find(plugin_);
  if (older != listeners_->end()) {
    older->second->Close(
        Fail(Reason::kConflict, "another Listen of plugin '" + plugin_ + "' came"));
  }
  (*listeners_)[plugin_] = this;
  session_->Listen(plugin_);
}

RobotListener::~RobotListener() {
  const auto listener = listeners_->find(plugin_);
  if (listener != listeners_->end() && listener->second == this) listeners_->erase(listener);
}

void RobotListener::Say(const v1::HandlerCommand& command) {
  if (!command.has_delivery()) return;
  waiting_.push_back(command.delivery());
  outlet_.Ring();
}

bool RobotListener::Next(oco::Event& event) {
  if (waiting_.empty()) return false;
  event = EventOf(waiting_.front(), PatternOf(waiting_.front()));
  return true;
}

void RobotListener::Written(bool ok) {
  const v1::Delivery delivery = std::move(waiting_.front());
  waiting_.pop_front();
  if (!ok) return waiting_.clear();
  hub_.speaking().GrantReply(pass_, delivery);
  v1::HandlerItem item;
  item.mutable_finish()->set_delivery(delivery.id());
  item.mutable_finish()->set_attempt(delivery.attempt());
  session_->Hear(std::move(item));
}

// Of a command route, its word.
std::string RobotListener::PatternOf(const v1::Delivery& delivery) const {
  const RouteSet* set = hub_.routes().table()->Find(plugin_);
  const CompiledRoute* route = set == nullptr ? nullptr : set->Find(delivery.route());
  if (route == nullptr) return {};
  return route->command.has_value() ? route->route.command().word() : route->route.pattern();
}

}  // namespace chathub
