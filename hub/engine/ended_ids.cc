#include "hub/engine/ended_ids.h"

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"

namespace chathub {

EndedIds::Fingerprint EndedIds::Of(std::string_view id) {
  const absl::string_view text(id.data(), id.size());
  return {absl::HashOf(text), absl::HashOf(text, id.size(), 'e')};
}

void EndedIds::Add(std::string_view id, TimePoint until) {
  const Fingerprint fingerprint = Of(id);
  Memory& memory = known_[fingerprint];
  if (memory.until >= until) return;
  order_.erase({memory.until, fingerprint});
  memory.until = until;
  order_.emplace(until, fingerprint);
  while (known_.size() > most_) ForgetFirst();
}

bool EndedIds::Contains(std::string_view id, TimePoint now) const {
  const auto found = known_.find(Of(id));
  return found != known_.end() && found->second.until >= now;
}

void EndedIds::SetRow(std::string_view id, std::uint64_t row) {
  const auto found = known_.find(Of(id));
  if (found == known_.end()) {
    forgotten_rows_.push_back(row);
  } else if (const std::uint64_t before = std::exchange(found->second.row, row); before != 0) {
    forgotten_rows_.push_back(before);
  }
}

std::vector<std::uint64_t> EndedIds::Forget(TimePoint now) {
  while (!order_.empty() && order_.begin()->first < now) ForgetFirst();
  return std::exchange(forgotten_rows_, {});
}

void EndedIds::ForgetFirst() {
  const auto found = known_.find(order_.begin()->second);
  if (found->second.row != 0) forgotten_rows_.push_back(found->second.row);
  known_.erase(found);
  order_.erase(order_.begin());
}

}  // namespace chathub
