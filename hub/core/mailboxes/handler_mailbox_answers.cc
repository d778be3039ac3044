// What an instance says about its deliveries, and what it hears of its orders.
#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/secrets.h"
#include "hub/core/mailboxes/handler_mailbox.h"
#include "hub/core/mailboxes/say_keys.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

constexpr std::chrono::minutes kLongestPatience{15};

}  // namespace

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

v1::FinishResult HandlerMailbox::Finish(Instance& instance, v1::Finish&& finish) {
  v1::FinishResult result;
  *result.mutable_delivery() = std::move(*finish.mutable_delivery());
  Delivery* delivery = FindHeld(instance, result.delivery(), finish.attempt());
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
  auto orders = tools_.orders.Answer(delivery->conversation(), std::move(*finish.mutable_actions()),
                                     delivery->id(), OriginOf(*delivery, instance));
  if (!orders.ok()) return refuse(orders.status());
  auto change = tools_.store.Prepare(address_, finish.store_writes());
  if (!change.ok()) return refuse(change.status());

  Step step;
  step.put = *std::move(orders);
  step.end.push_back(delivery->entry);
  step.writes = std::move(change->writes);
  if (!step.writes.empty()) step.unkept = delivery->entry->unkept;
  const auto applied = tools_.engine.Apply(std::move(step));
  if (!applied.ok() && ReasonOf(applied.status()) == Reason::kConflict) {
    result.set_outcome(v1::FINISH_OUTCOME_CONFLICT);
    result.mutable_conflict()->set_key(tools_.engine.LastConflict().key);
    result.mutable_conflict()->set_revision(tools_.engine.LastConflict().revision);
    return result;
  }
  if (!applied.ok()) return refuse(applied.status());
  tools_.store.Note(*change);
  ++tools_.counters.finished;
  tools_.counters.answer_times.Add(tools_.loop.Now() - delivery->arrived);
  tools_.tail.Tell("finish", delivery->id(), address_, delivery->entry->envelope.from(), "");
  Forget(*delivery);
  Pump();
  result.set_outcome(v1::FINISH_OUTCOME_OK);
  return result;
}

void HandlerMailbox::Say(Instance& instance, v1::Say say) {
  Delivery* delivery = FindHeld(instance, say.delivery(), say.attempt());
  if (delivery == nullptr) return;
  if (say.key().empty()) say.set_key(RandomId());
  NameSays(*say.mutable_actions(), *delivery);
  delivery->says.insert(say.key());
  const TimePoint now = tools_.loop.Now();
  delivery->lease = now + kLease;
  delivery->deadline =
      std::min(now + delivery->route->deadline, delivery->arrived + kLongestPatience);
  SetClock(*delivery);

  Origin origin = OriginOf(*delivery, instance);
  origin.key = say.key();
  auto orders = tools_.orders.Answer(delivery->conversation(), std::move(*say.mutable_actions()),
                                     SayKey(delivery->id(), say.key()), origin);
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
  instance.link->Say(command);
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

void HandlerMailbox::RenewAll(Instance& instance, Milliseconds later) {
  const TimePoint until = tools_.loop.Now() + later + kLease;
  for (Delivery* delivery : instance.holds) delivery->lease = until;
}

void HandlerMailbox::OrderDone(const internal::Envelope& order, v1::Done&& done) {
  const Instance* instance = instances_.FindAuthor(order.from_session());
  if (instance == nullptr || instance->link == nullptr) return;
  v1::Posted posted;
  posted.set_key(order.author_key().empty() ? IdOf(order) : order.author_key());
  for (int i = 0; i < done.results_size(); ++i) {
    posted.set_index(static_cast<std::uint32_t>(i));
    v1::HandlerCommand command;  // lent to it, not copied
    posted.unsafe_arena_set_allocated_result(done.mutable_results(i));
    command.unsafe_arena_set_allocated_posted(&posted);
    instance->link->Say(command);
    command.unsafe_arena_release_posted();
    posted.unsafe_arena_release_result();
  }
}

void HandlerMailbox::SayDraining(const v1::Draining& draining) {
  for (const auto& instance : instances_.list()) {
    if (instance->link == nullptr) continue;
    v1::HandlerCommand command;
    *command.mutable_draining() = draining;
    instance->link->Say(command);
  }
}

}  // namespace chathub
