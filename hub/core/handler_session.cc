#include "hub/core/handler_session.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/names.h"
#include "hub/base/secrets.h"
#include "hub/core/problems.h"
#include "hub/core/rights/route_rights.h"

namespace chathub {
namespace {

constexpr std::size_t kMostEarlyItems = 2048;

v1::HandlerCommand HelloOkOf(const std::string& hub, const Instance& instance,
                             const std::vector<v1::Collision>& collisions) {
  v1::HandlerCommand command;
  v1::HandlerHelloOk& hello_ok = *command.mutable_hello_ok();
  hello_ok.set_session(instance.session);
  hello_ok.set_hub(hub);
  hello_ok.set_instance_token(instance.token);
  *hello_ok.mutable_lease() = ToDuration(HandlerMailbox::kLease);
  hello_ok.mutable_collisions()->Add(collisions.begin(), collisions.end());
  for (const Delivery* delivery : instance.holds) {
    v1::Holding& holding = *hello_ok.add_holding();
    holding.set_delivery(delivery->id());
    holding.set_attempt(delivery->attempt());
  }
  return command;
}

}  // namespace

HandlerSession::HandlerSession(HandlerLink& link, Pass pass, const Household& household)
    : address_(RandomId()),
      pass_(pass),
      household_(household),
      link_(link),
      pace_(household.loop),
      self_(std::make_shared<HandlerSession*>(this)) {
  hello_time_ = household_.loop.After(
      kHelloTime, [this] { Close(Fail(Reason::kBadFrame, "no hello within 5 seconds")); });
}

HandlerSession::~HandlerSession() {
  *self_ = nullptr;
  if (instance_ == nullptr) return;
  Log(LogLevel::kInfo, "handler left", {{"handler", mailbox_->name()}, {"session", address_}});
  // First: what the routes' going away sets in motion must not reach this link.
  mailbox_->Detach(address_);
  household_.routes.Release(mailbox_->name(), revision_);
}

void HandlerSession::Close(const absl::Status& why) {
  if (std::exchange(state_, State::kClosed) == State::kClosed) return;
  hello_time_.Cancel();
  link_.Close(why);
}

void HandlerSession::Hear(v1::HandlerItem&& item) {
  switch (state_) {
    case State::kGreeting:
      if (!item.has_hello()) {
        return Close(Fail(Reason::kBadFrame, "the first item of the stream is not a hello"));
      }
      return Greet(std::move(*item.mutable_hello()));
    case State::kRegistering:
      early_.push_back(std::move(item));
      if (early_.size() <= kMostEarlyItems) return;
      return Close(Fail(Reason::kTooMuch, "too many items before the HelloOk"));
    case State::kAttached:
      return HearAttached(item);
    case State::kClosed:
      return;
  }
}

void HandlerSession::Greet(v1::HandlerHello hello) {
  if (household_.draining) return Close(Fail(Reason::kGoingAway, "the hub is going away"));
  if (absl::Status status = pass_.MayBe({PeerKind::kHandler, hello.name()}); !status.ok()) {
    return Close(status);
  }
  if (absl::Status status = MayHaveRoutes(pass_, hello.routes()); !status.ok()) {
    return Close(status);
  }
  state_ = State::kRegistering;
  hello_time_.Cancel();
  auto routes = std::move(*hello.mutable_routes());
  std::string name = hello.name();
  const std::int64_t revision = hello.revision();
  household_.routes.Register(std::move(name), revision, std::move(routes),
                             WhenGranted(std::move(hello)));
}

void HandlerSession::Listen(const std::string& handler) {
  state_ = State::kRegistering;
  hello_time_.Cancel();
  v1::HandlerHello hello;
  hello.set_name(handler);
  household_.routes.AttachKept(handler, WhenGranted(std::move(hello)));
}

RouteBook::Answer HandlerSession::WhenGranted(v1::HandlerHello hello) {
  return [self = self_, &routes = household_.routes,
          hello = std::move(hello)](absl::StatusOr<RouteBook::Grant> grant) {
    if (*self != nullptr && (*self)->state_ == State::kRegistering) {
      return (*self)->Granted(hello, std::move(grant));
    }
    // The stream ended meanwhile.
    if (grant.ok()) routes.Release(hello.name(), grant->set->revision());
  };
}

void HandlerSession::Granted(const v1::HandlerHello& hello,
                             absl::StatusOr<RouteBook::Grant> grant) {
  if (!grant.ok()) return Close(grant.status());
  // What was kept may have been registered by somebody with more rights.
  for (const CompiledRoute& route : grant->set->routes()) {
    absl::Status status = MayHaveRoute(pass_, route.route);
    if (status.ok()) continue;
    household_.routes.Release(hello.name(), grant->set->revision());
    return Close(status);
  }
  state_ = State::kAttached;
  revision_ = grant->set->revision();
  v1::HandlerHello granted = hello;
  granted.set_revision(revision_);
  mailbox_ = &household_.directory.Handler(hello.name());
  instance_ = &mailbox_->Attach(link_, address_, granted);
  Log(LogLevel::kInfo, "handler attached",
      {{"handler", hello.name()},
       {"session", address_},
       {"routes", grant->set->routes().size()},
       {"collisions", grant->collisions.size()}});
  link_.Say(HelloOkOf(household_.hub, *instance_, grant->collisions));
  mailbox_->Serve();
  for (v1::HandlerItem& item : std::exchange(early_, {})) Hear(std::move(item));
}

Milliseconds HandlerSession::Wait(const v1::HandlerItem& item) {
  const Milliseconds wait = pace_.Wait(item);
  // What renews its leases may stand behind this.
  if (wait > Milliseconds::zero() && instance_ != nullptr) mailbox_->RenewAll(*instance_, wait);
  return wait;
}

void HandlerSession::HearAttached(v1::HandlerItem& item) {
  mailbox_->Spoke(*instance_);
  switch (item.kind_case()) {
    case v1::HandlerItem::kFinish: {
      v1::FinishResult result = mailbox_->Finish(*instance_, std::move(*item.mutable_finish()));
      v1::HandlerCommand command;
      command.unsafe_arena_set_allocated_finish_result(&result);  // lent
      link_.Say(command);
      command.unsafe_arena_release_finish_result();
      return;
    }
    case v1::HandlerItem::kSay:
      return mailbox_->Say(*instance_, std::move(*item.mutable_say()));
    case v1::HandlerItem::kNack:
      return mailbox_->Nack(*instance_, item.nack());
    case v1::HandlerItem::kRenew:
      return mailbox_->Renew(*instance_, item.renew());
    case v1::HandlerItem::kLeaving:
      return mailbox_->Retire(*instance_);
    case v1::HandlerItem::kPong:
      return;
    case v1::HandlerItem::kHello:
      return Close(Fail(Reason::kBadFrame, "a second hello; a handler says one per stream"));
    case v1::HandlerItem::KIND_NOT_SET:
      return Close(Fail(Reason::kBadFrame, "an item says nothing this hub knows"));
  }
}

}  // namespace chathub
