#include "hub/core/adapter_session.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/secrets.h"
#include "hub/core/conversation.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

std::string EventId(const std::string& adapter, const std::string& epoch,
                    const v1::AdapterEvent& event) {
  if (!event.service_event_id().empty()) {
    return absl::StrCat(adapter, "/", event.service_event_id());
  }
  return absl::StrCat(adapter, "/", epoch, "/", event.seq());
}

absl::Status CheckHello(const v1::AdapterHello& hello) {
  if (hello.epoch().empty() || hello.incarnation().empty()) {
    return Fail(Reason::kBadFrame, "the hello has no epoch or no incarnation");
  }
  return absl::OkStatus();
}

}  // namespace

AdapterSession::AdapterSession(AdapterLink& link, Pass pass, const Household& household,
                               Router& router)
    : address_(RandomId()),
      pass_(pass),
      household_(household),
      router_(router),
      link_(link),
      self_(std::make_shared<AdapterSession*>(this)) {
  hello_time_ = household_.loop.After(
      kHelloTime, [this] { Close(Fail(Reason::kBadFrame, "no hello within 5 seconds")); });
}

AdapterSession::~AdapterSession() {
  *self_ = nullptr;
  if (mailbox_ != nullptr) mailbox_->Leave(*this);
}

// The mailbox hears of it at once: the name is free for the next.
void AdapterSession::Close(const absl::Status& why) {
  if (std::exchange(state_, State::kClosed) == State::kClosed) return;
  hello_time_.Cancel();
  if (mailbox_ != nullptr) std::exchange(mailbox_, nullptr)->Leave(*this);
  link_.Close(why);
}

void AdapterSession::Hear(v1::AdapterItem&& item) {
  switch (state_) {
    case State::kGreeting:
      if (!item.has_hello()) {
        return Close(Fail(Reason::kBadFrame, "the first item of the stream is not a hello"));
      }
      return Greet(item.hello());
    case State::kClaiming:
      return Close(Fail(Reason::kBadFrame, "an item before the HelloOk"));
    case State::kAttached:
      return HearAttached(item);
    case State::kClosed:
      return;
  }
}

void AdapterSession::Greet(const v1::AdapterHello& hello) {
  if (household_.draining) return Close(Fail(Reason::kGoingAway, "the hub is going away"));
  absl::Status status = pass_.MayBe({PeerKind::kAdapter, hello.name()});
  if (status.ok()) status = CheckHello(hello);
  if (!status.ok()) return Close(status);
  AdapterMailbox* mailbox = household_.directory.FindAdapter(hello.name());
  if (mailbox == nullptr) {
    return Close(Fail(Reason::kNoSuchPeer, "this hub has no adapter '" + hello.name() +
                                               "'; name it in the hub's configuration"));
  }
  hello_time_.Cancel();
  state_ = State::kClaiming;
  mailbox_ = mailbox;
  mailbox_->Claim(*this, hello);
}

void AdapterSession::Granted() {
  state_ = State::kAttached;
  const Progress& progress = mailbox_->progress();
  said_accepted_ = progress.accepted();
  v1::AdapterCommand command;
  v1::AdapterHelloOk& hello_ok = *command.mutable_hello_ok();
  hello_ok.set_session(address_);
  hello_ok.set_hub(household_.hub);
  hello_ok.set_accepted(progress.accepted());
  hello_ok.set_cursor(progress.cursor());
  for (std::string& room : household_.rooms.ToJoin(mailbox_->name())) {
    *hello_ok.add_rooms() = std::move(room);
  }
  link_.Say(command);
  // Behind what the mailbox takes back from an earlier life of the adapter.
  household_.loop.Post([self = self_] {
    AdapterSession* session = *self;
    if (session == nullptr || session->state_ != State::kAttached) return;
    session->household_.rejoining.Begin(session->mailbox_->name());
  });
}

void AdapterSession::Refused(const absl::Status& why) {
  mailbox_ = nullptr;
  Close(why);
}

void AdapterSession::HearAttached(v1::AdapterItem& item) {
  switch (item.kind_case()) {
    case v1::AdapterItem::kEvent:
      HearEvent(*item.mutable_event());
      return;
    case v1::AdapterItem::kDone:
      mailbox_->Done(std::move(*item.mutable_done()));
      return CloseIfDone();
    case v1::AdapterItem::kGap:
      return HearGap(item.gap());
    case v1::AdapterItem::kAwaitSettled:
      awaited_settled_ = item.await_settled().up_to();
      return ProgressMoved();
    case v1::AdapterItem::kHello:
      return HearAgain(item.hello());
    case v1::AdapterItem::kPong:
      return mailbox_->HolderLives();
    case v1::AdapterItem::kLeaving:
      leaving_ = true;
      mailbox_->Retire();
      return CloseIfDone();
    case v1::AdapterItem::kUsers:
      return CloseIfWrong(household_.users.Told(mailbox_->name(), item.users().users()));
    case v1::AdapterItem::kRooms:
      return CloseIfWrong(household_.rooms.Told(mailbox_->name(), item.rooms().rooms()));
    case v1::AdapterItem::KIND_NOT_SET:
      return Close(Fail(Reason::kBadFrame, "an item says nothing this hub knows"));
  }
}

void AdapterSession::CloseIfWrong(const absl::Status& status) {
  if (!status.ok()) Close(status);
}

// An adapter that leaves still says what became of the orders it has.
void AdapterSession::CloseIfDone() {
  if (leaving_ && mailbox_->out() == 0) Close(absl::OkStatus());
}

void AdapterSession::HearAgain(const v1::AdapterHello& hello) {
  const v1::AdapterHello& known = mailbox_->hello();
  if (hello.name() != known.name() || hello.epoch() != known.epoch() ||
      hello.incarnation() != known.incarnation()) {
    return Close(Fail(Reason::kBadFrame, "name, epoch and incarnation stay as they are"));
  }
  mailbox_->Update(hello);
}

