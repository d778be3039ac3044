#include "hub/engine/stored_values.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "hub/base/errors.h"

namespace chathub {
namespace {

// At a time, so that nobody waits for it.
constexpr std::size_t kMostRemoved = 1'000;

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

bool CanFail(const Write& write) {
  return write.if_revision.has_value() || write.kind == Write::Kind::kAdd;
}

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

absl::Status StoredValues::Check(const std::vector<Write>& writes, std::int64_t now,
                                 Conflict& conflict) const {
  if (std::ranges::none_of(writes, CanFail)) return absl::OkStatus();
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

std::vector<std::uint64_t> StoredValues::Apply(const std::vector<Write>& writes, std::int64_t now) {
  std::vector<std::uint64_t> revisions;
  revisions.reserve(writes.size());
  for (const Write& write : writes) revisions.push_back(ApplyOne(write, now));
  return revisions;
}

std::uint64_t StoredValues::ApplyOne(const Write& write, std::int64_t now) {
  Space& space = spaces_[write.space];
  const auto found = Locate(space, write.key);
  StoreEntry entry;
  if (found != space.end()) {
    if (!Gone(found->second, now)) entry = std::move(found->second);
    Erase(write.space, space, found);
  }
  if (write.kind == Write::Kind::kDelete) return 0;
  entry.key = write.key;
  entry.revision = last_revision_ + 1;
  if (write.kind == Write::Kind::kAdd) {
    entry.value = std::to_string(*Sum(entry.value, write.amount));
  } else {
    entry.value = write.value;
    entry.expires_at = write.expires_at;
  }
  Restore(write.space, std::move(entry));
  return last_revision_;
}

// Where keys tell a time, as dead letters' do, they come behind all others and go from before them.
StoredValues::Space::iterator StoredValues::Locate(Space& space, std::string_view key) {
  if (space.empty() || space.rbegin()->first < key) return space.end();
  return space.begin()->first == key ? space.begin() : space.find(key);
}

void StoredValues::Erase(const std::string& space_name, Space& space, Space::iterator at) {
  if (at->second.expires_at != 0) expiries_.erase({at->second.expires_at, space_name, at->first});
  space.erase(at);
}

void StoredValues::Restore(std::string_view space_name, StoreEntry entry) {
  RestoreRevision(entry.revision);
  auto found = spaces_.find(space_name);
  if (found == spaces_.end()) found = spaces_.emplace(std::string(space_name), Space()).first;
  if (entry.expires_at != 0) expiries_.emplace(entry.expires_at, found->first, entry.key);
  std::string key = entry.key;
  found->second.emplace_hint(found->second.end(), std::move(key), std::move(entry));
}

void StoredValues::RestoreRevision(std::uint64_t revision) {
  last_revision_ = std::max(last_revision_, revision);
}

std::vector<StoredValues::Name> StoredValues::RemoveExpired(std::int64_t now) {
  std::vector<Name> removed;
  while (!expiries_.empty() && removed.size() < kMostRemoved) {
    const auto& [when, space_name, key] = *expiries_.begin();
    if (when > now) break;
    removed.push_back({space_name, key});
    Space& space = spaces_[space_name];
    Erase(removed.back().space, space, space.find(key));
  }
  return removed;
}

const StoreEntry* StoredValues::Look(std::string_view space, std::string_view key) const {
  const auto keys = spaces_.find(space);
  if (keys == spaces_.end()) return nullptr;
  const auto found = keys->second.find(key);
  return found == keys->second.end() ? nullptr : &found->second;
}

std::optional<StoreEntry> StoredValues::Find(std::string_view space, std::string_view key,
                                             std::int64_t now) const {
  const StoreEntry* entry = Look(space, key);
  if (entry == nullptr || Gone(*entry, now)) return std::nullopt;
  return *entry;
}

std::vector<StoreEntry> StoredValues::List(std::string_view space, std::string_view prefix,
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
