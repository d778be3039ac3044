#include "job_queue.h"

namespace chathub::sdk {
namespace {

std::string LaneOf(const v1::Conversation& conversation) {
  return conversation.adapter() + '\0' + conversation.room() + '\0' + conversation.thread() + '\0' +
         conversation.user();
}

}  // namespace

Job JobQueue::Add(std::shared_ptr<const v1::Delivery> delivery, Turn turn,
                  std::chrono::steady_clock::time_point since) {
  Entry entry;
  entry.lane = LaneOf(delivery->event().conversation());
  entry.free = turn == Turn::kFree;
  entry.job = {++last_, std::move(delivery), std::make_shared<std::atomic<bool>>(false), since};
  const Job job = entry.job;
  const bool now = entry.free || (turn == Turn::kFirst ? lanes_.EnterFirst(entry.lane, job.number)
                                                       : lanes_.Enter(entry.lane, job.number));
  entries_.emplace(job.number, std::move(entry));
  if (now) Begin(job.number);
  return job;
}

void JobQueue::Begin(std::uint64_t number) {
  const Job& job = entries_.at(number).job;
  *job.cancelled ? Returned(number) : ready_.push_back(job);
}

void JobQueue::Returned(std::uint64_t number) {
  const auto found = entries_.find(number);
  if (found == entries_.end()) return;
  const Entry entry = std::move(found->second);
  entries_.erase(found);
  if (entry.free) return;
  if (const auto next = lanes_.Release(entry.lane)) Begin(*next);
}

const Job* JobQueue::Find(std::uint64_t number) const {
  const auto found = entries_.find(number);
  return found == entries_.end() ? nullptr : &found->second.job;
}

}  // namespace chathub::sdk