bool AdapterSession::HearFor(const Addressee& only_for, v1::AdapterEvent&& event) {
  return state_ != State::kAttached || HearEvent(event, &only_for);
}

bool AdapterSession::HearEvent(v1::AdapterEvent& event, const Addressee* only_for) {
  if (household_.draining) return true;  // not accepted: the adapter will say it again
  Progress& progress = mailbox_->progress();
  if (event.seq() < progress.next() && event.seq() > 0) return true;  // seen before
  if (progress.untouched() && mailbox_->hello().oldest_unaccepted() == 0 && event.seq() > 0) {
    progress.SkipTo(event.seq() - 1);
  }
  if (absl::Status status = CheckEvent(event, progress.next()); !status.ok()) {
    Close(status);
    return true;
  }
  Progress::Duties duties = progress.Begin(event.cursor());
  const Duty not_accepted_if_it_fails = duties.unkept;
  const absl::StatusOr<bool> matches = TakeIn(event, only_for, std::move(duties));
  if (matches.ok()) return *matches;
  mailbox_->ForgetUnaccepted();
  Close(matches.status());
  return true;
}

absl::StatusOr<bool> AdapterSession::TakeIn(v1::AdapterEvent& event, const Addressee* only_for,
                                            Progress::Duties duties) {
  const std::string& service_event_id = event.service_event_id();
  if (!service_event_id.empty() && mailbox_->Knows(service_event_id)) {
    if (absl::Status kept = router_.RouteNothing(std::move(duties)); !kept.ok()) return kept;
    return true;
  }
  const v1::AdapterHello& hello = mailbox_->hello();
  event.mutable_event()->set_id(EventId(mailbox_->name(), hello.epoch(), event));
  household_.users.Saw(mailbox_->name(), event.event().user());
  household_.rooms.Saw(hello, event.event());
  absl::StatusOr<bool> matches =
      router_.Route({.event = std::unique_ptr<v1::Event>(event.release_event()),
                     .adapter = hello,
                     .age = ToMilliseconds(event.age()),
                     .traceparent = event.traceparent(),
                     .duties = std::move(duties),
                     .only_for = only_for});
  if (matches.ok() && !service_event_id.empty()) mailbox_->Remember(service_event_id);
  return matches;
}

absl::Status AdapterSession::CheckEvent(v1::AdapterEvent& event, std::uint64_t next) const {
  if (event.seq() != next) {
    return Fail(Reason::kBadFrame, "event " + std::to_string(event.seq()) + " after " +
                                       std::to_string(next - 1) +
                                       ": say a Gap for what is missing");
  }
  v1::Event& inner = *event.mutable_event();
  const auto where = [&] { return "event " + std::to_string(event.seq()) + ": "; };
  if (inner.kind_case() == v1::Event::KIND_NOT_SET) {
    return Fail(Reason::kBadFrame, where() + "it is of no kind this hub knows");
  }
  if (inner.conversation().adapter().empty()) {
    inner.mutable_conversation()->set_adapter(mailbox_->name());
  }
  if (inner.conversation().adapter() != mailbox_->name()) {
    return Fail(Reason::kNotAllowed, where() + "it is of another adapter's conversation");
  }
  // Groups and rights are about ids: nobody may speak as another service's user.
  if (!IsOurs(inner.user().id()) || !IsOurs(inner.room().id())) {
    return Fail(Reason::kNotAllowed, where() + "its user or room is not this adapter's; ids are '" +
                                         mailbox_->name() + "/<native id>'");
  }
  absl::Status status = Complete(*inner.mutable_conversation());
  if (status.ok()) return status;
  return Fail(Reason::kBadFrame, where() + std::string(status.message()));
}

bool AdapterSession::IsOurs(const std::string& id) const {
  return id.empty() || AdapterOf(id) == mailbox_->name();
}

void AdapterSession::HearGap(const v1::Gap& gap) {
  Progress& progress = mailbox_->progress();
  constexpr std::uint64_t kLongestGap = 100'000'000;
  if (gap.from() == 0 || gap.to() < gap.from() || gap.from() > progress.next() ||
      gap.to() - gap.from() > kLongestGap) {
    return Close(Fail(Reason::kBadFrame, "the gap " + std::to_string(gap.from()) + " to " +
                                             std::to_string(gap.to()) + " makes no sense after " +
                                             std::to_string(progress.next() - 1)));
  }
  Log(LogLevel::kWarning, "events lost by the adapter",
      {{"adapter", mailbox_->name()}, {"from", gap.from()}, {"to", gap.to()}});
  progress.SkipTo(gap.to());
}

// Many events move it in one go: it is said once, behind what is being handled now.
void AdapterSession::ProgressMoved() {
  if (std::exchange(progress_soon_, true)) return;
  household_.loop.Post([self = self_] {
    if (*self != nullptr) (*self)->SayProgress();
  });
}

void AdapterSession::SayProgress() {
  progress_soon_ = false;
  if (state_ != State::kAttached) return;
  const Progress& progress = mailbox_->progress();
  if (progress.accepted() > said_accepted_) {
    said_accepted_ = progress.accepted();
    v1::AdapterCommand command;
    command.mutable_accepted()->set_up_to(said_accepted_);
    link_.Say(command);
  }
  if (awaited_settled_ == 0 || progress.settled() < awaited_settled_) return;
  if (!mailbox_->restored_settled()) return;
  awaited_settled_ = 0;
  v1::AdapterCommand command;
  command.mutable_settled()->set_up_to(progress.settled());
  link_.Say(command);
}

}  // namespace chathub
