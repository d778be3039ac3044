#include "done_memory.h"

#include <utility>

namespace chathub::sdk {

void DoneMemory::Add(v1::Done done) {
  std::string key = done.key();
  if (!dones_.insert_or_assign(key, std::move(done)).second) return;
  oldest_first_.push_back(std::move(key));
  if (oldest_first_.size() <= most_) return;
  dones_.erase(oldest_first_.front());
  oldest_first_.pop_front();
}

const v1::Done* DoneMemory::Find(const std::string& key) const {
  const auto found = dones_.find(key);
  return found == dones_.end() ? nullptr : &found->second;
}

bool DoneMemory::Resolve(v1::MessageRef& ref) const {
  if (!ref.has_posted()) return ref.has_platform_id();
  const v1::Done* done = Find(ref.posted().key());
  const auto index = ref.posted().index();
  if (done == nullptr || index >= static_cast<std::uint32_t>(done->results_size())) return false;
  const v1::ActionResult& result = done->results(static_cast<int>(index));
  if (result.platform_ids().empty()) return false;
  ref.set_platform_id(result.platform_ids(0));
  return true;
}

}  // namespace chathub::sdk
