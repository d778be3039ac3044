// The hub's talk with one instance of a handler over one link.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "chathub/v1/handlers.pb.h"
#include "hub/base/loop.h"
#include "hub/core/answer_pace.h"
#include "hub/core/household.h"
#include "hub/core/links.h"
#include "hub/core/mailboxes/handler_mailbox.h"
#include "hub/core/rights/reception.h"
#include "hub/core/routing/route_book.h"

namespace chathub {

// Owned by its link, which destroys it when the stream has ended.
class HandlerSession {
 public:
  // How long a stream may be without a hello.
  static constexpr Milliseconds kHelloTime{5'000};

  HandlerSession(HandlerLink& link, Pass pass, const Household& household);
  HandlerSession(const HandlerSession&) = delete;
  HandlerSession& operator=(const HandlerSession&) = delete;
  ~HandlerSession();

  // How long the item, and what is said behind it, is not to be heard yet; to be asked once.
  Milliseconds Wait(const v1::HandlerItem& item);

  // Ends the stream if the item makes no sense here.
  void Hear(v1::HandlerItem&& item);

  // In place of a hello: takes the deliveries of routes that were registered before, for a peer
  // that knows nothing of deliveries. `ready` is called when they follow.
  void Listen(const std::string& handler);

  // The peer is expected to say something soon.
  bool owes() const { return instance_ == nullptr || !instance_->holds.empty(); }

 private:
  enum class State { kGreeting, kRegistering, kAttached, kClosed };

  void Greet(v1::HandlerHello hello);
  RouteBook::Answer WhenGranted(v1::HandlerHello hello);
  void Granted(const v1::HandlerHello& hello, absl::StatusOr<RouteBook::Grant> grant);
  void HearAttached(v1::HandlerItem& item);
  void Close(const absl::Status& why);

  const std::string address_;
  const Pass pass_;
  const Household& household_;
  HandlerLink& link_;

  AnswerPace pace_;
  State state_ = State::kGreeting;
  Timer hello_time_;
  std::vector<v1::HandlerItem> early_;  // said while the routes are being registered
  HandlerMailbox* mailbox_ = nullptr;   // while attached
  Instance* instance_ = nullptr;        // likewise
  std::int64_t revision_ = 0;
  // Asked by what was given away and may come back after us.
  const std::shared_ptr<HandlerSession*> self_;
};

}  // namespace chathub
