#include "hub/core/mailboxes/handler_mailbox.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/core/conversation.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

constexpr Milliseconds kLeaseCheck{1'000};

}  // namespace

HandlerMailbox::HandlerMailbox(std::string name, std::size_t capacity, Tools tools)
    : name_(std::move(name)),
      address_("handler/" + name_),
      capacity_(capacity),
      tools_(tools),
      instances_(tools.loop),
      absence_(name_, tools.loop, tools.announcer) {}

HandlerMailbox::~HandlerMailbox() { tools_.engine.Read(address_, nullptr); }

// --- deliveries come in

void HandlerMailbox::Arrived(EntryPtr entry) {
  ++tools_.counters.deliveries;
  auto made = std::make_unique<Delivery>();
  Delivery& delivery = *made;
  delivery.entry = std::move(entry);
  const internal::Envelope& envelope = delivery.entry->envelope;
  if (restoring_) {
    // Beside its own: it may have come while earlier ones were still to be read.
    delivery.entry->unsettled = std::make_shared<std::pair<Duty, Duty>>(
        std::move(delivery.entry->unsettled),
        tools_.directory.RestoredDuty(delivery.conversation().adapter()));
  }
  open_[delivery.id()] = std::move(made);
  lanes_.Enter(delivery, KeyOf(delivery.conversation()));
  delivery.set = set_;
  delivery.route = set_ == nullptr ? nullptr : set_->Find(envelope.delivery().route());
  if (delivery.route == nullptr) return Die(delivery, "its route is gone", "");

  delivery.place = ++last_place_;
  const TimePoint now = tools_.loop.Now();
  const std::int64_t wall = tools_.loop.WallNow();
  const std::int64_t age = std::max<std::int64_t>(wall - envelope.received_at(), 0);
  delivery.arrived = now - Milliseconds(age);
  delivery.expires = now + Milliseconds(envelope.expires_at() - wall);
  delivery.deadline = delivery.arrived + delivery.route->deadline;
  if (restoring_ && delivery.attempt() > 0) return Restore(delivery);
  if (delivery.expires <= now) return Die(delivery, "it was too old when it came", "");
  SetClock(delivery);
  lanes_.PushBack(delivery);
  if (!attached()) absence_.Tell(delivery);
  Pump();
}

void HandlerMailbox::SetRoutes(std::shared_ptr<const RouteSet> set) {
  set_ = std::move(set);
  std::vector<Delivery*> gone;
  for (const auto& [id, delivery] : open_) {
    if (delivery->holder != nullptr) continue;
    delivery->route = set_->Find(delivery->entry->envelope.delivery().route());
    delivery->set = set_;
    if (delivery->route == nullptr) gone.push_back(delivery.get());
  }
  for (Delivery* delivery : gone) Die(*delivery, "its route is gone", "");
  Pump();
}

void HandlerMailbox::Begin() {
  if (std::exchange(reading_, true)) return;
  restoring_ = true;
  tools_.engine.Read(address_, this);
  restoring_ = false;
}

// --- instances

Instance& HandlerMailbox::Attach(HandlerLink& link, const std::string& session,
                                 const v1::HandlerHello& hello) {
  Instance& instance = instances_.Join(link, session, hello);
  instance.silent = false;
  Unblock(instance);
  TakeBack(NotHeld(instance, hello));
  Adopt(instance, hello);
  RenewAll(instance, Milliseconds::zero());
  absence_.End();
  // The session asks for its first deliveries when it has said its HelloOk.
  return instance;
}

void HandlerMailbox::Spoke(Instance& instance) {
  if (!std::exchange(instance.silent, false)) return;
  Unblock(instance);
  Pump();
}

// --- handing out

void HandlerMailbox::Pump() {
  if (!restored_.empty()) return;
  if (std::exchange(pumping_, true)) return;  // a caller further down the stack goes on
  while (Lane* lane = lanes_.Next()) {
    Instance* instance = Choose(*lane);
    if (instance != nullptr) {
      HandOut(*lane, *instance);
    } else if (lane->in_flight > 0) {
      lane->blocked_on = lane->instance;
      lane->instance->blocked.push_back(lane);
    } else {
      lanes_.ListFirst(*lane);  // nobody has room
      break;
    }
  }
  pumping_ = false;
}

// The lane's own instance while it has one, else the one that holds least.
Instance* HandlerMailbox::Choose(const Lane& lane) const {
  if (set_ == nullptr) return nullptr;
  if (lane.in_flight == 0) return instances_.Roomiest(set_->revision());
  return Instances::HasRoom(*lane.instance, set_->revision()) ? lane.instance : nullptr;
}

