// The hub's talk with one adapter over one link.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chathub/v1/adapters.pb.h"
#include "hub/base/loop.h"
#include "hub/core/household.h"
#include "hub/core/links.h"
#include "hub/core/mailboxes/adapter_mailbox.h"
#include "hub/core/mailboxes/progress.h"
#include "hub/core/rights/reception.h"
#include "hub/core/router.h"

namespace chathub {

// Owned by its link, which destroys it when the stream has ended.
class AdapterSession : public AdapterHolder {
 public:
  static constexpr Milliseconds kHelloTime{5'000};

  AdapterSession(AdapterLink& link, Pass pass, const Household& household, Router& router);
  AdapterSession(const AdapterSession&) = delete;
  AdapterSession& operator=(const AdapterSession&) = delete;
  ~AdapterSession() override;

  // Ends the stream if the item makes no sense here.
  void Hear(v1::AdapterItem&& item);
  // For the gateway: an event for one handler alone. False: no route of it matches.
  bool HearFor(const Addressee& only_for, v1::AdapterEvent&& event);

  // AdapterHolder
  void Granted() override;
  void Refused(const absl::Status& why) override;
  void Say(const v1::AdapterCommand& command) override { link_.Say(command); }
  const std::string& address() const override { return address_; }
  void ProgressMoved() override;

  // The peer is expected to say something soon, unless it waits for what becomes of one event.
  bool owes() const { return state_ != State::kAttached || mailbox_->progress().unsettled() != 1; }

 private:
  enum class State { kGreeting, kClaiming, kAttached, kClosed };

  void Greet(const v1::AdapterHello& hello);
  void HearAttached(v1::AdapterItem& item);
  // False: it was taken in, and no route matches it.
  bool HearEvent(v1::AdapterEvent& event, const Addressee* only_for = nullptr);
  absl::StatusOr<bool> TakeIn(v1::AdapterEvent& event, const Addressee* only_for,
                              Progress::Duties duties);
  // `next` is the number it must have.
  absl::Status CheckEvent(v1::AdapterEvent& event, std::uint64_t next) const;
  bool IsOurs(const std::string& id) const;
  void CloseIfDone();
  void CloseIfWrong(const absl::Status& status);
  void HearGap(const v1::Gap& gap);
  void HearAgain(const v1::AdapterHello& hello);
  void SayProgress();
  void Close(const absl::Status& why);

  const std::string address_;
  const Pass pass_;
  const Household& household_;
  Router& router_;
  AdapterLink& link_;

  State state_ = State::kGreeting;
  Timer hello_time_;
  AdapterMailbox* mailbox_ = nullptr;  // while claiming or attached
  bool leaving_ = false;
  std::uint64_t said_accepted_ = 0;
  std::uint64_t awaited_settled_ = 0;            // 0: nobody waits
  bool progress_soon_ = false;                   // SayProgress was posted
  const std::shared_ptr<AdapterSession*> self_;  // asked by what was posted
};

}  // namespace chathub
