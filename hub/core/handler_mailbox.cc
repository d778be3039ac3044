#include "hub/core/handler_mailbox.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/secrets.h"
#include "hub/core/conversation.h"
#include "hub/core/problems.h"
#include "hub/core/store_writes.h"

namespace chathub {
namespace {

constexpr Milliseconds kLeaseCheck{1'000};
constexpr std::chrono::minutes kLongestPatience{15};

v1::HandlerCommand CancelOf(const Delivery& delivery, const absl::Status& why) {
  v1::HandlerCommand command;
  v1::Cancel& cancel = *command.mutable_cancel();
  cancel.set_delivery(delivery.id());
  cancel.set_attempt(delivery.attempt());
  *cancel.mutable_problem() = ToProblem(why);
  return command;
}

// The order's key of a Say: no other delivery can have it.
std::string SayKey(const std::string& delivery, const std::string& key) {
  return delivery + "/say/" + key;
}

// What the handler calls the order: a Say by the key that it gave.
std::string KeyForHandler(const std::string& order_key) {
  constexpr std::string_view kSay = "/say/";
  const auto say = order_key.rfind(kSay);
  return say == std::string::npos ? order_key : order_key.substr(say + kSay.size());
}

void NameSay(v1::MessageRef& target, const Delivery& delivery) {
  if (!target.has_posted() || !delivery.says.contains(target.posted().key())) return;
  target.mutable_posted()->set_key(SayKey(delivery.id(), target.posted().key()));
}

// Says of the same delivery are named by the handler's keys.
void NameSays(Actions& actions, const Delivery& delivery) {
  if (delivery.says.empty()) return;
  for (v1::Action& action : actions) {
    if (action.has_edit()) NameSay(*action.mutable_edit()->mutable_target(), delivery);
    if (action.has_react()) NameSay(*action.mutable_react()->mutable_target(), delivery);
    if (action.has_delete_()) NameSay(*action.mutable_delete_()->mutable_target(), delivery);
  }
}

std::string FallbackOf(const Delivery& delivery, std::string_view otherwise) {
  const std::string& text = delivery.route->route.fallback_text();
  return text.empty() ? std::string(otherwise) : text;
}

}  // namespace

HandlerMailbox::HandlerMailbox(std::string name, std::size_t capacity, Tools tools)
    : name_(std::move(name)),
      address_("handler/" + name_),
      capacity_(capacity),
      tools_(tools),
      absent_since_(tools.loop.Now()) {
  tools_.engine.Read(address_, this);
}

HandlerMailbox::~HandlerMailbox() { tools_.engine.Read(address_, nullptr); }

// --- deliveries come in

void HandlerMailbox::Arrived(EntryPtr entry) {
  ++tools_.counters.deliveries;
  auto made = std::make_unique<Delivery>();
  Delivery& delivery = *made;
  delivery.entry = std::move(entry);
  const internal::Envelope& envelope = delivery.entry->envelope;
  open_[delivery.id()] = std::move(made);
  lanes_.Enter(delivery, KeyOf(delivery.conversation()));
  delivery.set = set_;
  delivery.route = set_ == nullptr ? nullptr : set_->Find(envelope.delivery().route());
  if (delivery.route == nullptr) return Die(delivery, "its route is gone", "");

  delivery.place = ++last_place_;
  delivery.arrived = tools_.loop.Now();
  delivery.expires = delivery.arrived + Milliseconds(envelope.expires_at() - tools_.loop.WallNow());
  delivery.deadline = delivery.arrived + delivery.route->deadline;
  SetClock(delivery);
  lanes_.PushBack(delivery);
  if (!attached()) NoteAbsence(delivery);
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

// --- instances

bool HandlerMailbox::attached() const {
  return std::any_of(instances_.begin(), instances_.end(),
                     [](const auto& instance) { return instance->link != nullptr; });
}

Instance& HandlerMailbox::Attach(HandlerLink& link, const std::string& session,
                                 const v1::HandlerHello& hello) {
  const auto known = std::find_if(
      instances_.begin(), instances_.end(), [&](const std::unique_ptr<Instance>& instance) {
        return instance->link == nullptr && !hello.instance_token().empty() &&
               EqualInConstantTime(instance->token, hello.instance_token());
      });
  const bool fresh = known == instances_.end();
  if (fresh) {
    instances_.push_back(std::make_unique<Instance>());
    instances_.back()->token = RandomId();
  }
  Instance& instance = fresh ? *instances_.back() : **known;
  instance.link = &link;
  instance.session = session;
  instance.revision = hello.revision();
  instance.attached_at = tools_.loop.WallNow();
  instance.grace.Cancel();
  instance.maximum = hello.maximum_in_flight() == 0
                         ? kDefaultInFlight
                         : std::min<std::size_t>(hello.maximum_in_flight(), kMostInFlight);

  std::vector<Delivery*> lost;  // on the way when the stream broke
  for (const auto& [place, delivery] : instance.holds) {
    const bool held = std::any_of(
        hello.holding().begin(), hello.holding().end(), [&](const v1::Holding& holding) {
          return holding.delivery() == delivery->id() && holding.attempt() == delivery->attempt();
        });
    if (held) {
      delivery->lease = tools_.loop.Now() + kLease;
    } else {
      lost.push_back(delivery);
    }
  }
  TakeBack(lost);
  absence_.Cancel();
  told_of_absence_.clear();
  // The session asks for its first deliveries when it has said its HelloOk.
  return instance;
}

void HandlerMailbox::Detach(Instance& instance) {
  instance.link = nullptr;
  if (!attached()) {
    absent_since_ = tools_.loop.Now();
    absence_ = tools_.loop.After(kAbsence, [this] { NoteAbsence(); });
  }
  if (instance.leaving) return Lose(instance);
  instance.grace = tools_.loop.After(kGrace, [this, &instance] { Lose(instance); });
}

void HandlerMailbox::Lose(Instance& instance) {
  std::vector<Delivery*> held;
  for (const auto& [place, delivery] : instance.holds) held.push_back(delivery);
  if (!held.empty()) {
    Log(LogLevel::kWarning, "instance lost",
        {{"handler", name_}, {"session", instance.session}, {"held", held.size()}});
  }
  // Before its deliveries go elsewhere: it must not be chosen.
  instance.leaving = true;
  TakeBack(held);
  Remove(instance);
  Pump();
}

void HandlerMailbox::Remove(Instance& instance) {
  for (Lane* lane : std::exchange(instance.blocked, {})) {
    lane->blocked_on = nullptr;
    lanes_.ListFirst(*lane);
  }
  std::erase_if(instances_, [&](const auto& other) { return other.get() == &instance; });
}

void HandlerMailbox::Spoke(Instance& instance) {
  if (!std::exchange(instance.silent, false)) return;
  Pump();
}

// --- handing out

void HandlerMailbox::Pump() {
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

bool HandlerMailbox::HasRoom(const Instance& instance) const {
  return instance.link != nullptr && !instance.leaving && !instance.silent && set_ != nullptr &&
         instance.revision == set_->revision() && instance.holds.size() < instance.maximum;
}

// The lane's own instance while it has one, else the one that holds least.
Instance* HandlerMailbox::Choose(const Lane& lane) const {
  if (lane.in_flight > 0) return HasRoom(*lane.instance) ? lane.instance : nullptr;
  Instance* best = nullptr;
  for (const auto& instance : instances_) {
    if (!HasRoom(*instance)) continue;
    if (best == nullptr || instance->holds.size() < best->holds.size()) best = instance.get();
  }
  return best;
}

void HandlerMailbox::HandOut(Lane& lane, Instance& instance) {
  Delivery& delivery = *lane.waiting.front();
  lanes_.Take(delivery);
  lanes_.List(lane);

  const TimePoint now = tools_.loop.Now();
  internal::Envelope& envelope = delivery.entry->envelope;
  envelope.set_attempt(envelope.attempt() + 1);
  delivery.holder = &instance;
  delivery.lease = now + kLease;
  instance.holds[delivery.place] = &delivery;
  lane.instance = &instance;
  ++lane.in_flight;
  delivery.expires = TimePoint::max();
  if (std::exchange(delivery.clock_stands, false)) {
    delivery.deadline = now + delivery.route->deadline;
    SetClock(delivery);
  }

  v1::HandlerCommand command;
  v1::Delivery& message = *command.mutable_delivery();
  message = envelope.delivery();
  message.set_attempt(envelope.attempt());
  *message.mutable_deadline() =
      ToDuration(std::chrono::duration_cast<Milliseconds>(delivery.deadline - now));
  instance.link->Say(std::move(command));
  if (!lease_check_.set()) {
    lease_check_ = tools_.loop.After(kLeaseCheck, [this] { CheckLeases(); });
  }
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
  for (const auto& instance : instances_) {
    for (const auto& [place, delivery] : instance->holds) {
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

void HandlerMailbox::NoteAbsence() {
  for (const auto& [id, delivery] : open_) {
    if (delivery->holder == nullptr) NoteAbsence(*delivery);
  }
}

void HandlerMailbox::NoteAbsence(const Delivery& delivery) {
  const TimePoint known_at = absent_since_ + kAbsence;
  if (tools_.loop.Now() < known_at) {
    if (!absence_.set()) absence_ = tools_.loop.At(known_at, [this] { NoteAbsence(); });
    return;
  }
  if (!told_of_absence_.insert(delivery.lane->key).second) return;
  tools_.announcer.Say(delivery.conversation(), name_ + " is not running",
                       delivery.id() + "/absent", delivery.entry);
}

// --- what an instance says

Delivery* HandlerMailbox::FindHeld(const Instance& instance, const std::string& id,
                                   std::uint32_t attempt) const {
  const auto found = open_.find(id);
  if (found == open_.end()) return nullptr;
  Delivery* delivery = found->second.get();
  const bool current = delivery->holder == &instance && delivery->attempt() == attempt;
  return current ? delivery : nullptr;
}

Origin HandlerMailbox::OriginOf(const Delivery& delivery, const Instance& instance) const {
  return {.from = address_,
          .session = instance.token,
          .traceparent = delivery.entry->envelope.delivery().traceparent(),
          .max_age = delivery.route->max_age,
          .unkept = delivery.entry->unkept,
          .unsettled = delivery.entry->unsettled};
}

v1::FinishResult HandlerMailbox::Finish(Instance& instance, v1::Finish finish) {
  v1::FinishResult result;
  result.set_delivery(finish.delivery());
  Delivery* delivery = FindHeld(instance, finish.delivery(), finish.attempt());
  if (delivery == nullptr) {
    result.set_outcome(v1::FINISH_OUTCOME_STALE);
    return result;
  }
  const auto refuse = [&](const absl::Status& why) {
    result.set_outcome(v1::FINISH_OUTCOME_REFUSED);
    *result.mutable_problem() = ToProblem(why);
    return result;
  };
  NameSays(*finish.mutable_actions(), *delivery);
  auto orders = tools_.orders.Answer(delivery->conversation(), finish.actions(), delivery->id(),
                                     OriginOf(*delivery, instance));
  if (!orders.ok()) return refuse(orders.status());
  auto writes = ToWrites(name_, finish.store_writes(), tools_.loop.WallNow());
  if (!writes.ok()) return refuse(writes.status());

  Step step;
  step.put = *std::move(orders);
  step.end.push_back(delivery->entry);
  step.writes = *std::move(writes);
  const auto applied = tools_.engine.Apply(std::move(step));
  if (!applied.ok() && ReasonOf(applied.status()) == Reason::kConflict) {
    result.set_outcome(v1::FINISH_OUTCOME_CONFLICT);
    result.mutable_conflict()->set_key(tools_.engine.LastConflict().key);
    result.mutable_conflict()->set_revision(tools_.engine.LastConflict().revision);
    return result;
  }
  if (!applied.ok()) return refuse(applied.status());
  ++tools_.counters.finished;
  Forget(*delivery);
  Pump();
  result.set_outcome(v1::FINISH_OUTCOME_OK);
  return result;
}

void HandlerMailbox::Say(Instance& instance, v1::Say say) {
  Delivery* delivery = FindHeld(instance, say.delivery(), say.attempt());
  if (delivery == nullptr) return;
  const std::string key =
      delivery->id() + "/say/" + (say.key().empty() ? std::to_string(++last_say_) : say.key());
  const TimePoint now = tools_.loop.Now();
  delivery->lease = now + kLease;
  delivery->deadline =
      std::min(now + delivery->route->deadline, delivery->arrived + kLongestPatience);
  SetClock(*delivery);

  auto orders = tools_.orders.Answer(delivery->conversation(), say.actions(), key,
                                     OriginOf(*delivery, instance));
  absl::Status status = orders.status();
  if (orders.ok()) {
    Step step;
    step.put = *std::move(orders);
    status = tools_.engine.Apply(std::move(step)).status();
  }
  if (status.ok()) return;
  v1::HandlerCommand command;
  command.mutable_posted()->set_key(say.key());
  *command.mutable_posted()->mutable_result()->mutable_problem() = ToProblem(status);
  instance.link->Say(std::move(command));
}

void HandlerMailbox::Nack(Instance& instance, const v1::Nack& nack) {
  Delivery* delivery = FindHeld(instance, nack.delivery(), nack.attempt());
  if (delivery == nullptr) return;
  Log(LogLevel::kInfo, "nack",
      {{"handler", name_}, {"delivery", delivery->id()}, {"why", nack.why()}});
  LetGo(*delivery);
  if (delivery->attempt() >= delivery->route->maximum_attempts) {
    Die(*delivery, "given back " + std::to_string(delivery->attempt()) + " times: " + nack.why(),
        name_ + " could not answer");
  } else if (const Milliseconds time = ToMilliseconds(nack.retry_after()); time.count() > 0) {
    Rest(*delivery, time);
  } else {
    lanes_.PushFront(*delivery);
  }
  Pump();
}

void HandlerMailbox::Renew(Instance& instance, const v1::Renew& renew) {
  const TimePoint until = tools_.loop.Now() + kLease;
  for (const std::string& id : renew.deliveries()) {
    const auto found = open_.find(id);
    if (found != open_.end() && found->second->holder == &instance) found->second->lease = until;
  }
}

// --- taking back

void HandlerMailbox::LetGo(Delivery& delivery) {
  Instance& instance = *std::exchange(delivery.holder, nullptr);
  instance.holds.erase(delivery.place);
  Lane& lane = *delivery.lane;
  if (--lane.in_flight == 0) lane.instance = nullptr;
  for (Lane* blocked : std::exchange(instance.blocked, {})) {
    blocked->blocked_on = nullptr;
    lanes_.ListFirst(*blocked);
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

// --- ending

void HandlerMailbox::EndWithFallback(Delivery& delivery, std::string_view text,
                                     const absl::Status& why) {
  if (delivery.holder != nullptr && delivery.holder->link != nullptr) {
    delivery.holder->link->Say(CancelOf(delivery, why));
  }
  Step step;
  step.end.push_back(delivery.entry);
  EntryPtr order = tools_.announcer.Compose(delivery.conversation(), FallbackOf(delivery, text),
                                            delivery.id(), delivery.entry);
  if (order != nullptr) step.put.push_back(std::move(order));
  const auto applied = tools_.engine.Apply(std::move(step));
  if (!applied.ok()) Log(LogLevel::kError, "delivery not ended", {{"id", delivery.id()}});
  Forget(delivery);
  Pump();
}

// An empty fallback: the user hears nothing.
void HandlerMailbox::Die(Delivery& delivery, std::string_view why, std::string_view fallback) {
  Step step;
  tools_.dead_letters.Add(step, delivery.entry, why);
  if (!fallback.empty()) {
    EntryPtr order = tools_.announcer.Compose(
        delivery.conversation(), FallbackOf(delivery, fallback), delivery.id(), delivery.entry);
    if (order != nullptr) step.put.push_back(std::move(order));
  }
  const auto applied = tools_.engine.Apply(std::move(step));
  if (!applied.ok()) Log(LogLevel::kError, "delivery not buried", {{"id", delivery.id()}});
  Forget(delivery);
}

void HandlerMailbox::Forget(Delivery& delivery) {
  if (delivery.holder != nullptr) LetGo(delivery);
  Lane& lane = *delivery.lane;
  if (delivery.holds_lane) lane.held = false;
  lanes_.List(lane);
  lanes_.Exit(delivery);
  open_.erase(std::string(delivery.id()));
}

void HandlerMailbox::SayDraining(const v1::Draining& draining) {
  for (const auto& instance : instances_) {
    if (instance->link == nullptr) continue;
    v1::HandlerCommand command;
    *command.mutable_draining() = draining;
    instance->link->Say(std::move(command));
  }
}

void HandlerMailbox::OrderDone(const internal::Envelope& order, const v1::Done& done) {
  const auto instance =
      std::find_if(instances_.begin(), instances_.end(),
                   [&](const auto& candidate) { return candidate->token == order.from_session(); });
  if (instance == instances_.end() || (*instance)->link == nullptr) return;
  for (int i = 0; i < done.results_size(); ++i) {
    v1::HandlerCommand command;
    v1::Posted& posted = *command.mutable_posted();
    posted.set_key(KeyForHandler(order.id()));
    posted.set_index(static_cast<std::uint32_t>(i));
    *posted.mutable_result() = done.results(i);
    (*instance)->link->Say(std::move(command));
  }
}

}  // namespace chathub
