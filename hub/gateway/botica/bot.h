// A Botica bot, as its Director knows it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "hub/gateway/botica/director.h"

namespace chathub::botica {

class Director::Bot : public LegacyHandler::Bot {
 public:
  Bot(BotOptions options, Hub& hub, Loop& loop)
      : options_(std::move(options)), hub_(hub), loop_(loop) {}

  const std::string& id() const { return options_.id; }
  Talk* talk() const { return talk_; }
  BotStatus status() const { return status_; }
  std::int64_t heard_at() const { return heard_at_; }

  void Connect(Talk& talk) { talk_ = &talk; }
  // Nobody knows how it is, unless it was stopped.
  void Disconnect() {
    talk_ = nullptr;
    handler_.reset();
    if (status_ != BotStatus::kStopped) status_ = BotStatus::kUnknown;
    Answer(StopOutcome::kStopped);
  }

  void Heard() { heard_at_ = loop_.WallNow(); }

  // Running, it is a handler.
  void Become(BotStatus status) {
    status_ = status;
    if (status == BotStatus::kStopped) handler_.reset();
    const bool serves = status == BotStatus::kRunning && !options_.pattern.empty();
    if (!serves || handler_ != nullptr) return;
    handler_ = std::make_unique<LegacyHandler>(LegacyHandler::NameOf("botica", options_.id),
                                               LegacyHandler::PatternRoute(options_.pattern), hub_,
                                               loop_, *this);
  }

  // LegacyHandler::Bot
  void Deliver(const Guests::Guest& guest, bool, const v1::Delivery& delivery) override {
    talk_->Say(ChatOrder{guest.id, "message", delivery.text()});
  }

  void Hear(const ChatOrder& order) {
    if (handler_ == nullptr || order.payload.empty()) return;
    handler_->Answer(order.key, order.payload).IgnoreError();
  }

  // The last who asks is answered; whoever asked before hears that nothing came of it.
  void Stop(const Shutdown& shutdown, StopAnswer answer) {
    Answer(StopOutcome::kTimeout);
    asked_ = std::move(answer);
    talk_->Say(shutdown);
  }
  bool asked() const { return asked_.has_value(); }

  void Answer(StopOutcome outcome) {
    if (!asked_.has_value()) return;
    StopAnswer answer = *std::exchange(asked_, std::nullopt);
    v1::StopBoticaBotResponse response;
    response.set_outcome(ToWire(outcome));
    answer(response);
  }

  void Sweep() {
    if (handler_ != nullptr) handler_->Sweep();
  }

 private:
  static v1::BoticaStopOutcome ToWire(StopOutcome outcome) {
    switch (outcome) {
      case StopOutcome::kStopped:
        return v1::BOTICA_STOP_OUTCOME_STOPPED;
      case StopOutcome::kBusy:
        return v1::BOTICA_STOP_OUTCOME_BUSY;
      case StopOutcome::kTimeout:
        return v1::BOTICA_STOP_OUTCOME_TIMEOUT;
    }
    return v1::BOTICA_STOP_OUTCOME_UNSPECIFIED;
  }

  const BotOptions options_;
  Hub& hub_;
  Loop& loop_;

  Talk* talk_ = nullptr;
  BotStatus status_ = BotStatus::kStopped;
  std::int64_t heard_at_ = 0;
  std::optional<StopAnswer> asked_;
  std::unique_ptr<LegacyHandler> handler_;
};

}  // namespace chathub::botica
