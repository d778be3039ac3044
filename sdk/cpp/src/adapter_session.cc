#include "adapter_session.h"

#include <algorithm>

namespace chathub::sdk {

AdapterSession::AdapterSession(v1::AdapterHello hello, const Limits& limits, const Log& log)
    : hello_(std::move(hello)),
      log_(log),
      outbox_(limits.outbox_events, limits.outbox_bytes),
      memory_(limits.remembered_orders) {}

void AdapterSession::Opened(Time) {
  attached_ = false;
  renamed_ = false;
  outbox_.Rewind();
  SayHello();
}

void AdapterSession::SayHello() {
  v1::AdapterItem item;
  *item.mutable_hello() = hello_;
  item.mutable_hello()->set_oldest_unaccepted(outbox_.oldest());
  outgoing_.Add(item);
}

void AdapterSession::Closed(Time) {
  attached_ = false;
  outgoing_.Clear();
  ask_settled_ = false;
}

void AdapterSession::Hear(const std::shared_ptr<Reply>& reply, Time) {
  for (v1::AdapterCommand& command : *reply->mutable_items()) {
    switch (command.kind_case()) {
      case v1::AdapterCommand::kHelloOk:
        HearHelloOk(command.hello_ok());
        break;
      case v1::AdapterCommand::kAccepted:
        Accept(command.accepted().up_to());
        break;
      case v1::AdapterCommand::kSettled:
        settled_ = std::max(settled_, command.settled().up_to());
        break;
      case v1::AdapterCommand::kOrder:
        HearOrder(Share(reply, *command.mutable_order()));
        break;
      case v1::AdapterCommand::kPing: {
        v1::AdapterItem item;
        item.mutable_pong()->set_nonce(command.ping().nonce());
        outgoing_.AddFirst(item);
        break;
      }
      case v1::AdapterCommand::kDraining:
        log_.Line("the hub is going away");
        break;
      case v1::AdapterCommand::KIND_NOT_SET:
        break;  // from a newer hub
    }
  }
}

void AdapterSession::HearHelloOk(const v1::AdapterHelloOk& ok) {
  // The answer to a repeated hello brings nothing new.
  if (std::exchange(attached_, true)) return;
  hub_ = ok.hub();
  new_greeting_ = ok;
  if (renamed_) SayHello();
  Accept(ok.accepted());
  SkipForgotten(ok.accepted() + 1);
  ask_settled_ = settled_ < asked_;
}

void AdapterSession::Accept(std::uint64_t up_to) {
  outbox_.Accept(up_to);
  accepted_ = std::max(accepted_, std::min(up_to, outbox_.last()));
}

// A hub that lost its memory, or missed what the outbox could not keep, is told where to go on.
void AdapterSession::SkipForgotten(std::uint64_t expected) {
  const std::uint64_t next = outbox_.oldest() > 0 ? outbox_.oldest() : outbox_.last() + 1;
  if (expected >= next) return;
  log_.Line("events " + std::to_string(expected) + " to " + std::to_string(next - 1) +
            " are not known to this hub");
  v1::AdapterItem item;
  item.mutable_gap()->set_from(expected);
  item.mutable_gap()->set_to(next - 1);
  outgoing_.Add(item);
}

void AdapterSession::HearOrder(std::shared_ptr<v1::Order> order) {
  if (const std::string* done = memory_.Find(order->key())) {
    outgoing_.Add(*done);
    return;
  }
  // In hand already: its Done will be the answer to this one too.
  if (in_hand_.insert(order->key()).second) orders_.push_back(std::move(order));
}

void AdapterSession::Done(const v1::AdapterItem& done) {
  in_hand_.erase(done.done().key());
  std::string item = done.SerializeAsString();
  // On a new stream the hub sends the order again, and gets the remembered answer.
  if (attached_) outgoing_.Add(item);
  memory_.Add(done.done().key(), std::move(item));
}

void AdapterSession::Tell(const v1::AdapterItem& item) {
  if (attached_) outgoing_.Add(item);
}

void AdapterSession::Rename(std::string own_user_id,
                            const std::vector<std::string>& mention_names) {
  hello_.set_own_user_id(std::move(own_user_id));
  hello_.mutable_mention_names()->Assign(mention_names.begin(), mention_names.end());
  renamed_ = true;
  if (attached_) SayHello();
}

std::uint64_t AdapterSession::AskSettled() {
  if (asked_ != outbox_.last()) {
    asked_ = outbox_.last();
    ask_settled_ = attached_;
  }
  return asked_;
}

void AdapterSession::Resolve(v1::Order& order) const {
  for (v1::Action& action : *order.mutable_actions()) {
    if (action.has_edit()) memory_.Resolve(*action.mutable_edit()->mutable_target());
    if (action.has_react()) memory_.Resolve(*action.mutable_react()->mutable_target());
    if (action.has_delete_()) memory_.Resolve(*action.mutable_delete_()->mutable_target());
  }
}

OutgoingFrame AdapterSession::Take(Time now) {
  OutgoingFrame frame = outgoing_.Take();
  if (!outgoing_.empty() || !attached_) return frame;
  if (auto gap = outbox_.TakeGap()) {
    log_.Line("lost events " + std::to_string(gap->from()) + " to " + std::to_string(gap->to()) +
              ": the hub is too slow");
    v1::AdapterItem item;
    *item.mutable_gap() = *gap;
    frame.Add(item);
  }
  outbox_.Fill(frame, now);
  if (ask_settled_ && outbox_.all_said()) {
    ask_settled_ = false;
    v1::AdapterItem item;
    item.mutable_await_settled()->set_up_to(asked_);
    frame.Add(item);
  }
  return frame;
}

void AdapterSession::Leave() {
  if (std::exchange(leaving_, true)) return;
  v1::AdapterItem item;
  item.mutable_leaving();
  Tell(item);
}

std::string AdapterSession::Greeting() const {
  return "attached to " + (hub_.empty() ? "the hub" : hub_);
}

}  // namespace chathub::sdk
