// How a handler's answers are said, and what the hub says to them.
#include <utility>

#include "durations.h"
#include "handler_session.h"
#include "utf8.h"

namespace chathub::sdk {

void HandlerSession::HearFinishResult(const v1::FinishResult& result, Time now) {
  const auto found = held_.find(result.delivery());
  if (found == held_.end() || !found->second.finish) return;
  switch (result.outcome()) {
    case v1::FINISH_OUTCOME_CONFLICT:
      RunAgain(found->second, result.conflict());
      return;
    case v1::FINISH_OUTCOME_REFUSED:
      if (result.problem().has_retry_after()) {
        SayAgain(found->second, now + FromProto(result.problem().retry_after()));
        return;
      }
      GiveUp(result.delivery(), "the answer was refused: " + result.problem().detail(), {});
      return;
    case v1::FINISH_OUTCOME_STALE:
      log_.Line("too late with the answer to " + result.delivery() + "; nobody hears it");
      break;
    default:
      break;
  }
  LetNextBegin(found->second);
  held_.erase(found);
}

void HandlerSession::Returned(std::uint64_t job, Answer answer) {
  if (Held* held = HeldFor(job)) Finish(*held, std::move(answer));
  Held* held = HeldFor(job);
  if (held != nullptr && held->finish && held->finish->store_writes_size() > 0) {
    held->holds_lane = true;
  } else {
    jobs_.Returned(job);
  }
}

void HandlerSession::LetNextBegin(Held& held) {
  if (std::exchange(held.holds_lane, false)) jobs_.Returned(held.job.number);
}

void HandlerSession::Finish(Held& held, Answer answer) {
  const v1::Delivery& delivery = *held.job.delivery;
  if (answer.nack) {
    GiveUp(delivery.id(), std::move(*answer.nack), answer.retry_after);
    return;
  }
  v1::Finish finish = FinishOf(delivery, std::move(answer));
  if (finish.ByteSizeLong() + 16 > kItemBytes) {
    GiveUp(delivery.id(), "the answer is larger than 256 KiB", {});
    return;
  }
  held.finish = std::move(finish);
  SayFinish(held);
}

void HandlerSession::SayFinish(const Held& held) {
  if (!attached_) return;
  v1::HandlerItem item;
  *item.mutable_finish() = *held.finish;
  Add(std::move(item));
}

void HandlerSession::RunAgain(Held& held, const v1::StoreConflict& conflict) {
  if (held.reruns == kReruns) {
    GiveUp(held.job.delivery->id(), "somebody else kept changing " + conflict.key(), {});
    return;
  }
  ++held.reruns;
  const bool held_lane = std::exchange(held.holds_lane, false);
  const std::uint64_t former = held.job.number;
  Queue(held, JobQueue::Turn::kFirst);
  if (held_lane) jobs_.Returned(former);
}

void HandlerSession::GiveUp(const std::string& delivery, std::string why,
                            std::chrono::milliseconds retry_after) {
  v1::HandlerItem item;
  v1::Nack& nack = *item.mutable_nack();
  nack.set_delivery(delivery);
  nack.set_attempt(held_.at(delivery).job.delivery->attempt());
  if (retry_after.count() > 0) *nack.mutable_retry_after() = ToProto(retry_after);
  nack.set_why(ToUtf8(std::string_view(why).substr(0, 1000)));
  log_.Line("gave up " + nack.delivery() + ", attempt " + std::to_string(nack.attempt()) + ": " +
            nack.why());
  LetNextBegin(held_.at(delivery));
  held_.erase(nack.delivery());
  if (attached_) Add(std::move(item));
}

}  // namespace chathub::sdk
