#include "job_queue.h"

namespace chathub::sdk {
namespace {

std::string LaneOf(const v1::Conversation& conversation) {
  std::string lane;
  lane.reserve(conversation.adapter().size() + conversation.room().size() +
               conversation.thread().size() + conversation.user().size() + 3);
  lane += conversation.adapter();
  for (const std::string* part :
       {&conversation.room(), &conversation.thread(), &conversation.user()}) {
    lane += '\0';
    lane += *part;
  }
  return lane;
}

}  // namespace

std::shared_ptr<Job> JobQueue::Add(std::shared_ptr<const v1::Delivery> delivery, Turn turn,
                                   std::chrono::steady_clock::time_point since) {
  std::string lane = turn == Turn::kFree ? std::string() : LaneOf(delivery->event().conversation());
  const auto job = std::make_shared<Job>(++last_, std::move(delivery), since, std::move(lane));
  const bool now = turn == Turn::kFree || (turn == Turn::kFirst ? lanes_.EnterFirst(job->lane, job)
                                                                : lanes_.Enter(job->lane, job));
  if (now) Begin(job);
  return job;
}

void JobQueue::Begin(std::shared_ptr<Job> job) {
  job->cancelled ? Returned(*job) : ready_.push_back(std::move(job));
}

void JobQueue::Returned(Job& job) {
  if (std::exchange(job.returned, true) || job.lane.empty()) return;
  if (auto next = lanes_.Release(job.lane)) Begin(std::move(*next));
}

}  // namespace chathub::sdk
