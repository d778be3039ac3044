#include "hub/engine/sqlite/keeper.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "hub/base/log.h"

namespace chathub::sqlite {
namespace {

constexpr Milliseconds kFirstWait{100};
constexpr Milliseconds kLongestWait{1'000};
constexpr Milliseconds kKeepingUp{100};
constexpr Milliseconds kHangs{5'000};
constexpr unsigned kLookAgain = 50'000;  // microseconds

}  // namespace

Keeper::Keeper(KeepingOptions options, Loop& loop, EndedIds& ended_ids,
               std::unique_ptr<Workshop> disk_thread, std::unique_ptr<Disk> disk)
    : options_(options),
      loop_(loop),
      pending_(ended_ids),
      disk_(std::move(disk)),
      disk_thread_(std::move(disk_thread)) {}

// The loop may not run any more, and what the disk thread did last is not known: doing it twice
// is no harm.
Keeper::~Keeper() {
  alive_.reset();
  timer_.Cancel();
  disk_thread_.reset();
  const TimePoint until = std::chrono::steady_clock::now() + options_.last_patience;
  if (under_way_ != nullptr) KeepAtTheEnd(*batch_, until);
  while (!pending_.empty()) {
    const Cut cut = pending_.Take(TimePoint::max());
    if (!cut.batch.empty()) KeepAtTheEnd(cut.batch, until);
  }
  disk_->Close();
}

void Keeper::KeepAtTheEnd(const Batch& batch, TimePoint until) {
  Disk::Outcome outcome = disk_->Keep(batch);
  while (!outcome.kept && std::chrono::steady_clock::now() < until) {
    usleep(kLookAgain);
    outcome = disk_->Keep(batch);
  }
  if (outcome.kept) return;
  Log(LogLevel::kError, "the end came before this could be kept; it was never accepted",
      {{"entries", batch.entries.size()},
       {"values", batch.values.size()},
       {"why", outcome.trouble}});
}

void Keeper::Added(std::size_t bytes) {
  bytes_behind_ += bytes;
  Schedule();
}

void Keeper::Schedule() {
  if (under_way_ != nullptr || pending_.empty()) return;
  if (!pending_.urgent()) {
    if (!timer_.set()) timer_ = loop_.At(pending_.oldest() + options_.young, [this] { Flush(); });
    return;
  }
  // Posted, so that everything of this turn goes together.
  if (std::exchange(flush_posted_, true)) return;
  loop_.Post([alive = std::weak_ptr<Keeper*>(alive_)] {
    const auto keeper = alive.lock();
    if (keeper == nullptr) return;
    (*keeper)->flush_posted_ = false;
    (*keeper)->Flush();
  });
}

void Keeper::Flush() {
  if (under_way_ != nullptr) return;
  Cut cut = pending_.Take(loop_.Now() - options_.young);
  if (cut.batch.empty()) {
    Release(std::move(cut));
    return Schedule();
  }
  timer_.Cancel();
  batch_ = std::make_shared<const Batch>(std::move(cut.batch));
  under_way_ = std::make_unique<Cut>(std::move(cut));
  wait_ = Milliseconds(0);
  Send();
}

void Keeper::Send() {
  sent_ = loop_.Now();
  disk_thread_->Do(
      [disk = disk_.get(), batch = batch_, alive = std::weak_ptr<Keeper*>(alive_)]() -> Task {
        Disk::Outcome outcome = disk->Keep(*batch);
        return [alive, outcome = std::move(outcome)]() mutable {
          if (const auto keeper = alive.lock()) (*keeper)->Returned(std::move(outcome));
        };
      });
}

void Keeper::Returned(Disk::Outcome outcome) {
  if (!outcome.trouble.empty() && outcome.trouble != trouble_) {
    Log(LogLevel::kError, "the store is in trouble",
        {{"why", outcome.trouble}, {"this batch was kept", outcome.kept ? "yes" : "no"}});
  }
  if (!outcome.kept) {
    trouble_ = std::move(outcome.trouble);
    wait_ = std::clamp(wait_ * 2, kFirstWait, kLongestWait);
    timer_ = loop_.After(wait_, [this] { Send(); });
    return;
  }
  if (!trouble_.empty()) Log(LogLevel::kInfo, "the store keeps what it is given again");
  trouble_.clear();
  bytes_behind_ = 0;
  entries_written_ += batch_->entries.size();
  batch_.reset();
  Release(std::move(*std::exchange(under_way_, nullptr)));
  Schedule();
}

// Whoever held a duty may apply a step of its own when it ends.
void Keeper::Release(Cut cut) { cut.Settle().clear(); }

std::string Keeper::Trouble() const {
  if (!trouble_.empty()) return "nothing can be kept: " + trouble_;
  if (under_way_ == nullptr || loop_.Now() - sent_ < kHangs) return {};
  const auto waited = std::chrono::duration_cast<std::chrono::seconds>(loop_.Now() - sent_);
  return "nothing can be kept: the disk has not answered for " + std::to_string(waited.count()) +
         " s";
}

bool Keeper::full() const {
  if (overflowing()) return true;
  return !trouble_.empty() && loop_.Now() - under_way_->oldest > options_.patience;
}

bool Keeper::behind() const {
  return under_way_ != nullptr && (!trouble_.empty() || loop_.Now() - sent_ > kKeepingUp);
}

}  // namespace chathub::sqlite
