// How a handler's answers are said, and what the hub says to them.
#include <utility>

#include "durations.h"
#include "handler_session.h"
#include "utf8.h"

namespace chathub::sdk {

void HandlerSession::HearFinishResult(const v1::FinishResult& result, Time now) {
  const auto found = held_.find(result.delivery());
  if (found == held_.end() || found->second.finish.empty()) return;
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

void HandlerSession::Returned(Job& job, Answer& answer) {
  Held* held = HeldFor(job);
  const bool answered = held != nullptr && Finish(*held, answer);
  if (answered && answer.finish.store_writes_size() > 0) {
    held->holds_lane = true;
  } else {
    jobs_.Returned(job);
  }
}

void HandlerSession::LetNextBegin(Held& held) {
  if (std::exchange(held.holds_lane, false)) jobs_.Returned(*held.job);
}

bool HandlerSession::Finish(Held& held, Answer& answer) {
  const v1::Delivery& delivery = *held.job->delivery;
  if (answer.nack) {
    GiveUp(delivery.id(), std::move(*answer.nack), answer.retry_after);
    return false;
  }
  answer.finish.set_delivery(delivery.id());
  answer.finish.set_attempt(delivery.attempt());
  const std::size_t size = answer.item.ByteSizeLong();
  if (size > kItemBytes) {
    GiveUp(delivery.id(), "the answer is larger than 256 KiB", {});
    return false;
  }
  AppendSized(answer.item, size, held.finish);
  SayFinish(held);
  return true;
}

void HandlerSession::SayFinish(const Held& held) {
  if (attached_) outgoing_.Add(held.finish);
}

void HandlerSession::RunAgain(Held& held, const v1::StoreConflict& conflict) {
  if (held.reruns == kReruns) {
    GiveUp(held.job->delivery->id(), "somebody else kept changing " + conflict.key(), {});
    return;
  }
  ++held.reruns;
  const bool held_lane = std::exchange(held.holds_lane, false);
  const std::shared_ptr<Job> former = held.job;
  Queue(held, former->delivery, JobQueue::Turn::kFirst, former->since);
  if (held_lane) jobs_.Returned(*former);
}

void HandlerSession::GiveUp(const std::string& delivery, std::string why,
                            std::chrono::milliseconds retry_after) {
  v1::HandlerItem item;
  v1::Nack& nack = *item.mutable_nack();
  nack.set_delivery(delivery);
  nack.set_attempt(held_.at(delivery).job->delivery->attempt());
  if (retry_after.count() > 0) *nack.mutable_retry_after() = ToProto(retry_after);
  nack.set_why(ToUtf8(std::string_view(why).substr(0, 1000)));
  log_.Line("gave up " + nack.delivery() + ", attempt " + std::to_string(nack.attempt()) + ": " +
            nack.why());
  LetNextBegin(held_.at(delivery));
  held_.erase(nack.delivery());
  if (attached_) outgoing_.Add(item);
}

}  // namespace chathub::sdk
