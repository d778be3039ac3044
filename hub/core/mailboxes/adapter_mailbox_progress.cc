// How far an adapter's events were taken in, in this life of the hub and the next.
#include <algorithm>
#include <utility>

#include "hub/core/mailboxes/adapter_mailbox.h"

namespace chathub {
namespace {

constexpr char kPositions[] = "hub.positions";

}  // namespace

void AdapterMailbox::RestorePosition() {
  const auto entry = engine_.Find(kPositions, options_.name);
  internal::KeptPosition kept;
  if (!entry.has_value() || !kept.ParseFromString(entry->value)) return;
  hello_.set_name(options_.name);
  hello_.set_epoch(kept.epoch());
  hello_.set_incarnation(kept.incarnation());
  progress_ = std::make_shared<Progress>(kept.accepted(), kept.cursor());
  progress_->Tell(this);
}

void AdapterMailbox::KeepPosition() {
  internal::KeptPosition kept;
  kept.set_epoch(hello_.epoch());
  kept.set_incarnation(hello_.incarnation());
  kept.set_accepted(progress_->accepted());
  kept.set_cursor(progress_->cursor());
  Step step;
  step.writes.push_back(
      {.space = kPositions, .key = options_.name, .value = kept.SerializeAsString()});
  // Should it fail, then the adapter says some events again, which are known by their ids.
  engine_.Apply(std::move(step)).IgnoreError();
}

void AdapterMailbox::ProgressMoved() {
  if (!position_lag_.set()) {
    position_lag_ = loop_.After(kPositionLag, [this] { KeepPosition(); });
  }
  if (holder_ != nullptr) holder_->ProgressMoved();
}

Duty AdapterMailbox::RestoredDuty() {
  Duty duty = restored_.lock();
  if (duty != nullptr) return duty;
  duty = TellWhenLetGo([self = self_] {
    if (*self != nullptr && (*self)->holder_ != nullptr) (*self)->holder_->ProgressMoved();
  });
  restored_ = duty;
  return duty;
}

// The outbox goes on where it was, or a new one begins.
void AdapterMailbox::Begin(const v1::AdapterHello& hello) {
  const std::uint64_t oldest = hello.oldest_unaccepted();
  if (progress_ == nullptr || hello.epoch() != hello_.epoch()) {
    if (progress_ != nullptr) progress_->Tell(nullptr);
    progress_ = std::make_shared<Progress>(std::max<std::uint64_t>(oldest, 1) - 1,
                                           progress_ ? progress_->cursor() : "");
    progress_->Tell(this);
  } else if (oldest > progress_->next()) {
    progress_->SkipTo(oldest - 1);  // it was told so by a hub that died before it kept it
  }
  hello_ = hello;
}

void AdapterMailbox::ForgetUnaccepted() {
  progress_->Tell(nullptr);
  progress_ = std::make_shared<Progress>(progress_->accepted(), progress_->cursor());
  progress_->Tell(this);
}

}  // namespace chathub
