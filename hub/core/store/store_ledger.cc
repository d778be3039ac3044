#include "hub/core/store/store_ledger.h"

namespace chathub {

void StoreLedger::Set(const std::string& key, std::size_t bytes, std::int64_t expires_at) {
  Erase(key);
  lines_[key] = {bytes, expires_at};
  bytes_ += bytes;
  if (expires_at != 0) expiries_.emplace(expires_at, key);
}

void StoreLedger::Erase(const std::string& key) {
  const auto found = lines_.find(key);
  if (found == lines_.end()) return;
  bytes_ -= found->second.bytes;
  expiries_.erase({found->second.expires_at, key});
  lines_.erase(found);
}

std::optional<std::size_t> StoreLedger::BytesOf(const std::string& key) const {
  const auto found = lines_.find(key);
  if (found == lines_.end()) return std::nullopt;
  return found->second.bytes;
}

}  // namespace chathub
