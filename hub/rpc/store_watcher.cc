#include "hub/rpc/store_watcher.h"

#include <utility>
#include <vector>

#include "hub/base/errors.h"

namespace chathub {
namespace {

constexpr std::size_t kPage = 1000;    // entries of a frame
constexpr std::size_t kOverhead = 64;  // bytes that a waiting change has besides its own

std::size_t SizeOf(const v1::StoreChange& change) { return change.ByteSizeLong() + kOverhead; }

}  // namespace

StoreWatcher::StoreWatcher(PluginStore& store, std::string peer,
                           const v1::StoreWatchRequest& request, Outlet& outlet)
    : store_(store),
      peer_(std::move(peer)),
      prefix_(request.prefix()),
      outlet_(outlet),
      saying_present_(request.with_present()) {
  store_.Add(peer_, prefix_, *this);
}

StoreWatcher::~StoreWatcher() { store_.Remove(peer_, *this); }

void StoreWatcher::Changed(const v1::StoreChange& change) {
  if (cut_ || (saying_present_ && change.entry().key() > last_said_)) return;
  bytes_ += SizeOf(change);
  if (bytes_ > kMostWaiting) {
    cut_ = true;
    waiting_.clear();
    return outlet_.Cut(
        Fail(Reason::kTooMuch, "this watcher does not read as fast as the store changes"));
  }
  waiting_.push_back(change);
  outlet_.Ring();
}

bool StoreWatcher::Next(v1::StoreWatchResponse& response) {
  if (saying_present_ && SayPresent(response)) return true;
  if (!std::exchange(greeted_, true)) return true;
  std::size_t said = 0;
  while (!waiting_.empty()) {
    const std::size_t size = SizeOf(waiting_.front());
    if (said > 0 && said + size > kFrameBytes) break;
    said += size;
    *response.add_changes() = std::move(waiting_.front());
    waiting_.pop_front();
  }
  bytes_ -= said;
  return said > 0;
}

// False: all of it has been said.
bool StoreWatcher::SayPresent(v1::StoreWatchResponse& response) {
  auto entries = store_.List(peer_, prefix_, last_said_, kPage, kFrameBytes);
  if (entries.empty()) {
    saying_present_ = false;
    return false;
  }
  last_said_ = entries.back().key;
  for (StoreEntry& entry : entries)
    *response.add_changes()->mutable_entry() = ToWire(std::move(entry));
  return true;
}

}  // namespace chathub
