#include "hub/rpc/tail_watcher.h"

#include <utility>

namespace chathub {

TailWatcher::TailWatcher(Tail& tail, Outlet& outlet) : tail_(tail), outlet_(outlet) {
  tail_.Add(*this);
}

TailWatcher::~TailWatcher() { tail_.Remove(*this); }

void TailWatcher::Saw(const v1::TailEntry& entry) {
  if (waiting_.entries_size() >= kMostWaiting) return;
  *waiting_.add_entries() = entry;
  outlet_.Ring();
}

bool TailWatcher::Next(v1::TailResponse& response) {
  if (waiting_.entries().empty()) return false;
  response = std::exchange(waiting_, {});
  return true;
}

}  // namespace chathub
