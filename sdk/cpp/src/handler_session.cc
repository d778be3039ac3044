#include "handler_session.h"

#include <algorithm>
#include <utility>

#include "durations.h"

namespace chathub::sdk {
namespace {

bool Holds(const v1::HandlerHelloOk& ok, const v1::Delivery& delivery) {
  return std::ranges::any_of(ok.holding(), [&](const v1::Holding& holding) {
    return holding.delivery() == delivery.id() && holding.attempt() == delivery.attempt();
  });
}

}  // namespace

HandlerSession::HandlerSession(v1::HandlerHello hello,
                               std::function<bool(const std::string&)> is_free, const Log& log)
    : hello_(std::move(hello)), is_free_(std::move(is_free)), log_(log) {}

void HandlerSession::Opened(Time now) {
  attached_ = false;
  draining_ = false;
  v1::HandlerItem item;
  *item.mutable_hello() = hello_;
  const bool known = broken_at_ && now - *broken_at_ < kReturnWithin;
  if (known) {
    item.mutable_hello()->set_instance_token(greeting_.instance_token());
    for (const auto& [id, held] : held_) {
      v1::Holding& holding = *item.mutable_hello()->add_holding();
      holding.set_delivery(std::string(id));
      holding.set_attempt(held.job->delivery->attempt());
    }
  } else {
    DropAll("the hub has given it to others meanwhile");
  }
  outgoing_.Add(item);
}

void HandlerSession::Closed(Time now) {
  if (attached_) broken_at_ = draining_ ? std::nullopt : std::optional(now);
  attached_ = false;
  renew_at_ = std::nullopt;
  KeepUnsaid();
}

void HandlerSession::KeepUnsaid() {
  v1::HandlersAttachRequest said;
  for (; !outgoing_.empty(); said.Clear()) {
    said.ParseFromString(outgoing_.Take().bytes());
    for (v1::HandlerItem& item : *said.mutable_items()) {
      if (!item.has_say()) continue;
      const auto held = held_.find(item.say().delivery());
      if (held != held_.end()) held->second.unsaid.push_back(std::move(item));
    }
  }
}

void HandlerSession::Hear(const std::shared_ptr<Reply>& reply, Time now) {
  for (const v1::HandlerCommand& command : reply->items()) {
    switch (command.kind_case()) {
      case v1::HandlerCommand::kHelloOk:
        HearHelloOk(command.hello_ok(), now);
        break;
      case v1::HandlerCommand::kDelivery:
        HearDelivery(Share(reply, command.delivery()), now);
        break;
      case v1::HandlerCommand::kFinishResult:
        HearFinishResult(command.finish_result(), now);
        break;
      case v1::HandlerCommand::kCancel:
        HearCancel(command.cancel());
        break;
      case v1::HandlerCommand::kPosted:
        posted_.push_back(Share(reply, command.posted()));
        break;
      case v1::HandlerCommand::kPing: {
        v1::HandlerItem item;
        item.mutable_pong()->set_nonce(command.ping().nonce());
        outgoing_.AddFirst(item);
        break;
      }
      case v1::HandlerCommand::kDraining:
        draining_ = true;
        log_.Line("the hub is going away");
        break;
      case v1::HandlerCommand::KIND_NOT_SET:
        break;  // from a newer hub
    }
  }
}

void HandlerSession::HearHelloOk(const v1::HandlerHelloOk& ok, Time now) {
  attached_ = true;
  greeting_ = ok;
  if (ok.has_lease()) lease_ = FromProto(ok.lease());
  for (Held* held : InOrder()) {
    if (!Holds(ok, *held->job->delivery)) {
      Drop(held->job->delivery->id());
      continue;
    }
    for (v1::HandlerItem& item : std::exchange(held->unsaid, {})) outgoing_.Add(item);
    if (!held->finish.empty() && !held->say_again_at) SayFinish(*held);
  }
  if (!held_.empty()) renew_at_ = now + lease_ / 3;
  for (const v1::Collision& collision : ok.collisions()) {
    log_.Line("route " + collision.route() + " waits for the same (" + collision.trigger() +
              ") as " + collision.other_handler() + "/" + collision.other_route());
  }
}

void HandlerSession::HearDelivery(std::shared_ptr<const v1::Delivery> delivery, Time now) {
  // A later attempt of what is still here: the earlier one counts no more.
  Drop(delivery->id());
  Held& held = held_[delivery->id()];
  Queue(held, std::move(delivery), JobQueue::Turn::kLast, now);
  if (!renew_at_) renew_at_ = now + lease_ / 3;
}

void HandlerSession::HearCancel(const v1::Cancel& cancel) {
  const auto found = held_.find(cancel.delivery());
  if (found == held_.end() || found->second.job->delivery->attempt() > cancel.attempt()) return;
  log_.Line("cancelled: " + cancel.delivery() + " (" + cancel.problem().detail() + ")");
  Drop(cancel.delivery());
}

void HandlerSession::Queue(Held& held, std::shared_ptr<const v1::Delivery> delivery,
                           JobQueue::Turn turn, Time since) {
  held.finish.clear();
  const bool free = is_free_(delivery->route());
  held.job = jobs_.Add(std::move(delivery), free ? JobQueue::Turn::kFree : turn, since);
}

std::vector<HandlerSession::Held*> HandlerSession::InOrder() {
  std::vector<Held*> all;
  for (auto& [id, held] : held_) all.push_back(&held);
  std::ranges::sort(all, {}, [](const Held* held) { return held->job->number; });
  return all;
}

HandlerSession::Held* HandlerSession::HeldFor(const Job& job) {
  const auto held = held_.find(job.delivery->id());
  return held == held_.end() || held->second.job.get() != &job ? nullptr : &held->second;
}

void HandlerSession::Say(const Job& job, std::string key, v1::Action action) {
  Held* held = HeldFor(job);
  if (held == nullptr) return;
  const v1::Delivery& delivery = *job.delivery;
  v1::HandlerItem item;
  v1::Say& say = *item.mutable_say();
  say.set_delivery(delivery.id());
  say.set_attempt(delivery.attempt());
  say.set_key(std::move(key));
  *say.add_actions() = std::move(action);
  if (item.ByteSizeLong() > kItemBytes) {
    log_.Line("not said for " + delivery.id() + ": larger than 256 KiB");
  } else if (attached_) {
    outgoing_.Add(item);
  } else {
    held->unsaid.push_back(std::move(item));
  }
}

void HandlerSession::Tick(Time now) {
  if (!attached_) return;
  if (renew_at_ && *renew_at_ <= now) Renew(now);
  if (!say_again_at_ || *say_again_at_ > now) return;
  say_again_at_ = std::nullopt;
  for (Held* held : InOrder()) {
    const auto at = std::exchange(held->say_again_at, std::nullopt);
    if (!at) continue;
    *at <= now ? SayFinish(*held) : SayAgain(*held, *at);
  }
}

void HandlerSession::SayAgain(Held& held, Time at) {
  held.say_again_at = at;
  if (!say_again_at_ || at < *say_again_at_) say_again_at_ = at;
}

void HandlerSession::Renew(Time now) {
  renew_at_ = std::nullopt;
  if (held_.empty()) return;
  v1::HandlerItem item;
  for (const auto& [id, held] : held_) item.mutable_renew()->add_deliveries(std::string(id));
  outgoing_.AddFirst(item);
  renew_at_ = now + lease_ / 3;
}

std::optional<HandlerSession::Time> HandlerSession::NextWake() const {
  if (!attached_ || !say_again_at_) return attached_ ? renew_at_ : std::nullopt;
  return renew_at_ ? std::min(*renew_at_, *say_again_at_) : *say_again_at_;
}

void HandlerSession::Leave() {
  if (std::exchange(leaving_, true) || !attached_) return;
  v1::HandlerItem item;
  item.mutable_leaving();
  outgoing_.Add(item);
}

void HandlerSession::Drop(std::string_view delivery) {
  const auto found = held_.find(delivery);
  if (found == held_.end()) return;
  found->second.job->cancelled = true;
  LetNextBegin(found->second);
  held_.erase(found);
}

void HandlerSession::DropAll(const char* why) {
  if (held_.empty()) return;
  log_.Line("dropped " + std::to_string(held_.size()) + " in hand: " + why);
  while (!held_.empty()) Drop(held_.begin()->first);
}

std::string HandlerSession::Greeting() const {
  const int routes = hello_.routes_size();
  return "attached to " + (greeting_.hub().empty() ? "the hub" : greeting_.hub()) + " with " +
         std::to_string(routes) + (routes == 1 ? " route" : " routes");
}

}  // namespace chathub::sdk
