#include "hub/core/mailboxes/adapter_mailbox.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/core/mailboxes/capabilities.h"
#include "hub/core/problems.h"

namespace chathub {

AdapterMailbox::AdapterMailbox(Options options, Loop& loop, Engine& engine,
                               DeadLetters& dead_letters, Endings& endings, Counters& counters,
                               Tail& tail, Author& author)
    : options_(std::move(options)),
      address_("adapter/" + options_.name),
      loop_(loop),
      engine_(engine),
      dead_letters_(dead_letters),
      endings_(endings),
      counters_(counters),
      tail_(tail),
      author_(author),
      self_(std::make_shared<AdapterMailbox*>(this)) {
  RestorePosition();
  restoring_ = true;
  engine_.Read(address_, this);
  restoring_ = false;
}

AdapterMailbox::~AdapterMailbox() {
  *self_ = nullptr;
  if (progress_ != nullptr) progress_->Tell(nullptr);
  if (position_lag_.set()) KeepPosition();
  engine_.Read(address_, nullptr);
}

// --- who may take orders

void AdapterMailbox::Claim(AdapterHolder& claimant, const v1::AdapterHello& hello) {
  if (holder_ == nullptr) return Grant(claimant, hello);
  if (hello.incarnation() == hello_.incarnation()) {
    AdapterHolder& old = *std::exchange(holder_, nullptr);
    old.Refused(Fail(Reason::kNameTaken, "the adapter has attached again; this stream is its old"));
    return Grant(claimant, hello);
  }
  Challenge(claimant, hello);
}

void AdapterMailbox::Challenge(AdapterHolder& claimant, const v1::AdapterHello& hello) {
  if (claimant_ != nullptr) {
    return claimant.Refused(Fail(Reason::kNameTaken, "two others want to be adapter '" +
                                                         options_.name + "' already; try later"));
  }
  claimant_ = &claimant;
  claim_ = hello;
  v1::AdapterCommand command;
  command.mutable_ping()->set_nonce(++last_nonce_);
  holder_->Say(command);
  patience_ = loop_.After(kPatience, [this] {
    AdapterHolder& next = *std::exchange(claimant_, nullptr);
    AdapterHolder& old = *std::exchange(holder_, nullptr);
    Log(LogLevel::kWarning, "adapter replaced: it was silent", {{"adapter", options_.name}});
    old.Refused(Fail(Reason::kNameTaken, "the adapter was silent and another one took its name"));
    Grant(next, claim_);
  });
}

void AdapterMailbox::HolderLives() {
  if (claimant_ == nullptr) return;
  patience_.Cancel();
  std::exchange(claimant_, nullptr)
      ->Refused(Fail(Reason::kNameTaken,
                     "another adapter is attached as '" + options_.name +
                         "' and answers; stop it first, or attach under another name"));
}

void AdapterMailbox::Grant(AdapterHolder& claimant, const v1::AdapterHello& hello) {
  Begin(hello);
  holder_ = &claimant;
  retiring_ = false;
  attached_at_ = loop_.WallNow();
  Log(LogLevel::kInfo, "adapter attached",
      {{"adapter", options_.name}, {"service", hello.service()}, {"epoch", hello.epoch()}});
  KeepPosition();
  claimant.Granted();
  TakeBack();
  Pump();
}

// What is out may have been done or not: the same process knows, another one cannot.
void AdapterMailbox::TakeBack() {
  std::vector<PendingOrder*> out;
  for (const auto& [key, order] : open_) {
    if (order->out) out.push_back(order.get());
  }
  for (PendingOrder* order : out) {
    const bool same_process = order->entry->envelope.out_to() == hello_.incarnation();
    const bool resend =
        same_process || hello_.dedup() == v1::DEDUP_SERVICE || options_.resend_in_doubt;
    if (!same_process) {
      ++counters_.in_doubt;
      Log(LogLevel::kWarning, "order in doubt",
          {{"key", order->entry->id()}, {"then", resend ? "resend" : "drop"}});
    }
    if (resend) {
      order->resent = true;
      turns_.ComeBack(*order);
      turns_.Wait(*order);
    } else {
      Die(*order, Fail(Reason::kExpired, "the adapter died with the order; it may have been done"));
    }
  }
}

void AdapterMailbox::Leave(AdapterHolder& holder) {
  if (claimant_ == &holder) {
    claimant_ = nullptr;
    patience_.Cancel();
  }
  if (holder_ != &holder) return;
  holder_ = nullptr;
  Log(LogLevel::kInfo, "adapter left", {{"adapter", options_.name}});
  if (claimant_ == nullptr) return;
  patience_.Cancel();
  Grant(*std::exchange(claimant_, nullptr), v1::AdapterHello(claim_));
}

// --- orders

bool AdapterMailbox::FullFor(std::string_view author) const {
  if (open_.size() < options_.capacity / 2) return false;  // nobody has more than all of them
  const std::size_t room = options_.capacity - std::min(open_.size(), options_.capacity);
  return turns_.open(author) >= room;
}

void AdapterMailbox::Arrived(EntryPtr entry) {
  ++counters_.orders;
  auto made = std::make_unique<PendingOrder>();
  PendingOrder& order = *made;
  order.entry = std::move(entry);
  turns_.Enter(order);
  const internal::Envelope& envelope = order.entry->envelope;
  open_[order.entry->id()] = std::move(made);
  if (restoring_) {
    order.entry->unsettled = RestoredDuty();
    // It may have been done: the next adapter's hello says whether by the same process.
    if (!envelope.out_to().empty()) return turns_.GoOut(order);
  }
  const std::int64_t wait = envelope.not_before() - loop_.WallNow();
  if (wait <= 0) return MayHandOut() && turns_.MayPass(order) ? HandOut(order) : Ready(order);
  order.clock = loop_.After(Milliseconds(wait), [this, &order] { Ready(order); });
}

void AdapterMailbox::Ready(PendingOrder& order) {
  turns_.Wait(order);
  const std::int64_t left = order.entry->envelope.expires_at() - loop_.WallNow();
  order.clock =
      loop_.After(Milliseconds(std::max<std::int64_t>(left, 0)), [this, &order] { Expire(order); });
  Pump();
}

// What is out is the adapter's to expire.
void AdapterMailbox::Expire(PendingOrder& order) {
  if (order.out) return;
  Die(order, Fail(Reason::kExpired,
                  "adapter '" + options_.name + "' did not take the order before it was too old"));
}

void AdapterMailbox::Pump() {
  while (MayHandOut()) {
    PendingOrder* next = turns_.Next();
    if (next == nullptr) return;
    HandOut(*next);
  }
}

void AdapterMailbox::HandOut(PendingOrder& pending) {
  turns_.GoOut(pending);
  internal::Envelope& envelope = pending.entry->envelope;
  envelope.set_attempt(envelope.attempt() + 1);
  envelope.set_out_to(hello_.incarnation());
  // Should it not be kept, then a hub that dies now does not count the order as in doubt.
  engine_.Changed(*pending.entry);
  v1::Order& order = *envelope.mutable_order();
  tail_.Tell(
      "order", order.key(), envelope.from(), address_,
      order.actions().empty() ? "" : std::string_view(order.actions(0).send().content().text()));

  // Most often lent to the command, not copied. The entry lives on, and stays as it was ordered:
  // its next adapter may be able to do more.
  const EntryPtr entry = pending.entry;
  order.set_resent(pending.resent);
  SetTimestamp(envelope.expires_at(), *order.mutable_expires_at());
  if (IsFeasible(order, hello_.capabilities())) {
    SayOrder(order);
  } else {
    Feasible feasible = MakeFeasible(order, hello_.capabilities());
    pending.infeasible = std::move(feasible.problem);
    if (feasible.order.actions().empty()) return End(pending, v1::Done());
    SayOrder(feasible.order);
  }
  order.clear_resent();
  order.clear_expires_at();
}

void AdapterMailbox::SayOrder(v1::Order& order) {
  v1::AdapterCommand command;
  command.unsafe_arena_set_allocated_order(&order);
  holder_->Say(command);
  command.unsafe_arena_release_order();
}

void AdapterMailbox::SayOnce(v1::Order order) {
  if (holder_ == nullptr || retiring_) return;
  Feasible feasible = MakeFeasible(std::move(order), hello_.capabilities());
  if (!feasible.order.actions().empty()) SayOrder(feasible.order);
}

void AdapterMailbox::SayDraining(const v1::Draining& draining) {
  if (holder_ == nullptr) return;
  v1::AdapterCommand command;
  *command.mutable_draining() = draining;
  holder_->Say(command);
}

void AdapterMailbox::Done(v1::Done&& done) {
  const auto found = open_.find(done.key());
  // Repeated, or of an order that was never kept.
  if (found == open_.end() || !found->second->out) return;
  End(*found->second, std::move(done));
  Pump();
}

void AdapterMailbox::End(PendingOrder& order, v1::Done&& done) {
  const EntryPtr entry = order.entry;
  if (order.infeasible.has_value()) *done.add_results()->mutable_problem() = *order.infeasible;
  tail_.Tell("done", entry->id(), address_, entry->envelope.from(), "");
  Step step;
  step.end.push_back(entry);
  endings_.Do(std::move(step));
  Forget(order);
  author_.OrderDone(entry->envelope, std::move(done));
}

void AdapterMailbox::Die(PendingOrder& order, const absl::Status& why) {
  const EntryPtr entry = order.entry;
  Step step;
  dead_letters_.Add(step, entry, std::string_view(why.message().data(), why.message().size()));
  endings_.Do(std::move(step));
  Forget(order);
  v1::Done done;
  *done.add_results()->mutable_problem() = ToProblem(why);
  author_.OrderDone(entry->envelope, std::move(done));
}

std::set<std::string> AdapterMailbox::RoomsToJoinOrPart() const {
  std::set<std::string> rooms;
  for (const auto& [key, pending] : open_) {
    const v1::Order& order = pending->entry->envelope.order();
    if (order.actions_size() != 1) continue;
    const v1::Action& action = order.actions(0);
    if (action.has_join() || action.has_part()) rooms.insert(order.conversation().room());
  }
  return rooms;
}

void AdapterMailbox::Forget(PendingOrder& order) {
  turns_.Exit(order);
  open_.erase(order.entry->id());
}

}  // namespace chathub