void HandlerMailbox::HandOut(Lane& lane, Instance& instance) {
  Delivery& delivery = lane.waiting.front();
  lanes_.Take(delivery);
  lanes_.List(lane);

  const TimePoint now = tools_.loop.Now();
  internal::Envelope& envelope = delivery.entry->envelope;
  envelope.set_attempt(envelope.attempt() + 1);
  // Should it not be kept, then a hub that dies now counts one attempt less.
  tools_.engine.Changed(*delivery.entry);
  Hold(delivery, instance);
  const bool ran_for_expiry = delivery.clock_stands || delivery.expires < delivery.deadline;
  delivery.expires = TimePoint::max();
  if (std::exchange(delivery.clock_stands, false)) {
    delivery.deadline = now + delivery.route->deadline;
  }
  if (ran_for_expiry) SetClock(delivery);

  tools_.tail.Tell("delivery", delivery.id(), envelope.from(), address_,
                   envelope.delivery().text());

  // Lent to the command, not copied; the entry lives on even if it is finished at once.
  const EntryPtr entry = delivery.entry;
  v1::Delivery& message = *entry->envelope.mutable_delivery();
  message.set_attempt(envelope.attempt());
  *message.mutable_deadline() =
      ToDuration(std::chrono::duration_cast<Milliseconds>(delivery.deadline - now));
  v1::HandlerCommand command;
  command.unsafe_arena_set_allocated_delivery(&message);
  instance.link->Say(command);
  command.unsafe_arena_release_delivery();
  message.clear_attempt();
  message.clear_deadline();
  if (!lease_check_.set()) {
    lease_check_ = tools_.loop.After(kLeaseCheck, [this] { CheckLeases(); });
  }
}

void HandlerMailbox::Hold(Delivery& delivery, Instance& instance) {
  delivery.holder = &instance;
  delivery.lease = tools_.loop.Now() + kLease;
  const auto behind = std::upper_bound(
      instance.holds.begin(), instance.holds.end(), delivery.place,
      [](std::uint64_t place, const Delivery* held) { return place < held->place; });
  instance.holds.insert(behind, &delivery);
  delivery.lane->instance = &instance;
  ++delivery.lane->in_flight;
}

// --- clocks

void HandlerMailbox::SetClock(Delivery& delivery) {
  const TimePoint when =
      delivery.clock_stands ? delivery.expires : std::min(delivery.deadline, delivery.expires);
  delivery.clock = tools_.loop.At(when, [this, &delivery] { OnClock(delivery); });
}

void HandlerMailbox::OnClock(Delivery& delivery) {
  if (tools_.loop.Now() >= delivery.expires) {
    return Die(delivery, "no instance took it before it was too old", "");
  }
  // Nobody is there, which the chat has heard: whoever comes may still answer.
  if (!attached() && delivery.attempt() == 0) {
    delivery.clock_stands = true;
    return SetClock(delivery);
  }
  EndWithFallback(delivery, name_ + " did not answer in time",
                  Fail(Reason::kExpired, "the deadline passed and the user was told so"));
}

void HandlerMailbox::CheckLeases() {
  const TimePoint now = tools_.loop.Now();
  bool any_held = false;
  std::vector<Delivery*> expired;
  for (const auto& instance : instances_.list()) {
    for (Delivery* delivery : instance->holds) {
      any_held = true;
      // A broken stream has its own time.
      if (now < delivery->lease || instance->link == nullptr) continue;
      expired.push_back(delivery);
      instance->silent = true;
    }
  }
  if (any_held) lease_check_ = tools_.loop.After(kLeaseCheck, [this] { CheckLeases(); });
  if (expired.empty()) return;
  Log(LogLevel::kWarning, "leases expired", {{"handler", name_}, {"deliveries", expired.size()}});
  TakeBack(expired);
  Pump();
}

void HandlerMailbox::TellOfAbsence() {
  for (const auto& [id, delivery] : open_) {
    if (delivery->holder == nullptr) absence_.Tell(*delivery);
  }
}

// --- taking back

void HandlerMailbox::LetGo(Delivery& delivery) {
  Instance& instance = *std::exchange(delivery.holder, nullptr);
  std::erase(instance.holds, &delivery);
  Lane& lane = *delivery.lane;
  if (--lane.in_flight == 0) lane.instance = nullptr;
  Unblock(instance);
  ReleaseIfDone(instance);
}

// It has room again, or is no more.
void HandlerMailbox::Unblock(Instance& instance) {
  for (Lane* lane : std::exchange(instance.blocked, {})) {
    lane->blocked_on = nullptr;
    lanes_.ListFirst(*lane);
  }
}

// The youngest first to the head of its lane: so they go again in order.
void HandlerMailbox::TakeBack(const std::vector<Delivery*>& deliveries) {
  for (auto at = deliveries.rbegin(); at != deliveries.rend(); ++at) {
    LetGo(**at);
    TryAgain(**at);
  }
}

void HandlerMailbox::TryAgain(Delivery& delivery) {
  if (delivery.set != set_) {
    delivery.set = set_;
    delivery.route = set_->Find(delivery.entry->envelope.delivery().route());
    if (delivery.route == nullptr) return Die(delivery, "its route is gone", "");
  }
  if (delivery.attempt() < delivery.route->maximum_attempts) return lanes_.PushFront(delivery);
  Die(delivery, "handed out " + std::to_string(delivery.attempt()) + " times and never finished",
      name_ + " could not answer");
}

void HandlerMailbox::Rest(Delivery& delivery, Milliseconds time) {
  delivery.holds_lane = delivery.route->route.ordered();
  if (delivery.holds_lane) delivery.lane->held = true;
  delivery.rest = tools_.loop.After(time, [this, &delivery] {
    if (std::exchange(delivery.holds_lane, false)) delivery.lane->held = false;
    lanes_.PushFront(delivery);
    Pump();
  });
}

}  // namespace chathub
