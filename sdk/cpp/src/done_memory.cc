#include "done_memory.h"

#include <utility>

namespace chathub::sdk {

void DoneMemory::Add(const std::string& key, std::string item) {
  const auto [place, is_new] = items_.insert_or_assign(key, std::move(item));
  if (!is_new) return;
  oldest_first_.push_back(place->first);
  if (oldest_first_.size() <= most_) return;
  items_.erase(items_.find(std::string(oldest_first_.front())));
  oldest_first_.pop_front();
}

const std::string* DoneMemory::Find(const std::string& key) const {
  const auto found = items_.find(key);
  return found == items_.end() ? nullptr : &found->second;
}

bool DoneMemory::Resolve(v1::MessageRef& ref) const {
  if (!ref.has_posted()) return ref.has_platform_id();
  const std::string* known = Find(ref.posted().key());
  v1::AdapterItem item;
  if (known == nullptr || !item.ParseFromString(*known)) return false;
  const auto index = ref.posted().index();
  if (index >= static_cast<std::uint32_t>(item.done().results_size())) return false;
  const v1::ActionResult& result = item.done().results(static_cast<int>(index));
  if (result.platform_ids().empty()) return false;
  ref.set_platform_id(result.platform_ids(0));
  return true;
}

}  // namespace chathub::sdk
