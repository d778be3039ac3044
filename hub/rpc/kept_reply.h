// An answer that waits until what was asked for is kept.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/loop.h"
#include "hub/engine/duty.h"
#include "hub/rpc/unary.h"

namespace chathub {

// Replies once: with a failure as soon as there is one, else when the duty ends; after kPatience
// with kGoingAway, as it may then be kept or not. Lives on the hub thread, shared by the method and
// the duty.
template <class Response>
class KeptReply : public std::enable_shared_from_this<KeptReply<Response>> {
 public:
  static constexpr Milliseconds kPatience{5'000};

  static std::shared_ptr<KeptReply> Make(Loop& loop, Reply<Response> reply) {
    auto made = std::shared_ptr<KeptReply>(new KeptReply(std::move(reply)));
    made->patience_ = loop.After(kPatience, [made = made.get()] {
      made->Say(Fail(Reason::kGoingAway, "the hub could not keep it in time; it may be kept yet"));
    });
    return made;
  }

  // To be handed to the engine with what is to be kept.
  Duty NewDuty() {
    return TellWhenLetGo([self = this->shared_from_this()] { self->Kept(); });
  }

  // What to say when it is kept, or why it will not be.
  void Settle(absl::StatusOr<Response> response) {
    if (!response.ok() || kept_) return Say(std::move(response));
    response_ = *std::move(response);
  }

 private:
  explicit KeptReply(Reply<Response> reply) : reply_(std::move(reply)) {}

  void Kept() {
    kept_ = true;
    if (response_.has_value()) Say(*std::move(response_));
  }

  void Say(absl::StatusOr<Response> response) {
    patience_.Cancel();
    if (Reply<Response> reply = std::exchange(reply_, nullptr)) reply(std::move(response));
  }

  Reply<Response> reply_;
  std::optional<Response> response_;
  bool kept_ = false;
  Timer patience_;
};

}  // namespace chathub
