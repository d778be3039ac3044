#include "hub/gateway/talk.h"

#include <utility>

#include "hub/base/secrets.h"

namespace chathub {

Talk::Talk(TextLink& link, Greeting greeting, std::unique_ptr<Dialect> dialect, Network& network,
           Loop& loop)
    : id_(RandomId()),
      greeting_(std::move(greeting)),
      dialect_(std::move(dialect)),
      link_(link),
      network_(network),
      loop_(loop),
      heard_at_(loop.Now()) {
  network_.Entered(*this);
}

Talk::~Talk() {
  ended_ = true;
  network_.Left(*this);
}

void Talk::Begin() { Follow(dialect_->Begin()); }

void Talk::Hear(std::string_view frame) {
  if (ended_) return;
  Lives();
  Follow(dialect_->Hear(frame));
}

void Talk::Say(const Item& item) {
  if (!ended_) Follow(dialect_->Say(item));
}

void Talk::End(const CloseReason& why) {
  if (std::exchange(ended_, true)) return;
  wake_.Cancel();
  link_.Close(why);
}

void Talk::Follow(Outcome outcome) {
  for (std::string& frame : outcome.to_peer) link_.Write(std::move(frame));
  if (outcome.wake_in.has_value()) {
    wake_ = loop_.After(*outcome.wake_in, [this] { Follow(dialect_->Tick()); });
  }
  for (Item& item : outcome.to_hub) network_.Hear(*this, std::move(item));
  if (outcome.close.has_value()) End(*outcome.close);
}

}  // namespace chathub
