#include "hub/engine/memory/memory_store.h"

#include <charconv>
#include <utility>

#include "hub/base/errors.h"

namespace chathub {
namespace {

bool Gone(const StoreEntry& entry, std::int64_t now) {
  return entry.expires_at != 0 && entry.expires_at <= now;
}

std::optional<std::int64_t> NumberIn(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Nothing where the sum does not fit 64 bits or `present` is no number.
std::optional<std::int64_t> Sum(std::string_view present, std::int64_t amount) {
  const auto number = present.empty() ? std::optional<std::int64_t>(0) : NumberIn(present);
  std::int64_t sum = 0;
  if (!number.has_value() || __builtin_add_overflow(*number, amount, &sum)) return std::nullopt;
  return sum;
}

// What a key will be after the writes that come before.
struct Foreseen {
  bool exists = false;
  bool touched = false;
  std::uint64_t revision = 0;
  std::string value;
};

absl::Status CheckOne(const Write& write, Foreseen& key) {
  if (write.if_revision.has_value()) {
    const bool holds = key.touched ? false : *write.if_revision == key.revision;
    if (!holds) return Fail(Reason::kConflict, "'" + write.key + "' has changed since it was read");
  }
  if (write.kind == Write::Kind::kAdd) {
    const auto sum = Sum(key.value, write.amount);
    if (!sum.has_value()) {
      return Fail(Reason::kBadFrame, "'" + write.key + "' is not a number that can be added to");
    }
    key.value = std::to_string(*sum);
  } else {
    key.value = write.value;
  }
  key.exists = write.kind != Write::Kind::kDelete;
  key.touched = true;
  return absl::OkStatus();
}

}  // namespace

absl::Status MemoryStore::Check(const std::vector<Write>& writes, std::int64_t now,
                                Conflict& conflict) const {
  std::map<std::pair<std::string_view, std::string_view>, Foreseen> foreseen;
  for (const Write& write : writes) {
    auto [key, is_new] = foreseen.try_emplace({write.space, write.key});
    if (is_new) {
      if (auto entry = Find(write.space, write.key, now)) {
        key->second = {true, false, entry->revision, std::move(entry->value)};
      }
    }
    const std::uint64_t revision = key->second.revision;
    if (absl::Status status = CheckOne(write, key->second); !status.ok()) {
      conflict = {write.key, revision};
      return status;
    }
  }
  return absl::OkStatus();
}

std::vector<std::uint64_t> MemoryStore::Apply(const std::vector<Write>& writes, std::int64_t now) {
  std::vector<std::uint64_t> revisions;
  revisions.reserve(writes.size());
  for (const Write& write : writes) revisions.push_back(ApplyOne(write, now));
  return revisions;
}

std::uint64_t MemoryStore::ApplyOne(const Write& write, std::int64_t now) {
  Space& space = spaces_[write.space];
  const auto found = space.find(write.key);
  const bool exists = found != space.end() && !Gone(found->second, now);
  const std::string present = exists ? found->second.value : std::string();
  if (found != space.end() && (write.kind == Write::Kind::kDelete || !exists)) space.erase(found);
  if (write.kind == Write::Kind::kDelete) return 0;
  StoreEntry& entry = space[write.key];
  entry.key = write.key;
  entry.revision = ++last_revision_;
  if (write.kind == Write::Kind::kAdd) {
    entry.value = std::to_string(*Sum(present, write.amount));
  } else {
    entry.value = write.value;
    entry.expires_at = write.expires_at;
  }
  return entry.revision;
}

std::optional<StoreEntry> MemoryStore::Find(std::string_view space, std::string_view key,
                                            std::int64_t now) const {
  const auto keys = spaces_.find(space);
  if (keys == spaces_.end()) return std::nullopt;
  const auto found = keys->second.find(key);
  if (found == keys->second.end() || Gone(found->second, now)) return std::nullopt;
  return found->second;
}

std::vector<StoreEntry> MemoryStore::List(std::string_view space, std::string_view prefix,
                                          std::string_view after, std::size_t limit,
                                          std::int64_t now) const {
  std::vector<StoreEntry> entries;
  const auto keys = spaces_.find(space);
  if (keys == spaces_.end()) return entries;
  auto at = after < prefix ? keys->second.lower_bound(prefix) : keys->second.upper_bound(after);
  for (; at != keys->second.end() && entries.size() < limit; ++at) {
    if (!at->first.starts_with(prefix)) break;
    if (!Gone(at->second, now)) entries.push_back(at->second);
  }
  return entries;
}

}  // namespace chathub
