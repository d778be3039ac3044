#include "unary_calls.h"

#include <thread>
#include <utility>

#include "backoff.h"
#include "random.h"
#include "to_wire.h"

namespace chathub::sdk {
namespace {

Problem ProblemFrom(const grpc::Status& status) {
  if (const auto problem = ProblemOf(status)) return FromProto(*problem);
  const auto reason = status.error_code() == grpc::StatusCode::UNAVAILABLE
                          ? Problem::Reason::kGoingAway
                          : Problem::Reason::kUnknown;
  return {reason, Explain(status)};
}

}  // namespace

UnaryCalls::UnaryCalls(HubOptions hub, std::string peer)
    : hub_(std::move(hub)), peer_(std::move(peer)) {}

std::optional<Problem> UnaryCalls::Try(const Attempt& attempt) {
  return Call(attempt, Repeating::kUntilAnswered);
}

std::optional<Problem> UnaryCalls::Once(const Attempt& attempt) {
  return Call(attempt, Repeating::kNever);
}

std::shared_ptr<grpc::Channel> UnaryCalls::Prepare(grpc::ClientContext& context) {
  const Result<Line> line = Connect();
  if (!line.ok()) return nullptr;
  Authorize(context, line->address, peer_);
  return line->channel;
}

std::optional<Problem> UnaryCalls::Call(const Attempt& attempt, Repeating repeating) {
  const auto deadline = std::chrono::system_clock::now() + kPatience;
  Backoff backoff;
  while (true) {
    const Result<Line> line = Connect();
    std::optional<Problem> problem;
    if (line.ok()) {
      grpc::ClientContext context;
      context.set_deadline(deadline);
      Authorize(context, line->address, peer_);
      const grpc::Status status = attempt(line->channel, context);
      if (status.ok()) return std::nullopt;
      problem = ProblemFrom(status);
      if (status.error_code() != grpc::StatusCode::UNAVAILABLE) return problem;
      Forget(line->channel);
      if (repeating == Repeating::kNever) return problem;
    } else {
      problem = line.problem();
      if (problem->reason != Problem::Reason::kNotAttached) return problem;
    }
    const auto wait = backoff.Next(RandomFraction());
    if (std::chrono::system_clock::now() + wait >= deadline) return problem;
    std::this_thread::sleep_for(wait);
  }
}

Result<UnaryCalls::Line> UnaryCalls::Connect() {
  std::lock_guard lock(mutex_);
  if (line_) return *line_;
  const FoundHub found = FindHub(hub_);
  if (!found) {
    const bool may_come = found.outcome == FoundHub::Outcome::kNotRunning;
    return Problem{may_come ? Problem::Reason::kNotAttached : Problem::Reason::kNotAllowed,
                   found.problem};
  }
  line_ = Line{found.address, MakeChannel(found.address)};
  return *line_;
}

void UnaryCalls::Forget(const std::shared_ptr<grpc::Channel>& channel) {
  std::lock_guard lock(mutex_);
  if (line_ && line_->channel == channel) line_.reset();
}

}  // namespace chathub::sdk
